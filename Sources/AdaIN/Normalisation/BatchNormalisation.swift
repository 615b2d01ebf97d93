/// Batch normalisation (Ioffe & Szegedy, ICML 2015, arXiv:1502.03167, algorithm 1): each channel by
/// its statistics over all cells of all maps of a batch, or by running estimates of them.
///
///     f' = γ (f − μ) / √(σ² + ε) + β        f, f' (height, width, channels); γ, β, μ, σ² (channels)
///
/// While a network is trained, μ and σ² are the batch's; afterwards they are the running ones, which
/// each batch that is observed moves by its momentum m:
///
///     running ← (1 − m) · running + m · batch's
///
/// A batch is an array of maps with as many channels as γ; their sizes may differ. A value type: any
/// thread may use it while none observes.
public struct BatchNormalisation: Sendable, Equatable {
  /// γ and β.
  public let affine: ScaleAndShift
  /// Divisor of a batch's σ² when the batch is normalised; ε of both kinds.
  public let variance: VarianceConvention
  /// m, 0…1: the share of the newest batch in the running statistics.
  public let momentum: Double
  /// Divisor of a batch's σ² on its way into the running variance.
  public let runningDivisor: VarianceConvention.Divisor
  /// (channels).
  public private(set) var runningMean: [Double]
  /// (channels), without ε.
  public private(set) var runningVariance: [Double]

  /// A layer, untrained or with the running statistics of a trained one.
  /// - Parameters:
  ///   - affine: γ and β, one each for every channel.
  ///   - variance: the default, n and 1e-5, is the paper's and PyTorch's.
  ///   - momentum: the default is PyTorch's.
  ///   - runningDivisor: the default, n − 1, is the paper's and PyTorch's: the estimate stands for
  ///     cells that the batches did not hold.
  ///   - runningMean: of a trained layer; nil, the default, means zeros, as before the first batch.
  ///   - runningVariance: the same; nil means ones.
  /// - Throws: `.argument` for a momentum out of its range, another number of running statistics than
  ///   channels, a number of them that is not finite, a negative variance.
  public init(
    _ affine: ScaleAndShift, variance: VarianceConvention = .population, momentum: Double = 0.1,
    runningDivisor: VarianceConvention.Divisor = .countMinusOne, runningMean: [Double]? = nil,
    runningVariance: [Double]? = nil
  ) throws(AdaINError) {
    guard momentum >= 0, momentum <= 1 else {
      throw AdaINError(.argument, "momentum: \(momentum) is not between 0 and 1")
    }
    let mean = runningMean ?? Array(repeating: 0, count: affine.channels)
    let squares = runningVariance ?? Array(repeating: 1, count: affine.channels)
    for (name, values) in [("running mean", mean), ("running variance", squares)] {
      guard values.count == affine.channels else {
        throw AdaINError(
          .argument, "\(name): \(values.count) values for \(affine.channels) channels")
      }
      for (channel, value) in values.enumerated() where !value.isFinite {
        throw AdaINError(.argument, "\(name): \(value) of channel \(channel) is not a finite number")
      }
    }
    for (channel, value) in squares.enumerated() where value < 0 {
      throw AdaINError(.argument, "running variance: \(value) of channel \(channel) is negative")
    }
    self.affine = affine
    self.variance = variance
    self.momentum = momentum
    self.runningDivisor = runningDivisor
    self.runningMean = mean
    self.runningVariance = squares
  }

  /// The maps of a batch, normalised by the batch's own statistics. The running ones stay.
  /// - Throws: `.argument` for no maps, another number of channels than γ's, or a result that leaves
  ///   the range of 32-bit floats; `.memory`.
  public func normalise(batch: [FeatureMap]) throws(AdaINError) -> [FeatureMap] {
    let executor = FeatureMap.executor()
    let statistics = ChannelStatistics(try moments(of: batch, on: executor), variance: variance)
    let coefficients = affine.normalising(statistics)
    var normalised: [FeatureMap] = []
    for map in batch { normalised.append(try map.applying(coefficients, on: executor)) }
    return normalised
  }

  /// One map, normalised by the running statistics.
  /// - Throws: `.argument` for another number of channels than γ's, or a result that leaves the range
  ///   of 32-bit floats; `.memory`.
  public func normalise(_ map: FeatureMap) throws(AdaINError) -> FeatureMap {
    try map.check(channels: affine.channels, "map")
    let statistics = try ChannelStatistics(
      mean: runningMean, deviation: runningVariance.map(variance.deviation))
    return try map.applying(affine.normalising(statistics), on: FeatureMap.executor())
  }

  /// Move the running statistics towards a batch's.
  /// - Throws: `.argument` for no maps, or another number of channels than γ's.
  public mutating func observe(batch: [FeatureMap]) throws(AdaINError) {
    let moments = try moments(of: batch, on: FeatureMap.executor())
    func moved(_ running: [Double], _ new: [Double]) -> [Double] {
      zip(running, new).map { (1 - momentum) * $0 + momentum * $1 }
    }
    runningMean = moved(runningMean, moments.mean)
    runningVariance = moved(runningVariance, moments.variance(runningDivisor))
  }

  /// The moments of all cells of all maps.
  private func moments(of batch: [FeatureMap], on executor: Executor) throws(AdaINError)
    -> ChannelMoments
  {
    guard !batch.isEmpty else { throw AdaINError(.argument, "batch: there are no maps") }
    var moments = ChannelMoments(channels: affine.channels)
    for (i, map) in batch.enumerated() {
      try map.check(channels: affine.channels, "batch: map \(i)")
      moments.merge(try map.moments(on: executor))
    }
    return moments
  }
}
