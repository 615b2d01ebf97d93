/// A video that ffmpeg encodes of frames, with the sound and all the rest of another.
struct FrameWriter {
  let process: ChildProcess
  private let rowSize: Int

  /// - Parameters:
  ///   - path: the video's file; its suffix says the format.
  ///   - header: that of the frames' source, of the result's size.
  ///   - source: the video whose sound, subtitles, chapters and metadata are taken.
  init(_ path: String, header: MovieHeader, source: String, _ probe: VideoProbe) throws(Failure) {
    let container = VideoContainer(path: path)
    rowSize = MovieFragment.rowSize(width: header.width)
    let arguments =
      ["-nostdin", "-v", "error", "-y", "-f", "mov", "-itsoffset", "\(probe.start)", "-i", "pipe:0"]
      + ["-i", "file:" + source, "-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", "-1"]
      + container.video(probe.colours, width: header.width, height: header.height)
      + container.others(probe).arguments
    process = try ChildProcess("ffmpeg", arguments + ["file:" + path], pipe: .input)
    try send(header.bytes)
  }

  /// The frame with other pixels.
  func write(_ pixels: Pixels, as fragment: MovieFragment) throws(Failure) {
    let view = pixels.view
    let byteCount = rowSize * view.height
    var boxes = fragment.resized(byteCount: byteCount).bytes
    let data = boxes.count
    boxes += [0, 0, 0, 0] + Array("mdat".utf8)
    MovieBoxes.put(MovieBoxes.headerSize + byteCount, into: &boxes, at: data)
    try send(boxes)
    if rowSize == view.stride {
      return try pixels.withBytes { bytes throws(Failure) in
        try listened(Terminal.write(bytes, to: process.pipe))
      }
    }
    var row = [UInt8](repeating: 0, count: rowSize)
    for y in 0..<view.height {
      row.withUnsafeMutableBytes {
        $0.copyMemory(from: UnsafeRawBufferPointer(start: view.data + y * view.stride, count: 3 * view.width))
      }
      try send(row)
    }
  }

  private func send(_ bytes: [UInt8]) throws(Failure) {
    try listened(bytes.withUnsafeBytes { Terminal.write($0, to: process.pipe) })
  }

  private func listened(_ written: Bool) throws(Failure) {
    guard !written else { return }
    // Why it stopped listening is what counts.
    try process.finish()
    throw .system("ffmpeg", "cannot be written to")
  }
}
