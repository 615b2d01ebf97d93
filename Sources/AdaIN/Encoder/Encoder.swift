import AdaINKernels

/// The encoder under way on one picture: from rows of pixels to the feature map at relu4_1, one
/// eighth of the extended picture's size.
final class Encoder {
  /// What is left of the picture besides its statistics.
  enum Kept {
    /// The feature map, for a decoder.
    case map
    /// Nothing: a style is statistics.
    case statistics
    /// The first layer's output of each block, whole instead of in a band: 480 bytes for each pixel with the
    /// published widths.
    case blockStarts
  }

  private let store: FeatureStore?
  /// The outputs of the layers relu1_1, relu2_1, relu3_1 and relu4_1, when they are kept: each whole
  /// once the encoder is done.
  let blockStarts: [FeatureRows]

  private let width: Int
  private let height: Int
  private let pixels: PixelStage
  private let sink: StoreStage
  private let pipeline: Pipeline

  /// - Parameters:
  ///   - memory: bytes that a map that is kept may take; beyond, it goes to a temporary file.
  ///   - precision: of that map; nil goes by its size.
  init(
    _ network: PackedNetwork, width: Int, height: Int, keeps kept: Kept = .map, memory: Int = 0,
    precision: FeatureStore.Precision? = nil, executor: Executor
  ) throws(AdaINError) {
    self.width = width
    self.height = height
    let threads = executor.threads
    let columns = extended(width)
    let rows = extended(height)
    try executor.reserve(max(network.scratchCount, FeatureStore.scratchCount))

    // The geometry of all layers first: how much a layer keeps depends on what the next one reads.
    var size = (width: columns, height: rows)
    var layers: [(WinogradConvolution, TileGeometry, Int)] = []
    for (convolution, pooled) in zip(network.encoder, network.encoderPooling) {
      let output = pooled ? (size.width / 2, size.height / 2) : size
      let geometry = TileGeometry(
        width: size.width, height: size.height, pooled: pooled,
        outputColumns: 0..<output.0, outputRows: 0..<output.1)
      layers.append(
        (convolution, geometry, WinogradStage.quantum(convolution, geometry, threads: threads)))
      size = output
    }

    let rowQuantum = Pipeline.rowQuantum(width: columns, least: 2 * threads, threads: threads)
    let picture = FeatureRows(
      x: -1, width: columns + 2, channels: 3,
      capacity: Pipeline.capacity(
        producedRows: rowQuantum, consumedRows: rowQuantum + 2 + PixelStage.mirroredRows, of: rows))
    pixels = PixelStage(width: width, height: height, output: picture, quantum: rowQuantum)
    var stages: [any Stage] = [pixels]

    var bands = [picture]
    var output = Self.rows(
      network.first.outputs, columns, rows, produced: rowQuantum, before: layers.first,
      whole: kept == .blockStarts)
    var blockStarts = [output]
    stages.append(
      FirstStage(
        network.first, width: columns, height: rows, input: picture, output: output,
        quantum: rowQuantum))

    for (i, (convolution, geometry, quantum)) in layers.enumerated() {
      let input = output
      bands.append(input)
      let startsBlock = i > 0 && layers[i - 1].1.pooled
      output = Self.rows(
        convolution.outputs, geometry.outputWidth, geometry.outputHeight,
        produced: quantum * geometry.side, before: i + 1 < layers.count ? layers[i + 1] : nil,
        whole: kept == .blockStarts && startsBlock)
      if startsBlock { blockStarts.append(output) }
      stages.append(
        try WinogradStage(convolution, geometry, input: input, output: output, quantum: quantum))
    }
    bands.append(output)
    self.blockStarts = kept == .blockStarts ? blockStarts : []
    store =
      kept == .map
      ? try FeatureStore(
        width: output.width, height: rows / 8, channels: output.channels, limit: memory, precision: precision)
      : nil
    sink = StoreStage(
      store, input: output, rows: rows / 8, channels: network.featureChannels,
      quantum: layers[layers.count - 1].2 * outputTile)
    stages.append(sink)
    try FeatureRows.allocate("bands of the encoder's layers", bands)
    pipeline = Pipeline(stages, executor: executor)
  }

  /// The band between two layers, or behind the last one; or the layer's whole output.
  private static func rows(
    _ channels: Int, _ width: Int, _ height: Int, produced: Int,
    before next: (WinogradConvolution, TileGeometry, Int)?, whole: Bool
  ) -> FeatureRows {
    let consumed = next.map { outputTile * $0.2 + 2 } ?? 0
    return FeatureRows(
      x: 0, width: width, channels: channels,
      capacity: whole
        ? height : Pipeline.capacity(producedRows: produced, consumedRows: consumed, of: height))
  }

  /// Encode the picture's rows from `firstRow` on; those before it were pushed already.
  func push(_ reader: PixelReader, firstRow: Int, count: Int, progress: ((Double) -> Bool)?)
    throws(AdaINError)
  {
    pixels.setSource(reader, firstRow: firstRow)
    let end = firstRow + count
    try pipeline.advance(
      sourceLimit: end == height ? extended(height) : end, progress: progress)
  }

  /// Encode a picture that is in memory whole.
  func encode(_ picture: PixelView, name: String, progress: ((Double) -> Bool)?) throws(AdaINError) {
    try push(PixelReader(picture, name: name), firstRow: 0, count: picture.height, progress: progress)
    try checkDone()
  }

  /// - Throws: `.internal` for a fault of ours, where every row was pushed and the map is not whole.
  func checkDone() throws(AdaINError) {
    guard pipeline.isDone else {
      throw AdaINError(.internal, "the encoder stopped short of the feature map's end")
    }
  }

  /// The map, where it is kept.
  var features: FeatureStore { store! }

  /// Of the whole map, once it is done.
  var statistics: ChannelStatistics { ChannelStatistics(sink.moments, variance: .adaptive) }
}
