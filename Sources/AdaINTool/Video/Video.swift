import AdaIN

/// A video, frame by frame: decoded by one ffmpeg, stylised here, smoothed and encoded by another. Each works
/// while the others do, a frame or two apart; memory does not grow with the length.
struct Video {
  let input: String
  let output: String
  let probe: VideoProbe
  let styles: [StyleSource]
  let controls: Controls
  /// Of `TemporalSmoothing`.
  let smoothing: Float

  /// A line of `--json`.
  struct Summary: Encodable {
    let input: String
    let output: String
    let frames: Int
    let width: Int
    let height: Int
    let seconds: Double
    /// What does not come through as it was, a sentence each.
    let notes: [String]
  }

  /// - Throws: what failed; then nothing has the output's name.
  /// - Returns: what was done, and what of the source could not be read.
  func stylise(progress: Bool) throws(Failure) -> (summary: Summary, damage: Failure?) {
    let began = ContinuousClock.now
    let container = VideoContainer(path: output, probe)
    let alpha = container.alpha
    let (header, reader) = try ofInput { () throws(Failure) in
      let frames = try FrameReader(input, probe, alpha: alpha)
      return (frames.header, try ReadAhead(frames))
    }
    let others = container.others(probe)
    let partial = try PartialFile(target: output, suffix: FileName.stem(of: output).suffix)
    var writer: WriteBehind?
    var size = (width: 0, height: 0)
    var frames = 0
    var bar = progress ? ProgressBar(total: probe.frames, unit: "frames") : nil
    defer { bar?.erase() }

    while let frame = try ofInput({ () throws(Failure) in try reader.next() }) {
      var content = frame.pixels
      if controls.contentSize > 0 || controls.crop {
        content = try Pixels(plain(Picture(frame.pixels)), alpha: alpha)
      }
      let result = try Pixels(
        try Picture(frame.pixels).stylised(styles, controls) { _ in }, alpha: alpha)
      if writer == nil {
        size = (result.view.width, result.view.height)
        writer = try ofOutput(partial) { () throws(Failure) in
          let encoder = try FrameWriter(
            partial.path, header: header.resized(width: size.width, height: size.height), start: probe.start,
            source: input,
            arguments: container.video(probe.colours, width: size.width, height: size.height)
              + others.arguments)
          return try WriteBehind(encoder, width: size.width, height: size.height, smoothing: smoothing)
        }
      }
      let made = WriteBehind.Made(content: content, result: result, fragment: frame.fragment)
      try ofOutput(partial) { () throws(Failure) in try writer!.put(made) }
      frames += 1
      bar?.ended(frames, skipped: false)
    }
    let said = try ofInput { () throws(Failure) in try reader.finish() }
    guard let writer else { throw Failure("\(input): holds no frame") }
    try ofOutput(partial) { () throws(Failure) in try writer.finish() }
    try partial.publish()
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    size = container.size(width: size.width, height: size.height)
    let summary = Summary(
      input: input, output: output, frames: frames, width: size.width, height: size.height,
      seconds: (seconds * 1000).rounded() / 1000, notes: others.notes)
    return (summary, said.map { Failure("\(input): is damaged; \(frames) frames could be read: \($0)") })
  }

  private func ofInput<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    do throws(Failure) { return try body() } catch { throw error.named(input) }
  }

  private func ofOutput<Result>(
    _ partial: borrowing PartialFile, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do throws(Failure) { return try body() } catch { throw partial.named(error) }
  }

  /// The content in the size in which it is stylised.
  private func plain(_ frame: consuming Picture) throws(Failure) -> Picture {
    try frame.fitted(size: controls.contentSize, crop: controls.crop)
  }
}
