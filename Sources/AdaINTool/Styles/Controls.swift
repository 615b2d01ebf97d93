import ArgumentParser

/// What is wanted of a result, beside its styles: the options that all commands which stylise share.
struct Controls: ParsableArguments, Sendable {
  @Option(help: "How much of the style, 0 to 1.")
  var strength = 1.0

  @Option(
    help: ArgumentHelp(
      "Short side to which paintings are reduced; 0: never.", valueName: "pixels"))
  var styleSize = 512

  @Option(
    help: ArgumentHelp(
      "Short side to which contents are reduced; 0: never.", valueName: "pixels"))
  var contentSize = 0

  @Flag(help: "Crop contents to their central square.")
  var crop = false

  @Option(
    help: """
      Breadth of the brush: 4 paints first in the strokes of a copy of a quarter of the size, then finer ones; 1 is \
      the network alone, auto what suits the size.
      """)
  var stroke = Stroke.automatic

  @Option(help: "Strength of the finer strokes of a broad brush, 0 to 1.")
  var detail = 0.7

  @Option(
    name: [.customLong("color"), .customLong("colour")],
    help: "Whose colours: \(Colour.allCases.map(\.rawValue).joined(separator: ", ")).")
  var colour = Colour.style

  @Option(
    name: .customLong("mask"),
    help: ArgumentHelp(
      "Where a style goes, in white; one for each --style, or one less.", valueName: "picture"),
    completion: .file())
  var masks: [String] = []

  @Flag(help: "With masks, take statistics of the whole picture, not of each region.")
  var wholeStatistics = false

  @OptionGroup var network: ModelOption
  var model: String? { network.model }

  enum Colour: String, CaseIterable, ExpressibleByArgument, Sendable {
    case style
    case contentCoral = "content-coral"
    case contentLightness = "content-lightness"
    case histogram

    /// Whether the painting itself is wanted, as its colours are changed to each content's.
    var changesPainting: Bool { self == .contentCoral || self == .histogram }
  }

  /// How broad the brush is.
  struct Stroke: ExpressibleByArgument, CustomStringConvertible, Sendable {
    static let automatic = Stroke(value: 0)

    /// 1 to 64; 0 for what suits the size.
    let value: Double

    private init(value: Double) { self.value = value }

    init?(argument: String) {
      if argument == "auto" {
        self = .automatic
      } else if let value = Double(argument), value >= 1, value <= 64 {
        self.init(value: value)
      } else {
        return nil
      }
    }

    var description: String { value == 0 ? "auto" : "\(value)" }
    var defaultValueDescription: String { description }
  }

  func validate() throws {
    guard strength >= 0, strength <= 1 else {
      throw ValidationError("--strength: \(strength) is not between 0 and 1.")
    }
    guard detail >= 0, detail <= 1 else {
      throw ValidationError("--detail: \(detail) is not between 0 and 1.")
    }
    let sizes = 0...Int(Int32.max)
    guard sizes.contains(styleSize) else {
      throw ValidationError("--style-size: \(styleSize) is not 0 or a number of pixels.")
    }
    guard sizes.contains(contentSize) else {
      throw ValidationError("--content-size: \(contentSize) is not 0 or a number of pixels.")
    }
  }

  /// - Throws: `ValidationError` for masks that do not go with the styles.
  func check(masksFor styles: [StyleReference], allPairs: Bool) throws {
    if masks.isEmpty { return }
    if allPairs { throw ValidationError("--mask: has no meaning with --all-pairs.") }
    guard masks.count == styles.count || masks.count == styles.count - 1 else {
      throw ValidationError(
        "--mask: \(masks.count) for \(styles.count) styles; one for each is needed, or one less.")
    }
    if let weighted = styles.first(where: { $0.weight != nil }) {
      throw ValidationError("--style \(weighted.path): a weight has no meaning with masks.")
    }
  }
}
