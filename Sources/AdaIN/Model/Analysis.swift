/// An analysis under way of a picture that arrives in rows, each seen once. Memory is needed for
/// a band of each layer, beside the feature map (see `Content`). Not thread-safe.
///
/// With a broad brush (`RunOptions.stroke` above 1) the picture is painted (`paint`) where it would
/// be finished otherwise: broad strokes are a style's.
public final class Analysis {
  /// The model that it is encoded by.
  public let model: Model
  /// The picture's width in pixels.
  public let width: Int
  /// The picture's height in pixels.
  public let height: Int

  private let options: RunOptions
  private let work: Work
  private var pushed = 0
  private var state = State.pushing

  private enum State { case pushing, failed, finished }
  private enum Work {
    case plain(Encoder)
    case broad(Sketch)
  }

  /// Begin: a picture of width × height pixels will be pushed. The options hold for all of it: threads,
  /// progress, memory of the feature map, stroke (nil is 1 here).
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
    if let stroke = options.stroke, stroke > 1 {
      work = .broad(try Sketch(model: model, width: width, height: height, stroke: stroke, options: options))
    } else {
      work = .plain(
        try Encoder(
          model.network, width: width, height: height,
          memory: try FeatureMemory.limit(options.featureMemory), precision: options.featurePrecision,
          executor: Executor(
            kernels: model.network.kernels, threads: options.threads, clock: options.clock)))
    }
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
    let reader = PixelReader(rows, name: name)
    switch work {
    case .plain(let encoder):
      try encoder.push(reader, firstRow: pushed, count: rows.height, progress: options.progress)
    case .broad(let sketch):
      try sketch.push(reader, firstRow: pushed, count: rows.height, progress: options.progress)
    }
    pushed += rows.height
    state = .pushing
  }

  /// The content, once every row was pushed.
  /// - Throws: `.order` before that, and for a broad brush.
  public func finish() throws(AdaINError) -> Content {
    guard case .plain(let encoder) = work else {
      throw AdaINError(.order, "the analysis is for a broad brush; it is painted, not finished")
    }
    try checkComplete()
    state = .finished
    return Content(
      model: model, width: width, height: height, features: encoder.features,
      statistics: encoder.statistics)
  }

  /// The content painted in broad strokes of one style, once every row was pushed; may be called again for
  /// another. Render it in the same style and at the same strength: the finer strokes are what is left to do.
  /// - Parameters:
  ///   - style: of the model's encoder.
  ///   - options: strength, detail, threads, progress.
  /// - Throws: `.order` before every row was pushed, and where the stroke is 1; `.argument`, `.mismatch`,
  ///   `.memory`, `.cancelled`; `.io` for a temporary file.
  public func paint(style: Style, options: RunOptions = RunOptions()) throws(AdaINError) -> Content {
    try paint(StyleLayout(style), options: options)
  }

  /// The same in several styles, each where its mask says, to be rendered as a `Composition` of the same
  /// styles and masks.
  /// - Parameters: as of `Composition.init` and `paint(style:options:)`.
  /// - Throws: as both.
  public func paint(
    styles: [Style], masks: [PixelView], statistics: Composition.Statistics = .regions,
    options: RunOptions = RunOptions()
  ) throws(AdaINError) -> Content {
    try paint(StyleLayout(styles: styles, masks: masks, statistics: statistics), options: options)
  }

  private func paint(_ look: StyleLayout, options: RunOptions) throws(AdaINError) -> Content {
    try options.check()
    guard case .broad(let sketch) = work else {
      throw AdaINError(.order, "the analysis is for a stroke of 1; it is finished, not painted")
    }
    try checkComplete()
    for style in look.styles { try model.check(style) }
    return try sketch.painted(in: look, options: options)
  }

  /// Whether every row was pushed, and none failed.
  private func checkComplete() throws(AdaINError) {
    switch state {
    case .pushing: break
    case .failed: throw AdaINError(.order, "the analysis failed before; it can only be freed")
    case .finished: throw AdaINError(.order, "the analysis is finished already")
    }
    guard pushed == height else {
      throw AdaINError(.order, "only \(pushed) of \(height) rows were pushed")
    }
    switch work {
    case .plain(let encoder): try encoder.checkDone()
    case .broad(let sketch): try sketch.checkDone()
    }
  }
}
