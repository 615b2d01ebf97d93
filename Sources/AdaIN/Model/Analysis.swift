/// An analysis under way of a picture that arrives in rows, each seen once. Memory is needed for
/// a band of each layer, beside the feature map (see `Content`). Not thread-safe.
public final class Analysis {
  /// The model that it is encoded by.
  public let model: Model
  /// The picture's width in pixels.
  public let width: Int
  /// The picture's height in pixels.
  public let height: Int

  private let options: RunOptions
  private let encoder: Encoder
  private var pushed = 0
  private var state = State.pushing

  private enum State { case pushing, failed, finished }

  /// Begin: a picture of width × height pixels will be pushed. The options hold for all of it: threads,
  /// progress, memory of the feature map.
  /// - Throws: `.argument` for an empty or too large size, `.memory`; `.io` when the feature map needs
  ///   a temporary file and there is no room for it.
  public init(model: Model, width: Int, height: Int, options: RunOptions = RunOptions())
    throws(AdaINError)
  {
    let sides = 1...PixelView.maximumSide
    guard sides.contains(width), sides.contains(height) else {
      throw AdaINError(
        .argument,
        "the picture's size \(width) x \(height) is not between 1 and \(PixelView.maximumSide) on each side")
    }
    try options.check()
    self.model = model
    self.width = width
    self.height = height
    self.options = options
    encoder = try Encoder(
      model.network, width: width, height: height,
      memory: try FeatureMemory.limit(options.featureMemory), precision: options.featurePrecision,
      executor: Executor(
        kernels: model.network.kernels, threads: options.threads, clock: options.clock))
  }

  /// The next rows.
  /// - Throws: `.order` for more rows than announced, of which then none is taken; `.argument` for
  ///   another width or a pixel that is not finite; `.cancelled`. After an error other than those
  ///   for the number of rows and the width the analysis is of no more use.
  public func push(_ rows: PixelView) throws(AdaINError) {
    try push(rows, name: "rows")
  }

  func push(_ rows: PixelView, name: String) throws(AdaINError) {
    switch state {
    case .pushing: break
    case .failed: throw AdaINError(.order, "the analysis failed before; it can only be freed")
    case .finished: throw AdaINError(.order, "the analysis is finished; no rows can be pushed")
    }
    guard rows.width == width else {
      throw AdaINError(.argument, "\(name): the width \(rows.width) is not the announced \(width)")
    }
    guard rows.height <= height - pushed else {
      throw AdaINError(
        .order,
        "\(name): \(rows.height) rows more than the \(pushed) pushed exceed the announced \(height)")
    }
    state = .failed
    try encoder.push(
      PixelReader(rows, name: name), firstRow: pushed, count: rows.height,
      progress: options.progress)
    pushed += rows.height
    state = .pushing
  }

  /// The content, once every row was pushed.
  /// - Throws: `.order` before that.
  public func finish() throws(AdaINError) -> Content {
    switch state {
    case .pushing: break
    case .failed: throw AdaINError(.order, "the analysis failed before; it can only be freed")
    case .finished: throw AdaINError(.order, "the analysis is finished already")
    }
    guard pushed == height else {
      throw AdaINError(.order, "only \(pushed) of \(height) rows were pushed")
    }
    guard encoder.isDone else {
      throw AdaINError(.internal, "the encoder stopped short of the feature map's end")
    }
    state = .finished
    return Content(
      model: model, width: width, height: height, features: encoder.features,
      statistics: encoder.statistics)
  }
}
