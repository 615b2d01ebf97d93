import AdaIN

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a decoder is trained. The defaults of pool and batch follow from memory and time on ordinary cores.
public struct TrainingOptions: Sendable, Equatable, Codable {
  /// What the styles are for.
  public enum Purpose: String, Sendable, Codable {
    /// A decoder for the paintings given: they are seen as they are.
    case given
    /// A decoder for all paintings: some are tinted, and patterns are drawn, as no collection has enough of
    /// them.
    case every
  }

  /// Steps in all.
  public var steps = 300
  /// Side of the crops in pixels, a multiple of 8 from 16 on.
  public var size = 256
  /// Pairs of crops a step, from 1.
  public var batch = 4
  /// Encoded crops that pairs are drawn from: at 256 pixels 17 MB each.
  public var pool = 48
  /// The learning rate at its peak.
  public var rate = 3e-4
  /// Steps until the peak.
  public var warmUp = 10
  /// The last part of the steps, over which the rate falls to zero, half a cosine.
  public var decayShare = 0.6
  /// The moving average's memory of itself, from 0 to below 1: what it holds is the result.
  public var average = 0.98
  public let purpose: Purpose
  /// Whether the encoder learns, too, by the losses of a judge's: how a narrow network learns what a wide one knows.
  /// For all paintings only, and the styles of the encoder as it was are refused afterwards.
  public var trainsEncoder = false
  public var losses = LossWeights()
  /// Of crops and pairs: the same seed, files and options make the same bytes.
  public var seed: UInt64 = 0

  /// The defaults for a purpose. A decoder for all paintings has more to tell apart, so it draws from more crops and is
  /// averaged over more steps; with its style weight, one for the paintings given would keep less of the photographs
  /// than the decoder for all does.
  public init(for purpose: Purpose = .given) {
    self.purpose = purpose
    switch purpose {
    case .given: losses.style = 6
    case .every: (pool, average) = (96, 0.99)
    }
  }

  /// - Throws: `.argument`, naming the first that is out of its range.
  public func check() throws(AdaINError) {
    guard (1...1_000_000).contains(steps) else {
      throw AdaINError(.argument, "steps: \(steps) is not from 1 to 1000000")
    }
    guard (16...1024).contains(size), size % 8 == 0 else {
      throw AdaINError(.argument, "size: \(size) is not a multiple of 8 from 16 to 1024")
    }
    guard (1...64).contains(batch) else { throw AdaINError(.argument, "batch: \(batch) is not from 1 to 64") }
    guard (1...10_000).contains(pool) else {
      throw AdaINError(.argument, "pool: \(pool) is not from 1 to 10000")
    }
    guard rate > 0, rate <= 1 else { throw AdaINError(.argument, "rate: \(rate) is not above 0 and up to 1") }
    guard warmUp >= 0 else { throw AdaINError(.argument, "warm-up: \(warmUp) is below 0") }
    guard decayShare > 0, decayShare < 1 else {
      throw AdaINError(.argument, "decay-share: \(decayShare) does not lie between 0 and 1")
    }
    guard !trainsEncoder || purpose == .every else {
      throw AdaINError(.argument, "train-encoder: an encoder learns for all paintings, not for those given")
    }
    guard average >= 0, average < 1 else {
      throw AdaINError(.argument, "average: \(average) is not from 0 to below 1")
    }
    for (name, weight) in [
      ("style", losses.style), ("lattice", losses.lattice), ("palette", losses.palette),
      ("perceptual", losses.perceptual),
    ] {
      guard weight >= 0, weight <= 1e9 else {
        throw AdaINError(.argument, "\(name)-weight: \(weight) is not from 0 to 1e9")
      }
    }
  }

  /// A linear warm-up, the peak, and half a cosine to zero over the last part of the steps.
  func rate(at step: Int) -> Double {
    let tail = Double(steps) * (1 - decayShare)
    let warm = min(1, Double(step + 1) / Double(max(1, warmUp)))
    if Double(step) < tail { return rate * warm }
    return rate * warm * 0.5 * (1 + cos(.pi * (Double(step) - tail) / (Double(steps) - tail)))
  }
}
