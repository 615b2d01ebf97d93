/// Mean and standard deviation of each channel of a feature map over all its cells:
///
///     μ = Σ f / n          σ = √(Σ (f − μ)² / d + ε)
///
/// with d and ε as the `VarianceConvention` says; the engine's own is `.adaptive`. Sums are in
/// double precision and in a fixed order: the same for every number of threads.
public struct ChannelStatistics: Sendable, Equatable {
  /// μ, (channels).
  public let mean: [Double]
  /// σ, (channels).
  public let deviation: [Double]

  /// Of a feature map.
  /// - Throws: `.memory`.
  public init(of map: FeatureMap, variance: VarianceConvention = .adaptive) throws(AdaINError) {
    self.init(try map.moments(on: FeatureMap.executor()), variance: variance)
  }

  /// A style's, as the engine stores them.
  public init(_ style: Style) {
    mean = style.mean.map(Double.init)
    deviation = style.deviation.map(Double.init)
  }

  /// Known ones.
  /// - Throws: `.argument` for no channels, different numbers of means and deviations, a number
  ///   that is not finite, a negative deviation.
  public init(mean: [Double], deviation: [Double]) throws(AdaINError) {
    guard !mean.isEmpty else { throw AdaINError(.argument, "mean: there are no channels") }
    guard deviation.count == mean.count else {
      throw AdaINError(
        .argument, "deviation: \(deviation.count) for \(mean.count) means; one each is needed")
    }
    for (channel, value) in mean.enumerated() where !value.isFinite {
      throw AdaINError(.argument, "mean: \(value) of channel \(channel) is not a finite number")
    }
    for (channel, value) in deviation.enumerated() where !(value >= 0 && value.isFinite) {
      throw AdaINError(
        .argument, "deviation: \(value) of channel \(channel) is not a finite number from 0 on")
    }
    self.mean = mean
    self.deviation = deviation
  }

  init(_ moments: ChannelMoments, variance: VarianceConvention) {
    mean = moments.mean
    deviation = moments.variance(variance.divisor).map(variance.deviation)
  }
}
