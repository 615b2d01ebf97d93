import AdaINKernels

/// The decoder under way on one rectangle: from the feature map to pixels.
///
/// The rectangle is followed from the last layer back to the first: each layer makes whole tiles
/// of its own grid, and so reads a halo of one pixel around them. What a tile holds then does not
/// depend on the rectangle.
final class Decoder {
  private let pipeline: Pipeline

  /// - Parameters:
  ///   - features: the whole map of a picture of `width` × `height` pixels.
  ///   - modulation: AdaIN and strength.
  ///   - columns, rows: the rectangle.
  init(
    _ network: PackedNetwork, features: FeatureStore, modulation: Modulation, width: Int,
    height: Int, columns: Range<Int>, rows: Range<Int>, executor: Executor,
    sink: @escaping LastStage.Sink
  ) throws(AdaINError) {
    let threads = executor.threads
    try executor.reserve(max(network.scratchCount, FeatureStore.scratchCount))
    var size = (width: extended(width), height: extended(height))
    let full = size

    var neededColumns = max(0, columns.lowerBound - 1)..<min(size.width, columns.upperBound + 1)
    var neededRows = max(0, rows.lowerBound - 1)..<min(size.height, rows.upperBound + 1)
    var layers: [(WinogradConvolution, TileGeometry, Int)] = []
    for convolution in network.decoder.reversed() {
      let geometry = TileGeometry(
        width: size.width, height: size.height, form: convolution.form,
        outputColumns: neededColumns, outputRows: neededRows)
      layers.insert(
        (convolution, geometry, WinogradStage.quantum(convolution, geometry, threads: threads)),
        at: 0)
      neededColumns = geometry.inputColumns
      neededRows = geometry.inputRows
      if convolution.form == .enlarged { size = (size.width / 2, size.height / 2) }
    }

    let loadedRows = min(2 * threads, neededRows.count)
    var output = FeatureRows(
      x: neededColumns.lowerBound, width: neededColumns.count, channels: features.channels,
      capacity: Pipeline.capacity(
        producedRows: loadedRows, consumedRows: outputTile * layers[0].2 + 2, of: neededRows.count))
    var bands = [output]
    var stages: [any Stage] = [
      LoadStage(
        features, regions: modulation.regions, rows: neededRows, output: output,
        quantum: loadedRows)
    ]
    let rowQuantum = Pipeline.rowQuantum(
      width: columns.count, least: LastStage.leastRows, threads: threads)
    for (i, (convolution, geometry, quantum)) in layers.enumerated() {
      let input = output
      let range = geometry.outputColumns
      let consumed: Int
      if i + 1 < layers.count {
        let (_, next, nextQuantum) = layers[i + 1]
        consumed = (outputTile * nextQuantum + 2) / (next.form == .enlarged ? 2 : 1) + 2
      } else {
        consumed = rowQuantum + 2
      }
      output = FeatureRows(
        x: range.lowerBound, width: range.count,
        channels: convolution.outputs,
        capacity: Pipeline.capacity(
          producedRows: quantum * outputTile, consumedRows: consumed,
          of: geometry.tileRows.count * outputTile))
      bands.append(output)
      stages.append(
        try WinogradStage(
          convolution, geometry, input: input, output: output, affine: i == 0 ? modulation.affine : nil,
          quantum: quantum))
    }
    stages.append(
      LastStage(
        network.last, width: full.width, height: full.height, columns: columns, rows: rows,
        input: output, quantum: rowQuantum, sink: sink))
    try FeatureRows.allocate("bands of the decoder's layers", bands)
    pipeline = Pipeline(stages, executor: executor)
  }

  /// Make the rectangle's rows above `end`, or all of them.
  func run(until end: Int, progress: ((Double) -> Bool)?) throws(AdaINError) {
    try pipeline.advance(sinkLimit: end, progress: progress)
  }
}
