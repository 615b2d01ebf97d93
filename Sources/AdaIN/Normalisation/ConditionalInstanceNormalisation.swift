/// Conditional instance normalisation (Dumoulin, Shlens & Kudlur, ICLR 2017, arXiv:1610.07629,
/// equation 5): instance normalisation with a table of γ and β, of which each style s has a row.
///
///     f' = γ_s (f − μ(f)) / σ(f) + β_s      f, f' (height, width, channels); γ, β (styles, channels)
///
/// Adaptive instance normalisation is the same with γ_s = σ(s) and β_s = μ(s) of any style map.
/// A value type; any thread may use it.
public struct ConditionalInstanceNormalisation: Sendable, Equatable {
  /// One row for each style.
  public let styles: [ScaleAndShift]
  /// Divisor and ε of σ.
  public let variance: VarianceConvention

  /// A table of styles.
  /// - Parameters:
  ///   - styles: γ and β of each, all of as many channels.
  ///   - variance: the default, n and 1e-5, is that of the paper's implementation.
  /// - Throws: `.argument` for no styles, or rows of different numbers of channels.
  public init(styles: [ScaleAndShift], variance: VarianceConvention = .population)
    throws(AdaINError)
  {
    guard let first = styles.first else { throw AdaINError(.argument, "styles: there are none") }
    for (i, style) in styles.enumerated() where style.channels != first.channels {
      throw AdaINError(
        .argument,
        "styles: style \(i) has \(style.channels) channels, the first has \(first.channels)")
    }
    self.styles = styles
    self.variance = variance
  }

  /// The map, normalised to the style with the given index in the table.
  /// - Throws: `.argument` for an index outside the table, another number of channels than the
  ///   table's, or a result that leaves the range of 32-bit floats; `.memory`.
  public func normalise(_ map: FeatureMap, style: Int) throws(AdaINError) -> FeatureMap {
    guard styles.indices.contains(style) else {
      throw AdaINError(.argument, "style: \(style) is not between 0 and \(styles.count - 1)")
    }
    return try InstanceNormalisation(styles[style], variance: variance).normalise(map)
  }
}
