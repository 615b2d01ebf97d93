/// Instance normalisation (Ulyanov, Vedaldi & Lempitsky 2016, arXiv:1607.08022): each channel of
/// each map by its own statistics.
///
///     f' = γ (f − μ(f)) / σ(f) + β          f, f' (height, width, channels); γ, β (channels)
///
/// A value type; any thread may use it.
public struct InstanceNormalisation: Sendable, Equatable {
  /// γ and β.
  public let affine: ScaleAndShift
  /// Divisor and ε of σ.
  public let variance: VarianceConvention

  /// A layer.
  /// - Parameters:
  ///   - affine: γ and β, one each for every channel.
  ///   - variance: the default, n and 1e-5, is that of PyTorch's `instance_norm`.
  public init(_ affine: ScaleAndShift, variance: VarianceConvention = .population) {
    self.affine = affine
    self.variance = variance
  }

  /// The normalised map.
  /// - Throws: `.argument` for another number of channels than γ's, or a result that leaves the
  ///   range of 32-bit floats; `.memory`.
  public func normalise(_ map: FeatureMap) throws(AdaINError) -> FeatureMap {
    try map.check(channels: affine.channels, "map")
    let executor = FeatureMap.executor()
    let statistics = ChannelStatistics(try map.moments(on: executor), variance: variance)
    return try map.applying(affine.normalising(statistics), on: executor)
  }
}
