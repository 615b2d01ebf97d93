import AdaIN
import ArgumentParser

struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    _superCommandName: "adain",
    abstract: "The losses of a result: how well it keeps its content and takes its style.",
    discussion: """
      Content: mean squared error at relu4_1 to the AdaIN target (Huang & Belongie, equation 12). \
      Style: squared differences of means and of deviations (equation 13). Gram: squared differences \
      of Gram matrices (Gatys; Johnson). Histogram: of sorted features. Losses of different models are \
      not comparable. Palette: how far colours are from the painting's, as a root mean square of RGB from 0 to 1. \
      Lattice: power of the result at periods of 2, 4 and 8 pixels against its neighbours in the spectrum; \
      photographs and paintings have 1 to 1.5, from 3 on a mesh can be seen.

      EXAMPLES:
        adain measure photo.jpg wave.jpg result.jpg
        adain measure photo.jpg wave.jpg result.jpg --json
      """)

  @Argument(help: "The content.", completion: .file())
  var content: String

  @Argument(help: "The painting.", completion: .file())
  var style: String

  @Argument(help: "The result, of the content's size, by whatever program.", completion: .file())
  var result: String

  @OptionGroup var network: ModelOption

  @Flag(help: "As a JSON object.")
  var json = false

  func run() throws {
    let measurement: Model.Measurement
    do throws(AdaINError) {
      let model = try loadedModel()
      let content = try pixels(self.content)
      let style = try pixels(self.style)
      let result = try pixels(self.result)
      measurement = try withExtendedLifetime((content, style, result)) { () throws(AdaINError) in
        try model.measure(content: content.view, style: style.view, output: result.view)
      }
    } catch {
      throw Failure(error.message)
    }
    if json { JSON.print(measurement) } else { Terminal.print(Self.table(measurement)) }
  }

  private func loadedModel() throws(AdaINError) -> Model {
    guard let model = network.model else { return try Model.embedded() }
    return try Model.open(model.file)
  }

  private func pixels(_ path: String) throws(AdaINError) -> Pixels {
    do throws(Failure) { return try Pixels(path: path) } catch {
      throw AdaINError(.io, error.sentence)
    }
  }

  private static func table(_ measurement: Model.Measurement) -> String {
    var rows = [["layer", "mean", "deviation", "Gram", "histogram"]]
    for layer in measurement.layers {
      rows.append(
        [layer.name]
          + [layer.mean, layer.deviation, layer.gram, layer.histogram].map(number))
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    var lines = rows.map { row in
      zip(row, widths).enumerated().map { i, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return i == 0 ? cell.0 + padding : padding + cell.0
      }.joined(separator: "  ")
    }
    lines.append(
      "content \(number(measurement.contentLoss)), style \(number(measurement.styleLoss)), "
        + "Gram \(number(measurement.gramLoss)), histogram \(number(measurement.histogramLoss))")
    let ratios = measurement.lattice.map { lattice in
      (lattice.spectralRatio.map(number) ?? "unknown") + " at \(lattice.period)"
    }
    lines.append("palette \(number(measurement.paletteDistance)), lattice " + ratios.joined(separator: ", "))
    return lines.joined(separator: "\n")
  }

  /// Four digits that count.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "unknown" }
    if value == 0 { return "0" }
    if value < 0.001 || value >= 100_000 { return "\(Float(value))" }
    var digits = 3
    var scale = 1.0
    while value >= 10 * scale { (digits, scale) = (digits - 1, scale * 10) }
    while value < scale { (digits, scale) = (digits + 1, scale / 10) }
    digits = max(0, digits)
    let factor = (0..<digits).reduce(1) { product, _ in product * 10 }
    let rounded = Int((value * Double(factor)).rounded())
    if digits == 0 { return "\(rounded)" }
    let fraction = String(rounded % factor)
    return "\(rounded / factor)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}
