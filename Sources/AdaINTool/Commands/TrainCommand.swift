import AdaIN
import AdaINTraining
import ArgumentParser
import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    _superCommandName: "adain",
    abstract: "A model of one's own: a decoder that learns to paint like a few paintings.",
    discussion: """
      The encoder stays as it is, so styles and everything else work as before; the result goes wherever --model takes a \
      file. A decoder for one painting takes minutes on ordinary cores, and some hundred photographs of any kind. \
      Ctrl-C keeps what is done, in a file beside the output; --resume goes on from it, with the options that were given.

      EXAMPLES:
        adain train --content photographs/ --style relief.jpg -o relief.safetensors
        adain train --content photographs/ --style relief.jpg -o relief.safetensors --resume
        adain photo.jpg --style relief.jpg --model relief.safetensors -o out.jpg
        adain train --content photographs/ --style paintings/ --general --steps 5000 -o mine.safetensors
      """)

  @Option(
    name: .long, help: ArgumentHelp("Photographs: files or folders.", valueName: "pictures"),
    completion: .file())
  var content: [String] = []

  @Option(
    name: [.short, .long], help: ArgumentHelp("Paintings: files or folders.", valueName: "pictures"),
    completion: .file())
  var style: [String] = []

  @Flag(name: [.short, .long], help: "Also the pictures in the folders' folders.")
  var recursive = false

  @Option(name: [.short, .long], help: "The weights file; its name ends in '.safetensors'.")
  var output: String

  @OptionGroup var network: ModelOption

  @Flag(help: "For all paintings, not only those given: some are tinted, and patterns are drawn as well.")
  var general = false

  @Option(help: "Steps in all.")
  var steps = 300

  @Option(help: ArgumentHelp("Side of the crops.", valueName: "pixels"))
  var size = 256

  @Option(help: "Pairs of crops in a step.")
  var batch = 4

  @Option(help: "How far a step goes at most.")
  var rate = 3e-4

  @Option(
    help:
      "What the paintings' statistics weigh beside the photographs' content; default 6, with --general 10."
  )
  var styleWeight: Double?

  @Option(help: "Of crops and pairs: the same seed, pictures and options make the same file.")
  var seed: UInt64 = 0

  @Option(help: "Threads; 0: as many as there are processors.")
  var threads = 0

  @Option(help: ArgumentHelp("Steps after which what is done is kept.", valueName: "steps"))
  var saveEvery = 50

  @Option(
    help: ArgumentHelp(
      "A sheet of photographs, paintings and results, drawn anew as often.", valueName: "file"),
    completion: .file())
  var preview: String?

  @Flag(help: "Go on from where a training of that output was stopped.")
  var resume = false

  @Flag(help: "One JSON object for every ten steps.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress bar, only errors.")
  var quiet = false

  func validate() throws {
    guard !content.isEmpty else { throw ValidationError("No --content is given: photographs to learn on.") }
    guard !style.isEmpty else { throw ValidationError("No --style is given: paintings to learn from.") }
    guard output.hasSuffix(".safetensors") else {
      throw ValidationError("-o \(output): the name of a weights file ends in '.safetensors'.")
    }
    guard saveEvery >= 1 else { throw ValidationError("--save-every: \(saveEvery) is below 1.") }
    guard (0...1024).contains(threads) else {
      throw ValidationError("--threads: \(threads) is not from 0 to 1024.")
    }
    do throws(AdaINError) { try options.check() } catch { throw ValidationError("--" + error.message + ".") }
    if let preview {
      let name = FileName(preview)
      guard cvips_can_write(name.path.native) != 0 else {
        throw ValidationError("--preview \(preview): libvips writes no files with such a suffix.")
      }
      guard name.hasValidOptions(writes: true) else {
        throw ValidationError("--preview \(preview): \(Failure.fromVips().sentence).")
      }
    }
  }

  private var options: TrainingOptions {
    var options = TrainingOptions(for: general ? .every : .given)
    (options.steps, options.size, options.batch, options.rate, options.seed) = (
      steps, size, batch, rate, seed
    )
    if let styleWeight { options.losses.style = styleWeight }
    return options
  }

  func run() throws {
    let (contents, others) = try TrainingFiles.find(content, recursive: recursive, "--content")
    let (styles, more) = try TrainingFiles.find(style, recursive: recursive, "--style")
    if !quiet { for failure in others + more { Terminal.writeError(failure.line) } }
    var read = ReadFiles()
    for path in contents.paths { read.add(path, "the photograph") }
    for path in styles.paths { read.add(path, "the painting") }
    if let file = network.file { read.add(file, "the model") }
    try read.check(output)
    let kept = TrainingRun.checkpoint(of: output)
    try read.check(kept)
    if let preview { try read.check(preview) }
    guard resume || FileName.kind(of: kept) == nil else {
      throw Failure("\(kept): is what an earlier training was stopped with; --resume goes on, or remove it")
    }
    // What cannot be written is told now, not after minutes.
    _ = try PartialFile(target: output, suffix: ".safetensors")

    let run = TrainingRun(
      output: output, contents: contents, styles: styles, preview: preview, saveEvery: saveEvery, json: json,
      quiet: quiet)
    let training = try training(contents, styles)
    Termination.hold()
    do {
      try run.run(training)
    } catch {
      // Nothing of the work is lost, whatever it was.
      let isBegun = training.step > 0
      if isBegun { try run.save(training) }
      guard error is TrainingRun.Stopped, let number = Termination.asked else { throw error }
      if isBegun, !quiet {
        Terminal.writeError(
          Failure(
            "\(output): stopped after \(training.step) of \(training.options.steps) steps; --resume goes on"
          ).line)
      }
      Termination.end(by: number)
    }
  }

  private func training(_ contents: TrainingFiles, _ styles: TrainingFiles) throws -> Training {
    let path = TrainingRun.checkpoint(of: output)
    do throws(AdaINError) {
      if resume {
        return try Training.resumed(path.file, contents: contents, styles: styles, threads: threads)
      }
      let weights = try NetworkWeights.open((network.model ?? BuiltInModel.standard.rawValue).file)
      return try Training(weights, contents: contents, styles: styles, options: options, threads: threads)
    } catch {
      let failure = Failure(error.message)
      throw resume ? failure.named(path) : network.file.map { failure.named($0) } ?? failure
    }
  }
}
