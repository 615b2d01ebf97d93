/// What a normalised channel is multiplied by and moved by: γ and β of batch and instance
/// normalisation, one each for every channel.
public struct ScaleAndShift: Sendable, Equatable {
  /// (channels).
  public let gamma: [Float]
  /// (channels).
  public let beta: [Float]

  /// Known ones, as many γ as β.
  /// - Throws: `.argument` for no channels, different numbers of γ and β, a number that is not
  ///   finite.
  public init(gamma: [Float], beta: [Float]) throws(AdaINError) {
    guard !gamma.isEmpty else { throw AdaINError(.argument, "gamma: there are no channels") }
    guard beta.count == gamma.count else {
      throw AdaINError(
        .argument, "beta: \(beta.count) for \(gamma.count) of gamma; one each is needed")
    }
    for (name, values) in [("gamma", gamma), ("beta", beta)] {
      for (channel, value) in values.enumerated() where !value.isFinite {
        throw AdaINError(.argument, "\(name): \(value) of channel \(channel) is not a finite number")
      }
    }
    self.gamma = gamma
    self.beta = beta
  }

  /// γ = 1 and β = 0, which leave a normalised map as it is.
  /// - Throws: `.argument` for a number of channels that is not from 1 to 4096.
  public static func identity(channels: Int) throws(AdaINError) -> ScaleAndShift {
    guard (1...NetworkWeights.maximumChannels).contains(channels) else {
      throw AdaINError(
        .argument, "channels: \(channels) is not between 1 and \(NetworkWeights.maximumChannels)")
    }
    return try ScaleAndShift(
      gamma: Array(repeating: 1, count: channels), beta: Array(repeating: 0, count: channels))
  }

  /// How many channels they are for.
  public var channels: Int { gamma.count }

  /// The affine maps that normalise by the given statistics of as many channels.
  func normalising(_ statistics: ChannelStatistics) -> AffineCoefficients {
    AffineCoefficients(
      normalising: statistics, gamma: gamma.map(Double.init), beta: beta.map(Double.init))
  }
}
