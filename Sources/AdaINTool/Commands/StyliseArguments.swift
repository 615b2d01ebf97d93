import AdaIN
import ArgumentParser
import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Stylise pictures: the main command's arguments, and what they start.
struct StyliseArguments: ParsableArguments {
  @Argument(
    help: "Pictures, or folders of pictures; '-' is standard input.",
    completion: .file())
  var inputs: [String] = []

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "A painting, a style file or a built-in style; several are mixed, with weights if given.",
      valueName: "style[=weight]"),
    completion: .file())
  var style: [StyleReference] = []

  @Option(
    name: [.short, .long],
    help: "The result's file; a folder for several; '-' is standard output.",
    completion: .file())
  var output: String?

  @OptionGroup var controls: Controls

  @Flag(help: "Every input in every style, instead of the styles mixed.")
  var allPairs = false

  @Option(
    parsing: .unconditional,  // it mostly begins with a dash
    help: "Added to the names of results in a folder, as in photo-wave.jpg.")
  var suffix = ""

  @Option(
    help:
      "Format of results in a folder or on standard output, such as 'png' or 'jpg[Q=90]'; default the input's."
  )
  var format: String?

  @OptionGroup var pages: PageOption

  @Flag(help: "Folders with all that is in them; the result's folder gets the same folders.")
  var recursive = false

  @Flag(help: "Leave results that exist as they are: go on where an earlier run ended.")
  var skipExisting = false

  /// One picture keeps some eight processors busy.
  @Option(help: ArgumentHelp("Pictures in the network at once.", valueName: "number"))
  var jobs = max(1, ProcessorCount.available / 8)

  @Flag(help: "One JSON object on standard output for each result.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress bar, only errors.")
  var quiet = false

  func validate() throws {
    try StyleReference.check(style)
    try controls.check(masksFor: style, allPairs: allPairs)
    guard (1...1024).contains(jobs) else {
      throw ValidationError("--jobs: \(jobs) is not between 1 and 1024.")
    }
    guard !suffix.contains("/") else {
      throw ValidationError("--suffix: '\(suffix)' has a slash.")
    }
  }

  func run() throws {
    guard !inputs.isEmpty else { throw ValidationError("No picture is given.") }
    guard !style.isEmpty else { throw ValidationError("No --style is given.") }
    guard let output else { throw ValidationError("No -o is given.") }
    try checkCombinations(output: output)

    let found = Inputs(inputs, recursive: recursive, output: output)
    let count = found.contents.count * (allPairs ? style.count : 1)
    let outputs = try Outputs(
      output, suffix: suffix, format: format, count: count,
      folderGiven: inputs.contains { FileName.kind(of: $0) == .folder })
    // Names first: what is wrong with them is known before anything is computed.
    let references = allPairs ? style.map { [$0] } : [style]
    var read = ReadFiles()
    read.add(styles: style, controls: controls)
    let plan = try Plan.jobs(
      contents: found.contents, styleNames: references.map(StyleSelection.name), outputs: outputs, read: read,
      goesOn: skipExisting)
    if !found.contents.isEmpty { try outputs.prepare(for: plan) }
    try Models.load(controls.model)
    for mask in controls.masks { try Picture.checkWholeReadable(mask) }

    let selections = references.map { StyleSelection($0, controls) }
    // The only selection that there is: what is wrong with it is wrong with no picture.
    if selections.count == 1 { _ = try selections[0].styles.get() }
    let report = Report(total: plan.count, json: json, quiet: quiet)
    report.found(found)
    let batch = Batch(
      plan, selections: selections,
      options: Batch.Options(
        controls: controls, pages: pages.page.map { .one($0) } ?? .all, skipExisting: skipExisting, jobs: jobs
      ),
      report: report)
    let failed = batch.run()
    report.ended()
    if failed > 0 || !found.failures.isEmpty { throw ExitCode(1) }
  }

  private func checkCombinations(output: String) throws {
    if inputs.contains("-"), inputs.count > 1 {
      throw ValidationError("Standard input ('-') cannot be one of several inputs.")
    }
    if allPairs, let weighted = style.first(where: { $0.weight != nil }) {
      throw ValidationError("--style \(weighted.path): a weight has no meaning with --all-pairs.")
    }
    if json, output == "-" {
      throw ValidationError("--json and the picture cannot both go to standard output.")
    }
  }
}
