extension Loss {
  /// The two parts of the style loss on statistics, at one layer.
  public struct Statistics: Sendable, Equatable {
    /// Σ (μ(a) − μ(b))² / C
    public let mean: Double
    /// Σ (σ(a) − σ(b))² / C
    public let deviation: Double
    /// Both: the layer's term of the style loss.
    public var sum: Double { mean + deviation }
  }

  /// One layer's term of the style loss of Huang & Belongie (arXiv:1703.06868, equation 13): mean
  /// squared differences of the channels' means and of their standard deviations,
  ///
  ///     L = Σ (μ(a) − μ(b))² / C  +  Σ (σ(a) − σ(b))² / C          a, b (any height, any width, C)
  ///
  /// The style loss is the sum over relu1_1, relu2_1, relu3_1 and relu4_1. The means in place of the
  /// paper's norms are the original implementation's.
  /// - Parameters:
  ///   - a: the result's map.
  ///   - b: the style's map, at the same layer.
  ///   - variance: divisor and ε of σ; the default is the engine's, n − 1 and 1e-5.
  /// - Throws: `.argument` for maps of different numbers of channels.
  public static func statistics(
    _ a: FeatureMap, _ b: FeatureMap, variance: VarianceConvention = .adaptive
  ) throws(AdaINError) -> Statistics {
    try statistics(a, b, variance: variance, on: FeatureMap.executor())
  }

  static func statistics(
    _ a: FeatureMap, _ b: FeatureMap, variance: VarianceConvention, on executor: Executor
  ) throws(AdaINError) -> Statistics {
    try checkChannels(a, b)
    let p = ChannelStatistics(try a.moments(on: executor), variance: variance)
    let q = ChannelStatistics(try b.moments(on: executor), variance: variance)
    return Statistics(
      mean: meanSquaredDifference(p.mean, q.mean),
      deviation: meanSquaredDifference(p.deviation, q.deviation))
  }

  private static func meanSquaredDifference(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(a.count)
  }
}
