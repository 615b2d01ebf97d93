/// How the squared differences from a mean become a standard deviation:
///
///     σ = √(Σ (f − μ)² / d + ε)          d = n or n − 1, over n cells
///
/// One cell has the variance 0 under both divisors.
public struct VarianceConvention: Sendable, Equatable {
  /// What the sum of squared differences over n cells is divided by.
  public enum Divisor: Sendable, Equatable {
    /// n: the variance of the cells themselves, which PyTorch's normalisation layers divide by.
    case count
    /// n − 1: the unbiased estimate, `torch.var`'s default.
    case countMinusOne

    /// The variance of `count` cells whose squared differences from their mean sum to `squares`.
    func variance(squares: Double, count: Double) -> Double {
      squares / max(1, self == .count ? count : count - 1)
    }
  }

  /// d.
  public let divisor: Divisor
  /// ε, added to the variance.
  public let epsilon: Double

  /// A convention of one's own; the usual ones are ``adaptive`` and ``population``.
  /// - Parameters:
  ///   - divisor: n or n − 1.
  ///   - epsilon: keeps a constant channel from being divided by 0; the default is that of every
  ///     published implementation.
  /// - Throws: `.argument` for an ε that is negative or not finite.
  public init(divisor: Divisor, epsilon: Double = 1e-5) throws(AdaINError) {
    guard epsilon >= 0, epsilon.isFinite else {
      throw AdaINError(.argument, "epsilon: \(epsilon) is not a finite number from 0 on")
    }
    self.init(checked: divisor, epsilon: epsilon)
  }

  private init(checked divisor: Divisor, epsilon: Double) {
    self.divisor = divisor
    self.epsilon = epsilon
  }

  /// n − 1 and 1e-5: the original implementation's of AdaIN, with which published decoders were
  /// trained, and the engine's.
  public static let adaptive = VarianceConvention(checked: .countMinusOne, epsilon: 1e-5)

  /// n and 1e-5: the usual one of batch and instance normalisation, PyTorch's default.
  public static let population = VarianceConvention(checked: .count, epsilon: 1e-5)

  func deviation(variance: Double) -> Double { (variance + epsilon).squareRoot() }
}
