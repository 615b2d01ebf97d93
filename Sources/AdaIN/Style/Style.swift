/// A painting's style: per channel of relu4_1 a mean and a standard deviation over all its
/// feature cells — μ(s) and σ(s) in equation 8 of Huang & Belongie, ICCV 2017.
///
/// A value type of a few KB: compute it once, keep it, mix it, apply it to any number of
/// pictures, from any thread.
public struct Style: Sendable, Equatable {
  /// μ(s), one for each channel of the feature map (512 in the published networks).
  public let mean: [Float]
  /// σ(s) = √(variance with n − 1, plus 1e-5), one for each channel.
  public let deviation: [Float]
  /// The fingerprint of the encoder that made it; see `NetworkWeights.encoderFingerprint`.
  public let encoderFingerprint: UInt64

  /// A style from its numbers, as many means as deviations: to read one, see ``init(path:)``; to make one,
  /// ``Model/style(of:options:)``.
  public init(mean: [Float], deviation: [Float], encoderFingerprint: UInt64) {
    precondition(mean.count == deviation.count)
    self.mean = mean
    self.deviation = deviation
    self.encoderFingerprint = encoderFingerprint
  }
}
