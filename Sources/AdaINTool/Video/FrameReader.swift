/// A video's frame, and what is kept of it for the result: when it is shown and for how long.
struct Frame {
  let pixels: Pixels
  let fragment: MovieFragment
}

/// Frames that ffmpeg decodes, upright, at the times at which the source shows them, as a movie in a pipe.
struct FrameReader {
  let process: ChildProcess
  let header: MovieHeader
  private let alpha: Bool

  /// - Parameter alpha: whether frames keep it.
  init(_ path: String, _ probe: VideoProbe, alpha: Bool) throws(Failure) {
    self.alpha = alpha
    let filter = probe.colours.toRGB(height: probe.height)
    // Without times of their own, as in a raw stream, frames are counted.
    let times = probe.hasTimes ? ["passthrough", "-enc_time_base", "-1"] : ["cfr", "-r", probe.rate]
    var arguments = ["-nostdin", "-v", "error"]
    if alpha, let decoder = probe.alphaDecoder { arguments += ["-c:v", decoder] }
    arguments += ["-i", "file:" + path, "-map", "0:V:0", "-map_chapters", "-1", "-fps_mode"] + times
    if let filter { arguments += ["-vf", filter] }
    arguments += [
      "-c:v", "rawvideo", "-pix_fmt", "rgba", "-f", "mov", "-movflags",
      "frag_every_frame+empty_moov+default_base_moof+skip_trailer", "pipe:1",
    ]
    process = try ChildProcess("ffmpeg", arguments, pipe: .output)
    var header = MovieHeader()
    while header.width == 0 {
      guard let box = try Self.box(process) else {
        try process.finish()
        throw Failure("\(path): holds no frame")
      }
      header.append(box.bytes)
    }
    self.header = header
  }

  /// nil behind the last one.
  func next() throws(Failure) -> Frame? {
    while let box = try Self.box(process) {
      guard box.type == MovieBoxes.type("moof") else { continue }
      let pixels = try Pixels(width: header.width, height: header.height, alpha: alpha)
      let size = MovieFragment.pixelSize
      var row = [UInt8](repeating: 0, count: size * header.width)
      guard let data = try Self.box(process), data.type == MovieBoxes.type("mdat"),
        data.size == MovieBoxes.headerSize + row.count * header.height
      else { throw Failure("ffmpeg: its frames are not understood") }
      for y in 0..<header.height {
        guard try process.read(into: &row, row.count) == row.count else {
          throw Failure("ffmpeg: a frame ends early")
        }
        let samples = pixels.row(y)
        let channels = pixels.view.channels
        for x in 0..<header.width {
          for channel in 0..<channels { samples[channels * x + channel] = row[size * x + channel] }
        }
      }
      return Frame(pixels: pixels, fragment: MovieFragment(bytes: box.bytes))
    }
    return nil
  }

  /// The next box; of pixels its header alone.
  private static func box(
    _ process: ChildProcess
  ) throws(Failure) -> (type: UInt32, size: Int, bytes: [UInt8])? {
    var bytes = [UInt8](repeating: 0, count: MovieBoxes.headerSize)
    let got = try process.read(into: &bytes, bytes.count)
    guard got > 0 else { return nil }
    guard got == bytes.count, let size = MovieBoxes.number(bytes, at: 0),
      let type = MovieBoxes.number(bytes, at: 4).map({ UInt32($0) })
    else { throw Failure("ffmpeg: a frame ends early") }
    if type == MovieBoxes.type("mdat") { return (type, size, bytes) }
    // Boxes without pixels are small.
    guard (MovieBoxes.headerSize...1 << 20).contains(size) else {
      throw Failure("ffmpeg: its frames are not understood")
    }
    var contents = [UInt8](repeating: 0, count: size - bytes.count)
    guard try process.read(into: &contents, contents.count) == contents.count else {
      throw Failure("ffmpeg: a frame ends early")
    }
    return (type, size, bytes + contents)
  }
}
