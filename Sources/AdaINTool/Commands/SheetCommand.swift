import AdaIN
import ArgumentParser
import CVips

struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    _superCommandName: "adain",
    abstract: "One picture in every built-in style, on one labelled sheet.",
    discussion: """
      EXAMPLES:
        adain sheet photo.jpg -o sheet.jpg
        adain sheet scan.tif --page 2 -o sheet.png
        adain sheet photo.jpg -s wave.jpg -s great-wave -s mine.style --size 512 -o sheet.png
      """)

  @Argument(help: "The picture.", completion: .file())
  var input: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "A painting, a style file or a built-in style, instead of all built-in ones.",
      valueName: "style"),
    completion: .file())
  var style: [StyleReference] = []

  @Option(name: [.short, .long], help: "The sheet's file.", completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Longer side of each picture on the sheet.", valueName: "pixels"))
  var size = 320

  @Option(help: ArgumentHelp("Pictures in a row.", valueName: "number"))
  var across = 4

  @Option(
    help: ArgumentHelp(
      "Of animations and files with several pages this one, from 1; default the first.", valueName: "number"))
  var page: Int?

  @OptionGroup var controls: Controls

  func validate() throws {
    guard (16...4096).contains(size) else {
      throw ValidationError("--size: \(size) is not between 16 and 4096.")
    }
    guard (1...100).contains(across) else {
      throw ValidationError("--across: \(across) is not between 1 and 100.")
    }
    if let page, !(1...100_000).contains(page) {
      throw ValidationError("--page: \(page) is not between 1 and 100000.")
    }
    guard page == nil || FileName(input).options.isEmpty else {
      throw ValidationError("--page: has no meaning with \(input), which says which.")
    }
    guard controls.masks.isEmpty else {
      throw ValidationError("--mask: has no meaning on a sheet.")
    }
    let name = FileName(output)
    guard cvips_can_write(name.path.native) != 0 else {
      throw ValidationError("-o \(output): libvips writes no files with such a suffix.")
    }
    guard name.hasValidOptions(writes: true) else {
      throw ValidationError("-o \(output): \(Failure.fromVips().sentence).")
    }
  }

  func run() throws {
    var read = ReadFiles()
    read.add(input, "the input")
    read.add(styles: style, controls: controls)
    try read.check(output)
    try Models.load(controls.model)
    try Picture.checkReadable(input)
    let references =
      style.isEmpty
      ? NamedStyle.all.compactMap { StyleReference(argument: $0.name) } : style
    // The first is what libvips reads, of formats without pages, too.
    let named = page.map { $0 > 1 ? "\(input)[page=\($0 - 1)]" : input } ?? input
    var pictures = [
      SheetPicture(try Picture.thumbnail(named, size: size), label: "as it was")
    ]
    for reference in references {
      let styles = try Look([reference], controls).styles.get()
      let small = try Picture.thumbnail(named, size: size)
      let result = try small.stylised(styles, controls) { _ in }.inMemory()
      pictures.append(SheetPicture(result, label: reference.stem))
    }
    let columns = min(across, pictures.count)
    let sheet = try Picture.sheet(pictures, across: columns)
    let name = FileName(output)
    let partial = try PartialFile(target: name.path, suffix: FileName.stem(of: name.path).suffix)
    do throws(Failure) { try sheet.write(to: partial.path + name.options) } catch {
      throw partial.named(error)
    }
    try partial.publish()
  }
}
