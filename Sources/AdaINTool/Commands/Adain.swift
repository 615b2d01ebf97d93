import ArgumentParser

/// The main command, and the list of the others.
struct Adain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adain",
    abstract: "Pictures in the style of paintings.",
    usage: """
      adain <input> ... --style <style> ... -o <output> [<options>]
      adain <subcommand>
      """,
    discussion: """
      EXAMPLES:
        adain photo.jpg --style wave.jpg -o out.jpg
        adain photo.jpg --style great-wave --color content-lightness -o out.jpg
        adain photo.jpg -s great-wave -s lion --mask sky.png -o out.jpg
        adain photo.jpg -s wave.jpg=2 -s piano.jpg=1 --strength 0.8 -o out.png
        adain photos/ --style wave.style -o results/ --skip-existing
        adain *.jpg --style wave.jpg --style piano.jpg --all-pairs -o results/
        cat photo.jpg | adain - --style wave.jpg -o - > out.jpg

      Files may be of any format that libvips knows; its options follow a name in brackets: \
      'out.jpg[Q=90]'. Results keep size, depth, transparency and, as far as their format holds it, metadata of their inputs.
      """,
    version: Versions.tool,
    subcommands: [
      StyleCommand.self, StylesCommand.self, SheetCommand.self, VideoCommand.self,
      MeasureCommand.self, TrainCommand.self, InfoCommand.self,
    ])

  @OptionGroup var stylise: StyliseArguments

  func run() throws { try stylise.run() }
}
