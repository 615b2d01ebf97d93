/// How a call runs.
public struct RunOptions: Sendable {
  /// α of equation 14 in Huang & Belongie, 0…1: 1 (the default, as in the paper) is the full
  /// style, 0 the content as the decoder reconstructs it.
  public var strength: Float
  /// Threads to use; 0, the default, means all processors that the process may use.
  public var threads: Int
  /// Called with the share of the work done, 0…1, never falling, never on two threads at once.
  /// Returns whether to go on; `false` ends the call with an error of kind `.cancelled`.
  public var progress: (@Sendable (Double) -> Bool)?
  /// Told what each layer took; nil, the default, costs nothing.
  package var clock: StageClock?

  public init(
    strength: Float = 1, threads: Int = 0, progress: (@Sendable (Double) -> Bool)? = nil
  ) {
    self.strength = strength
    self.threads = threads
    self.progress = progress
  }
}

extension RunOptions {
  /// - Throws: `.argument`, naming the option that is out of its range.
  func check() throws(AdaINError) {
    guard strength >= 0, strength <= 1 else {
      throw AdaINError(.argument, "options: strength is \(strength), not between 0 and 1")
    }
    guard (0...Self.maximumThreads).contains(threads) else {
      throw AdaINError(.argument, "options: threads is \(threads), not between 0 and \(Self.maximumThreads)")
    }
  }

  /// More than any machine has today.
  public static let maximumThreads = 1024
}
