#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How broad a brush is, and the sizes at which a picture is painted with it, one after the other: first
/// small, where the network's strokes are broad, then larger, up to its own size.
public enum BrushSizes {
  /// The breadth at which strokes suit a picture that is looked at as a whole: 1, the network's own, up to a
  /// megapixel, of which the network was trained on crops; beyond, in proportion to the short side.
  public static func automaticStroke(width: Int, height: Int) -> Double {
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard overflow || pixels > 1 << 20 else { return 1 }
    return min(largestStroke, max(1, Double(min(width, height)) / suitedSide))
  }

  /// The short side at which the network was trained and is judged: its strokes suit pictures of this size.
  static let suitedSide = 512.0
  static let largestStroke = 64.0
  /// From one size to the next. Strokes four times as broad still lead those that are painted over them;
  /// with larger steps two scales stand side by side and nothing between them.
  static let largestStep = 4.0

  /// The coarsest first, the picture's own last; at least two.
  static func sizes(width: Int, height: Int, stroke: Double) -> [(width: Int, height: Int)] {
    // A little less, so that 4 is one step and 16 are two, whatever the logarithm's last digit.
    let steps = max(1, Int((log(stroke) / log(largestStep) - 1e-6).rounded(.up)))
    return (0...steps).map { step in
      if step == steps { return (width, height) }
      let reduction = pow(stroke, Double(steps - step) / Double(steps))
      func side(_ side: Int) -> Int { max(1, Int((Double(side) / reduction).rounded())) }
      return (side(width), side(height))
    }
  }
}
