import AdaIN
import ArgumentParser

struct StyleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "style",
    _superCommandName: "adain",
    abstract: "Keep styles as files.",
    discussion: "A style file has 4 KB and stands wherever a painting does.",
    subcommands: [Save.self, List.self, Info.self])

  struct Save: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Save the style of a painting, or of several mixed.",
      discussion: """
        EXAMPLES:
          adain style save wave.jpg -o wave.style
          adain style save wave.jpg=2 piano.style=1 -o both.style
        """)

    @Argument(
      help: ArgumentHelp("Paintings, style files or built-in styles.", valueName: "style[=weight]"),
      completion: .file())
    var styles: [StyleReference]

    @Option(name: [.short, .long], help: "The style file; its name ends in '.style'.")
    var output: String

    @Option(
      help: ArgumentHelp(
        "Short side to which paintings are reduced; 0: never.", valueName: "pixels"))
    var styleSize = 512

    @OptionGroup var network: ModelOption

    func validate() throws {
      guard output.hasSuffix(StyleReference.fileSuffix) else {
        throw ValidationError("-o \(output): the name of a style file ends in '.style'.")
      }
      guard (0...Int(Int32.max)).contains(styleSize) else {
        throw ValidationError("--style-size: \(styleSize) is not 0 or a number of pixels.")
      }
      try StyleReference.check(styles)
    }

    func run() throws {
      var read = ReadFiles()
      for style in styles { read.add(style.path, "the style") }
      if let file = network.file { read.add(file, "the model") }
      try read.check(output)
      try Models.load(network.model)
      let style = try StyleSelection.mix(styles, styleSize: styleSize, model: network.model)
      // Not by the engine, whose file under way a signal would leave behind.
      let partial = try PartialFile(target: output, suffix: StyleReference.fileSuffix)
      try partial.write(style.serialized())
      try partial.publish()
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the style files of folders.")

    @Argument(help: "Folders; default the current one.", completion: .directory)
    var folders: [String] = ["."]

    @Flag(help: "One JSON object for each file.")
    var json = false

    func run() throws {
      var failed = false
      for folder in folders {
        let names = try FileName.contents(of: folder)
          .filter { $0.hasSuffix(StyleReference.fileSuffix) }
        let paths = names.map { folder == "." ? $0 : FileName.join(folder, $0) }
        failed = !StyleDescription.print(paths, json: json) || failed
      }
      if failed { throw ExitCode(1) }
    }
  }

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What style files hold, and whether they fit the model inside.")

    @Argument(help: "Style files.", completion: .file(extensions: ["style"]))
    var files: [String]

    @Flag(help: "One JSON object for each file.")
    var json = false

    func run() throws {
      if !StyleDescription.print(files, json: json) { throw ExitCode(1) }
    }
  }
}
