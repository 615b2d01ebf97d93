/// What went wrong, as a kind that a program can act on and a sentence that a person can.
///
/// The sentence begins in lower case, names the argument, tensor or file that is at fault,
/// and ends without a full stop, as libvips' messages do.
public struct AdaINError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds mirror `adain_status` in `include/adain.h`.
  public enum Kind: Sendable, Equatable {
    /// An argument is outside its range.
    case argument
    /// Memory for the work could not be had.
    case memory
    /// A file could not be read or written.
    case io
    /// A weights or style file is damaged or of another kind.
    case format
    /// A style was made with another encoder than the model's.
    case mismatch
    /// The progress callback asked to stop.
    case cancelled
    /// Rows were pushed, or an analysis finished, out of order.
    case order
    /// A defect of this library.
    case `internal`
  }

  /// What a program can act on.
  public let kind: Kind
  /// What a person can: the sentence, which is also the description.
  public let message: String

  /// An error of one's own, for code that is called by the engine or stands beside it.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  public var description: String { message }
}
