/// A network ready to run: topology, and weights packed for this machine's kernels.
///
/// Immutable; share one model among all threads.
public final class Model: Sendable {
  public let architecture: Architecture
  public let metadata: [String: String]
  public let encoderFingerprint: UInt64

  public init(weights: NetworkWeights) throws(AdaINError) {
    throw AdaINError(.internal, "not built yet")
  }

  /// The model inside the library, made at the first call and shared by later ones.
  public static func embedded() throws(AdaINError) -> Model {
    throw AdaINError(.internal, "not built yet")
  }

  /// A model from a safetensors file.
  public convenience init(path: String) throws(AdaINError) {
    throw AdaINError(.internal, "not built yet")
  }

  /// A model from the bytes of a safetensors file; nothing of them is kept.
  public convenience init(safetensors: UnsafeRawBufferPointer) throws(AdaINError) {
    throw AdaINError(.internal, "not built yet")
  }

  /// The style of a painting.
  public func style(of painting: PixelView, options: RunOptions = RunOptions())
    throws(AdaINError) -> Style
  {
    throw AdaINError(.internal, "not built yet")
  }

  /// Encode a whole picture.
  public func analyse(_ picture: PixelView, options: RunOptions = RunOptions())
    throws(AdaINError) -> Content
  {
    throw AdaINError(.internal, "not built yet")
  }

  /// Content in the given style, in one call.
  public func stylise(
    _ content: PixelView, style: Style, options: RunOptions = RunOptions(), into result: PixelView
  ) throws(AdaINError) {
    throw AdaINError(.internal, "not built yet")
  }
}
