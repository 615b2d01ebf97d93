/// A video that ffmpeg encodes of frames, with the sound and all the rest of another.
struct FrameWriter {
  let process: ChildProcess

  /// - Parameters:
  ///   - path: the video's file; its suffix says the format.
  ///   - header: that of the frames' source, of the result's size.
  ///   - start: seconds from the beginning to the first frame.
  ///   - source: the video whose sound, subtitles, chapters and metadata are taken.
  ///   - arguments: what `VideoContainer` wants of ffmpeg.
  init(
    _ path: String, header: MovieHeader, start: Double, source: String, arguments: [String]
  ) throws(Failure) {
    process = try ChildProcess(
      "ffmpeg",
      ["-nostdin", "-v", "error", "-y", "-f", "mov", "-itsoffset", "\(start)", "-i", "pipe:0"]
        + ["-i", "file:" + source, "-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", "-1"]
        + arguments + ["file:" + path], pipe: .input)
    try send(header.bytes)
  }

  /// The frame with other pixels.
  func write(_ pixels: Pixels, as fragment: MovieFragment) throws(Failure) {
    let (width, height) = (pixels.view.width, pixels.view.height)
    let size = MovieFragment.pixelSize
    let byteCount = size * width * height
    var boxes = fragment.resized(byteCount: byteCount).bytes
    let data = boxes.count
    boxes += [0, 0, 0, 0] + Array("mdat".utf8)
    MovieBoxes.put(MovieBoxes.headerSize + byteCount, into: &boxes, at: data)
    try send(boxes)
    var row = [UInt8](repeating: .max, count: size * width)
    let channels = pixels.view.channels
    for y in 0..<height {
      let samples = pixels.row(y)
      for x in 0..<width {
        for channel in 0..<channels { row[size * x + channel] = samples[channels * x + channel] }
      }
      try send(row)
    }
  }

  private func send(_ bytes: [UInt8]) throws(Failure) {
    guard !bytes.withUnsafeBytes({ Terminal.write($0, to: process.pipe) }) else { return }
    // Why it stopped listening is what counts.
    try process.finish()
    throw .system("ffmpeg", "cannot be written to")
  }
}
