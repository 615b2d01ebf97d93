/// A content picture as the network sees it. Immutable; render from any thread.
public final class Content: Sendable {
  public let model: Model
  public let width: Int
  public let height: Int

  init(model: Model, width: Int, height: Int) {
    self.model = model
    self.width = width
    self.height = height
  }

  /// Render the rectangle with top left corner (x, y) and the size of `result`.
  public func render(
    style: Style, options: RunOptions = RunOptions(), x: Int, y: Int, into result: PixelView
  ) throws(AdaINError) {
    throw AdaINError(.internal, "not built yet")
  }
}
