import AdaIN

/// A video, frame by frame: decoded by one ffmpeg, stylised here, encoded by another. Each of the
/// three works while the others do; memory does not grow with the length.
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
  }

  /// - Throws: what failed; then nothing has the output's name.
  func stylise(progress: Bool) throws(Failure) -> Summary {
    let began = ContinuousClock.now
    let reader = try FrameReader(input, rate: probe.rate)
    let partial = try PartialFile(target: output, suffix: FileName.stem(of: output).suffix)
    var writer: FrameWriter?
    var smoother: TemporalSmoothing?
    var size = (width: 0, height: 0)
    var frames = 0
    var bar = progress ? ProgressBar(total: max(1, probe.frames ?? 1), unit: "frames") : nil
    defer { bar?.erase() }

    while let frame = try nextFrame(reader) {
      var content = frame
      if controls.contentSize > 0 || controls.crop {
        content = try Pixels(plain(Picture(frame)))
      }
      let result = try Pixels(try Picture(frame).stylised(styles, controls) { _ in })
      if writer == nil {
        size = (result.view.width, result.view.height)
        writer = try FrameWriter(
          partial.path, width: size.width, height: size.height, rate: probe.rate, sound: input)
        smoother = try failing { () throws(AdaINError) in
          try TemporalSmoothing(width: size.width, height: size.height, amount: smoothing)
        }
      }
      try failing { () throws(AdaINError) in
        try withExtendedLifetime((content, result)) { () throws(AdaINError) in
          try smoother!.smooth(content: content.view, stylised: result.view)
        }
      }
      do throws(Failure) {
        try result.withBytes { bytes throws(Failure) in try writer!.write(bytes) }
      } catch {
        throw Self.own(error, partial.path, output)
      }
      frames += 1
      bar?.ended(frames, skipped: false)
    }
    do throws(Failure) { try reader.process.finish() } catch { throw error.named(input) }
    guard let writer else { throw Failure("\(input): holds no frame") }
    do throws(Failure) { try writer.process.finish() } catch {
      throw Self.own(error, partial.path, output)
    }
    try partial.publish()
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    return Summary(
      input: input, output: output, frames: frames, width: size.width, height: size.height,
      seconds: (seconds * 1000).rounded() / 1000)
  }

  /// ffmpeg's words, with the result's name for that of the file under way.
  private static func own(_ failure: Failure, _ partial: String, _ output: String) -> Failure {
    let words = failure.sentence.split(separator: " ", omittingEmptySubsequences: false)
    let sentence = words.map { $0.hasPrefix("file:" + partial) ? output[...] + ":" : $0 }
    return Failure(sentence.joined(separator: " ")).named(output)
  }

  private func nextFrame(_ reader: FrameReader) throws(Failure) -> Pixels? {
    do throws(Failure) { return try reader.next() } catch { throw error.named(input) }
  }

  /// The content in the size in which it is stylised.
  private func plain(_ frame: consuming Picture) throws(Failure) -> Picture {
    try frame.fitted(size: controls.contentSize, crop: controls.crop)
  }

  private func failing<Result>(
    _ body: () throws(AdaINError) -> Result
  ) throws(Failure) -> Result {
    do throws(AdaINError) { return try body() } catch { throw Failure(error.message) }
  }
}
