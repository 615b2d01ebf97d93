/// A content picture as the network sees it: its feature map at relu4_1 and the statistics of that.
/// Immutable; render any rectangle from any thread.
///
/// The map takes 32 bytes for each pixel, and 16 in half precision beyond two megapixels; where that
/// is more than `RunOptions.featureMemory`, it lies in a temporary file.
public final class Content: @unchecked Sendable {
  /// The model that it was encoded by.
  public let model: Model
  /// The picture's width in pixels.
  public let width: Int
  /// The picture's height in pixels.
  public let height: Int

  let features: FeatureStore
  let statistics: ChannelStatistics
  /// The share of any strength at which it is rendered: below 1 where it was painted in broad strokes
  /// already.
  let detail: Float
  /// The result itself, where it was painted in broad strokes and no finer ones are wanted; features and
  /// statistics are then a reduced copy's.
  let finished: PixelStore?
  /// Of the broad strokes, where finer ones are painted over them.
  let tones: BroadTones?

  init(
    model: Model, width: Int, height: Int, features: FeatureStore, statistics: ChannelStatistics,
    detail: Float = 1, finished: PixelStore? = nil, tones: BroadTones? = nil
  ) {
    self.finished = finished
    self.tones = tones
    self.model = model
    self.width = width
    self.height = height
    self.features = features
    self.statistics = statistics
    self.detail = detail
  }

  /// Render the rectangle whose top left corner is (x, y) and whose size is `result`'s. Its pixels
  /// are those that the whole picture would have there, bit for bit.
  /// - Throws: `.argument` when the rectangle leaves the picture, `.mismatch`, `.memory`, `.cancelled`;
  ///   `.io` when the feature map cannot be read back from its temporary file.
  public func render(
    style: Style, options: RunOptions = RunOptions(), x: Int, y: Int, into result: PixelView
  ) throws(AdaINError) {
    try render(
      modulation: modulation(style: style, strength: options.strength), options: options, x: x,
      y: y, into: result, writer: PixelWriter(result, alpha: .opaque))
  }

  func render(
    modulation: Modulation, options: RunOptions, x: Int, y: Int, into result: PixelView,
    writer: PixelWriter
  ) throws(AdaINError) {
    guard x >= 0, y >= 0, x <= width - result.width, y <= height - result.height else {
      throw AdaINError(
        .argument,
        "the rectangle \(result.width) x \(result.height) at (\(x), \(y)) leaves the picture of \(width) x \(height)"
      )
    }
    let decoder = try rectangle(
      modulation, options: options, columns: x..<x + result.width, rows: y..<y + result.height
    ) { row, column, count, rgb in
      writer.writeRow(row - y, from: column - x, count: count, rgb: rgb)
    }
    try decoder.run(until: y + result.height, progress: options.progress)
  }

  /// One style for the whole picture.
  func modulation(style: Style, strength: Float) throws(AdaINError) -> Modulation {
    try model.check(style)
    return .whole(
      try ChannelAffine(
        content: statistics, style: style, strength: strength * detail,
        paddedChannels: features.channels))
  }

  /// What makes one rectangle.
  func rectangle(
    _ modulation: Modulation, options: RunOptions, columns: Range<Int>, rows: Range<Int>,
    sink: @escaping LastStage.Sink
  ) throws(AdaINError) -> any RectangleSource {
    try options.check()
    let executor = Executor(kernels: model.network.kernels, threads: options.threads, clock: options.clock)
    if let finished {
      return try StoredRectangle(finished, columns: columns, rows: rows, executor: executor, sink: sink)
    }
    func decoder(columns: Range<Int>, rows: Range<Int>, sink: @escaping LastStage.Sink) throws(AdaINError)
      -> Decoder
    {
      try Decoder(
        model.network, features: features, modulation: modulation, width: width, height: height,
        columns: columns, rows: rows, executor: executor, sink: sink)
    }
    guard let tones else { return try decoder(columns: columns, rows: rows, sink: sink) }
    return try TonedRectangle(
      tones, columns: columns, rows: rows, executor: executor, sink: sink, fine: decoder)
  }
}
