import AdaIN
import ArgumentParser

struct VideoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "video",
    _superCommandName: "adain",
    abstract: "A video in a style, with its sound. Needs ffmpeg on PATH.",
    discussion: """
      Size, the frames' times, colours, transparency, sound, subtitles, chapters and metadata are kept; what the \
      result's format cannot hold is said. Where the picture rests, results are smoothed over time, so that noise does \
      not flicker; what moves is left alone, and a cut begins anew. Of a damaged video what can be read is made, \
      with status 1. --model fast suits videos: the network takes a seventh of the time, and paints less finely.

      EXAMPLES:
        adain video clip.mp4 --style great-wave -o out.mp4
        adain video clip.mp4 --style great-wave --model fast -o out.mp4
        adain video clip.mp4 -s wave.jpg --smoothing 0 -o out.mkv
      """)

  @Argument(help: "The video.", completion: .file())
  var input: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "A painting, a style file or a built-in style; several are mixed, with weights if given.",
      valueName: "style[=weight]"),
    completion: .file())
  var style: [StyleReference] = []

  @Option(name: [.short, .long], help: "The result's file.", completion: .file())
  var output: String

  @Option(help: "How much of the frame before stays where nothing moves, 0 to below 1.")
  var smoothing = 0.85

  @OptionGroup var controls: Controls

  @Flag(help: "One JSON object on standard output at the end.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress bar and no notes, only errors.")
  var quiet = false

  func validate() throws {
    guard smoothing >= 0, smoothing < 1 else {
      throw ValidationError("--smoothing: \(smoothing) is not from 0 to below 1.")
    }
    try StyleReference.check(style)
    try controls.check(masksFor: style, allPairs: false)
    guard !FileName.stem(of: output).suffix.isEmpty else {
      throw ValidationError("-o \(output): the name's suffix says the format, such as .mp4.")
    }
  }

  func run() throws {
    guard !style.isEmpty else { throw ValidationError("No --style is given.") }
    var read = ReadFiles()
    read.add(input, "the input")
    read.add(styles: style, controls: controls)
    try read.check(output)
    guard FileName.kind(of: input) != nil else {
      throw Failure.system(input, "cannot be opened")
    }
    try Models.load(controls.model)
    for mask in controls.masks { try Picture.checkWholeReadable(mask) }
    let styles = try StyleSelection(style, controls).styles.get()
    let probe = try VideoProbe(input)
    let video = Video(
      input: input, output: output, probe: probe, styles: styles, controls: controls,
      smoothing: Float(smoothing))
    let bar = !quiet && Terminal.errorIsTerminal
    let (summary, damage) = try video.stylise(progress: bar)
    if !quiet { for note in summary.notes { Terminal.writeError(Failure("\(input): \(note)").line) } }
    if json { JSON.print(summary) }
    if let damage { throw damage }
  }
}
