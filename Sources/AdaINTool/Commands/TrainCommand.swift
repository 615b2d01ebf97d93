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
      With --train-encoder a small network learns whole what a large one's encoder asks for; styles are then its own. \
      Ctrl-C keeps what is done, in a file beside the output; --resume goes on from it, with the options that were given.

      EXAMPLES:
        adain train --content photographs/ --style relief.jpg -o relief.safetensors
        adain train --content photographs/ --style relief.jpg -o relief.safetensors --resume
        adain photo.jpg --style relief.jpg --model relief.safetensors -o out.jpg
        adain train --content photographs/ --style paintings/ --general --steps 5000 -o mine.safetensors
        adain train --content photographs/ --style paintings/ --general --train-encoder --model fast -o small.safetensors
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

  @Flag(help: "The encoder learns, too, by the losses of the judge's; with --general.")
  var trainEncoder = false

  @Option(
    help: ArgumentHelp(
      "With --train-encoder: the model whose encoder judges, 'standard' or a weights file.",
      valueName: "model"))
  var judge: String?

  @OptionGroup(title: "How it learns") var schedule: TrainingArguments

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
    guard judge == nil || trainEncoder || resume else {
      throw ValidationError("--judge has no meaning without --train-encoder: the encoder judges itself.")
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
    options.trainsEncoder = trainEncoder
    schedule.change(&options)
    return options
  }

  func run() throws {
    let (contents, others) = try TrainingFiles.find(content, recursive: recursive, "--content")
    let (styles, more) = try TrainingFiles.find(style, recursive: recursive, "--style")
    if !quiet { for failure in others + more { Terminal.writeError(failure.line) } }
    var read = ReadFiles()
    for path in contents.paths { read.add(path, "the photograph") }
    for path in styles.paths { read.add(path, "the painting") }
    for file in [network.file, judgeFile] { if let file { read.add(file, "the model") } }
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

  /// The judge's weights file, if one is meant.
  private var judgeFile: String? { judge.flatMap { FilePath.isBuiltInName($0) ? nil : $0 } }

  /// Where a training goes on, whether there is a judge is known from its file.
  private func opened(judge: String?) throws(AdaINError) -> NetworkWeights? {
    guard trainEncoder || resume else { return nil }
    return try NetworkWeights.open((judge ?? BuiltInModel.standard.rawValue).file)
  }

  private func training(_ contents: TrainingFiles, _ styles: TrainingFiles) throws -> Training {
    let path = TrainingRun.checkpoint(of: output)
    let judging: NetworkWeights?
    do throws(AdaINError) { judging = try opened(judge: judge) } catch {
      throw judgeFile.map { Failure(error.message).named($0) } ?? Failure(error.message)
    }
    do throws(AdaINError) {
      if resume {
        return try Training.resumed(
          path.file, contents: contents, styles: styles, judge: judging, threads: threads)
      }
      let weights = try NetworkWeights.open((network.model ?? BuiltInModel.standard.rawValue).file)
      return try Training(
        weights, contents: contents, styles: styles, judge: judging, options: options, threads: threads)
    } catch {
      let failure = Failure(error.message)
      throw resume ? failure.named(path) : network.file.map { failure.named($0) } ?? failure
    }
  }
}
