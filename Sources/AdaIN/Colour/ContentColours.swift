/// The colours of a content picture, taken up as its rows pass by: what a style image is recoloured to.
///
/// Not thread-safe while rows are added. Takes 1.5 MB.
public final class ContentColours {
  /// Samples of 16 bits: every 8-bit and 16-bit picture has bins of its own.
  static let levels = 65536

  private(set) var count = 0.0
  private(set) var sums = [0.0, 0, 0]
  /// Σ x xᵀ, row-major.
  private(set) var products = Array(repeating: 0.0, count: 9)
  /// (3, levels).
  let histogram: Table<Int64>

  /// None yet.
  /// - Throws: `.memory`.
  public init() throws(AdaINError) {
    histogram = try Table("the histogram of colours", count: 3 * Self.levels, zeroed: true)
  }

  /// Add rows, in any order; alpha is not looked at.
  /// - Throws: `.argument` for a sample that is not a finite number; `.memory`.
  public func add(_ rows: PixelView) throws(AdaINError) {
    try forEachRow(of: rows, name: "rows") { y, rgb in
      for x in 0..<rows.width {
        let pixel = (Double(rgb[3 * x]), Double(rgb[3 * x + 1]), Double(rgb[3 * x + 2]))
        sums[0] += pixel.0
        sums[1] += pixel.1
        sums[2] += pixel.2
        products[0] += pixel.0 * pixel.0
        products[1] += pixel.0 * pixel.1
        products[2] += pixel.0 * pixel.2
        products[4] += pixel.1 * pixel.1
        products[5] += pixel.1 * pixel.2
        products[8] += pixel.2 * pixel.2
        for colour in 0..<3 { histogram[colour * Self.levels + level(rgb[3 * x + colour])] += 1 }
      }
      count += Double(rows.width)
    }
  }

  /// A style image recoloured to the content: `result` has its size, three channels or four, of which
  /// the fourth is opaque, and may be the same pixels.
  /// - Throws: `.argument` when no rows were added, for sizes that differ, for a sample that is not a
  ///   finite number, and for a mode that leaves the style image as it is.
  public func recolour(_ painting: PixelView, _ mode: ColourMode, into result: PixelView)
    throws(AdaINError)
  {
    guard count > 0 else { throw AdaINError(.argument, "colours: no rows were added") }
    guard painting.width == result.width, painting.height == result.height else {
      throw AdaINError(
        .argument,
        "result: the size \(result.width) x \(result.height) is not the painting's \(painting.width) x \(painting.height)"
      )
    }
    let own = try ContentColours()
    try own.add(painting)
    let map: (UnsafeMutablePointer<Float>) -> Void
    switch mode {
    case .contentCORAL: map = ColourTransfer(from: own, to: self).apply
    case .histogram: map = try HistogramTransfer(from: own, to: self).apply
    case .style, .contentLightness:
      throw AdaINError(.argument, "mode: \(mode) leaves the painting as it is")
    }
    let writer = PixelWriter(result, alpha: .opaque)
    try forEachRow(of: painting, name: "painting") { y, rgb in
      for x in 0..<painting.width { map(rgb + 3 * x) }
      writer.writeRow(y, from: 0, count: painting.width, rgb: rgb)
    }
  }
}

/// The nearest of the 65,536 levels.
func level(_ value: Float) -> Int { Int(value * 65535 + 0.5) }

/// `body(y, rgb)` for each row, as floats from 0 to 1.
func forEachRow(
  of view: PixelView, name: String,
  _ body: (Int, UnsafeMutablePointer<Float>) throws(AdaINError) -> Void
) throws(AdaINError) {
  let reader = PixelReader(view, name: name)
  let pixels = try Table<Float>("a row of the \(name)", count: 3 * view.width)
  for y in 0..<view.height {
    try reader.readRow(y, into: pixels.pointer)
    try body(y, pixels.pointer)
  }
  withExtendedLifetime(pixels) {}
}
