/// An analysis under way of a picture that arrives in rows. Not thread-safe.
public final class Analysis {
  public let width: Int
  public let height: Int

  public init(model: Model, width: Int, height: Int, options: RunOptions = RunOptions())
    throws(AdaINError)
  {
    throw AdaINError(.internal, "not built yet")
  }

  /// The next rows. More than announced: `.order`, and none is taken.
  public func push(_ rows: PixelView) throws(AdaINError) {
    throw AdaINError(.internal, "not built yet")
  }

  /// The content, once every row was pushed.
  public func finish() throws(AdaINError) -> Content {
    throw AdaINError(.internal, "not built yet")
  }
}
