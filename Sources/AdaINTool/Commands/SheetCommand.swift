import AdaIN
import ArgumentParser
import CVips

struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    _superCommandName: "adain",
    abstract: "One picture in every built-in style, on one labelled sheet.",
    discussion: """
      --model fast shows what suits a picture in a seventh of the time; the standard model paints it more finely.

      EXAMPLES:
        adain sheet photo.jpg -o sheet.jpg
        adain sheet photo.jpg --model fast -o sheet.jpg
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

  @OptionGroup var pages: PageOption

  @OptionGroup var controls: Controls

  func validate() throws {
    guard (16...4096).contains(size) else {
      throw ValidationError("--size: \(size) is not between 16 and 4096.")
    }
    guard (1...100).contains(across) else {
      throw ValidationError("--across: \(across) is not between 1 and 100.")
    }
    guard pages.page == nil || FileName(input).options.isEmpty else {
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
    let page = pages.page ?? 1
    let small = try Picture.thumbnail(page > 1 ? "\(input)[page=\(page - 1)]" : input, size: size)
    var pictures: [SheetPicture] = []
    for reference in references {
      let styles = try StyleSelection([reference], controls).styles.get()
      let result = try small.stylised(styles, controls) { _ in }.inMemory()
      pictures.append(SheetPicture(result, label: reference.stem))
    }
    pictures.insert(SheetPicture(small, label: "as it was"), at: 0)
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
