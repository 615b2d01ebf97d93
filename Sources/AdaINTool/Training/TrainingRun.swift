import AdaIN
import AdaINTraining
import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A training from its first step, or from where it was stopped, to a weights file. What is done is kept
/// beside the output's name until the file is there.
struct TrainingRun {
  let output: String
  let contents: TrainingFiles
  let styles: TrainingFiles
  /// nil: none.
  let preview: String?
  let saveEvery: Int
  let json: Bool
  let quiet: Bool

  /// A line of `--json`: means since the one before.
  private struct Record: Encodable {
    let step: Int
    let steps: Int
    let content: Double
    let style: Double
    let lattice: Double
    let palette: Double
    let perceptual: Double
    let seconds: Double
  }

  /// Steps that a line of `--json` and the bar's losses are means of.
  private static let window = 10

  /// Where the training's state is kept.
  static func checkpoint(of output: String) -> String { output + ".training" }

  func run(_ training: Training) throws {
    try plain {
      try training.prepare { share in
        if Termination.asked != nil { throw Stopped() }
        if !quiet, Terminal.errorIsTerminal {
          Terminal.drawError("\rreading pictures: \(Int(share * 100)) %\u{1b}[K")
        }
      }
    }
    var bar =
      !quiet && Terminal.errorIsTerminal ? ProgressBar(total: training.options.steps, unit: "steps") : nil
    defer { bar?.erase() }
    for step in 0..<training.step { bar?.ended(step, skipped: true) }
    var recent: [Losses] = []
    var began = ContinuousClock.now
    while training.step < training.options.steps {
      if Termination.asked != nil { throw Stopped() }
      try plain { recent.append(try training.advance()) }
      let isLast = training.step == training.options.steps
      if recent.count == Self.window || isLast {
        let mean = Self.mean(recent)
        bar?.note = "   content \(Self.short(mean.content)), style \(Self.short(mean.style))"
        if json { print(mean, training, (ContinuousClock.now - began) / .seconds(1) / Double(recent.count)) }
        (recent, began) = ([], .now)
      }
      bar?.ended(training.step, skipped: false)
      if training.step % saveEvery == 0, !isLast {
        try save(training)
        if let preview { try draw(training, preview) }
      }
    }
    if let preview { try draw(training, preview) }
    try write(training)
    unlink(Self.checkpoint(of: output).native)
  }

  /// A signal asked for the end.
  struct Stopped: Error {}

  /// What is done so far, for `--resume`.
  func save(_ training: Training) throws {
    let bytes = try plain { try training.checkpoint() }
    let partial = try PartialFile(target: Self.checkpoint(of: output), suffix: ".training")
    try partial.write(bytes)
    try partial.publish()
  }

  private func write(_ training: Training) throws {
    let (photographs, paintings) = (contents.count, styles.count)
    let bytes = try plain {
      try training.network(metadata: [
        "training":
          "adain train, \(training.options.steps) steps on \(paintings) paintings and \(photographs) photographs"
      ]).safetensors()
    }
    let partial = try PartialFile(target: output, suffix: ".safetensors")
    try partial.write(bytes)
    try partial.publish()
  }

  private func print(_ losses: Losses, _ training: Training, _ seconds: Double) {
    JSON.print(
      Record(
        step: training.step, steps: training.options.steps, content: losses.content, style: losses.style,
        lattice: losses.lattice, palette: losses.palette, perceptual: losses.perceptual,
        seconds: (seconds * 1000).rounded() / 1000))
  }

  private static func mean(_ losses: [Losses]) -> Losses {
    var mean = Losses()
    for one in losses {
      let share = 1 / Double(losses.count)
      mean.content += one.content * share
      mean.style += one.style * share
      mean.lattice += one.lattice * share
      mean.palette += one.palette * share
      mean.perceptual += one.perceptual * share
    }
    return mean
  }

  /// Two digits behind the point.
  private static func short(_ value: Double) -> String {
    let hundredths = Int((min(value, 1e9) * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  // ---- The preview -----------------------------------------------------------------------

  private static let previews = 3
  private static let previewSide = 320

  /// The first photographs and paintings, and what the decoder makes of them now.
  private func draw(_ training: Training, _ path: String) throws {
    var pictures: [SheetPicture] = []
    let model = try plain { try Model(weights: try training.network()) }
    for i in 0..<min(Self.previews, max(contents.count, styles.count)) {
      let names = (contents.paths[i % contents.count], styles.paths[i % styles.count])
      let photograph = try Picture.thumbnail(names.0, size: Self.previewSide)
      let painting = try Picture.thumbnail(names.1, size: Self.previewSide)
      let result = try stylised(names, model)
      pictures.append(SheetPicture(photograph, label: String(FileName.last(of: names.0))))
      pictures.append(SheetPicture(painting, label: String(FileName.last(of: names.1))))
      pictures.append(SheetPicture(result, label: "step \(training.step)"))
    }
    let sheet = try Picture.sheet(pictures, across: 3)
    let name = FileName(path)
    let partial = try PartialFile(target: name.path, suffix: FileName.stem(of: name.path).suffix)
    do throws(Failure) { try sheet.write(to: partial.path + name.options) } catch {
      throw partial.named(error)
    }
    try partial.publish()
  }

  private func stylised(_ names: (String, String), _ model: Model) throws -> Picture {
    let content = try Pixels(try Picture.thumbnail(names.0, size: Self.previewSide))
    let painting = try Pixels(try Picture.thumbnail(names.1, size: 512))
    let result = try Pixels(width: content.view.width, height: content.view.height, alpha: false)
    try plain {
      try withExtendedLifetime((content, painting, result)) {
        try model.stylise(content.view, style: try model.style(of: painting.view), into: result.view)
      }
    }
    return try Picture(result)
  }

  /// The engine's errors as the tool says them.
  private func plain<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as AdaINError { throw Failure(error.message) }
  }
}
