extension Style {
  /// Styles that can be mixed at once: more than anybody has, and a bound for callers from C.
  public static let maximumMix = 65536

  /// A weighted mean of styles: means and deviations are averaged with the weights' shares of
  /// their sum (Huang & Belongie, section 6: style interpolation, here on the statistics, which
  /// is linear in the affine map as well).
  ///
  /// A style mixed with itself stays the same, bit for bit; one with weight 0 counts for nothing.
  /// - Parameters:
  ///   - styles: 1…``maximumMix``, of one encoder.
  ///   - weights: one for each style, finite, not negative, not all 0; nil means equal ones.
  /// - Throws: `.argument` for no styles or such weights, `.mismatch` for styles of different
  ///   encoders.
  public static func mix(_ styles: [Style], weights: [Float]? = nil) throws(AdaINError) -> Style {
    guard let first = styles.first else { throw AdaINError(.argument, "styles: there are none") }
    let weights = weights ?? Array(repeating: 1, count: styles.count)
    guard weights.count == styles.count else {
      throw AdaINError(
        .argument, "weights: \(weights.count) for \(styles.count) styles; one each is needed")
    }
    for (i, weight) in weights.enumerated() where !weight.isFinite || weight < 0 {
      throw AdaINError(.argument, "weights: weight \(i) is \(weight), not a finite number from 0 on")
    }
    let sum = weights.reduce(0) { $0 + Double($1) }
    guard sum > 0 else { throw AdaINError(.argument, "weights: all are 0") }
    for style in styles {
      guard style.encoderFingerprint == first.encoderFingerprint,
        style.mean.count == first.mean.count
      else {
        throw AdaINError(.mismatch, "styles: made with different encoders")
      }
    }
    func average(_ part: KeyPath<Style, [Float]>) -> [Float] {
      first.mean.indices.map { i in
        var average = 0.0
        var (smallest, largest) = (Float.infinity, -Float.infinity)
        for (style, weight) in zip(styles, weights) where weight > 0 {
          let value = style[keyPath: part][i]
          average += Double(weight) / sum * Double(value)
          smallest = min(smallest, value)
          largest = max(largest, value)
        }
        // A mean lies between its extremes. Rounding must not take it out of there: equal numbers
        // would change, and a deviation could fall below 0.
        return max(min(Float(average), largest), smallest)
      }
    }
    return Style(
      mean: average(\.mean), deviation: average(\.deviation),
      encoderFingerprint: first.encoderFingerprint)
  }
}
