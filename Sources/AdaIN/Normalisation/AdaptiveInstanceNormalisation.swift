/// Adaptive instance normalisation (Huang & Belongie, ICCV 2017, arXiv:1703.06868, equation 8):
/// instance normalisation whose γ and β are a style's deviation and mean.
///
///     f'  = σ(s) (f − μ(f)) / σ(f) + μ(s)         f, f', f'' (height, width, channels)
///     f'' = α f' + (1 − α) f                      s of any height and width, as many channels
///
/// It is what the engine does between encoder and decoder, there fused into the decoder's first
/// layer. A value type; any thread may use it.
public struct AdaptiveInstanceNormalisation: Sendable, Equatable {
  /// Divisor and ε of both deviations.
  public let variance: VarianceConvention

  /// The layer, which has no parameters of its own.
  /// - Parameter variance: the default is the engine's, n − 1 and 1e-5.
  public init(variance: VarianceConvention = .adaptive) { self.variance = variance }

  /// The content's map with the style map's means and deviations.
  /// - Parameters:
  ///   - content: f.
  ///   - style: s, of any height and width.
  ///   - strength: α, 0…1; the default is the full style.
  /// - Throws: `.argument` for different numbers of channels, a strength out of its range, or a
  ///   result that leaves the range of 32-bit floats; `.memory`.
  public func normalise(_ content: FeatureMap, style: FeatureMap, strength: Float = 1)
    throws(AdaINError) -> FeatureMap
  {
    try style.check(channels: content.channels, "style")
    return try normalise(
      content, to: try ChannelStatistics(of: style, variance: variance), strength: strength)
  }

  /// The content's map with the given means and deviations, of a style or a mixture of several.
  /// - Parameters:
  ///   - content: f.
  ///   - style: σ(s) and μ(s).
  ///   - strength: α, 0…1; the default is the full style.
  /// - Throws: as ``normalise(_:style:strength:)``.
  public func normalise(
    _ content: FeatureMap, to style: ChannelStatistics, strength: Float = 1
  ) throws(AdaINError) -> FeatureMap {
    try normalise(content, to: style, strength: strength, on: FeatureMap.executor())
  }

  func normalise(
    _ content: FeatureMap, to style: ChannelStatistics, strength: Float, on executor: Executor
  ) throws(AdaINError) -> FeatureMap {
    guard strength >= 0, strength <= 1 else {
      throw AdaINError(.argument, "strength: \(strength) is not between 0 and 1")
    }
    try content.check(channels: style.mean.count, "content")
    let own = ChannelStatistics(try content.moments(on: executor), variance: variance)
    return try content.applying(
      AffineCoefficients(
        normalising: own, gamma: style.deviation, beta: style.mean, strength: Double(strength)),
      on: executor)
  }
}
