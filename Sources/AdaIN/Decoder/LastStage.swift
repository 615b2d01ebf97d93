import AdaINKernels

/// The decoder's last convolution, from features to pixels; a unit is a row.
final class LastStage: Stage {
  let name = "decoder.conv1_1"
  let units: Range<Int>
  var next: Int
  let quantum: Int
  let unitCost: Double
  let input: FeatureRows?
  let output: FeatureRows? = nil

  /// Receives `count` RGB pixels of row y, from column x on; called from several threads.
  typealias Sink = (_ y: Int, _ x: Int, _ count: Int, _ rgb: UnsafePointer<Float>) -> Void

  private let weights: LastWeights
  private let width: Int
  private let height: Int
  private let columns: Range<Int>
  private let sink: Sink

  /// Columns that one thread makes at a time: three rows of their products stay in the cache.
  private static let chunk = 128

  /// - Parameters:
  ///   - width, height: the extended picture's.
  ///   - columns, rows: the part that is wanted.
  init(
    _ weights: LastWeights, width: Int, height: Int, columns: Range<Int>, rows: Range<Int>,
    input: FeatureRows, quantum: Int, sink: @escaping Sink
  ) {
    self.weights = weights
    self.width = width
    self.height = height
    self.columns = columns
    self.input = input
    self.quantum = quantum
    self.sink = sink
    units = rows
    next = rows.lowerBound
    unitCost = Double(columns.count * 27 * weights.inputs)
  }

  func inputRows(through unit: Int) -> Int { min(height, unit + 1) }
  func firstInputRow(of unit: Int) -> Int { max(0, min(unit - 1, height - 2)) }
  func outputRows(through unit: Int) -> Int { unit }

  /// Rows of a step at least: a step makes the products of two rows more, which its neighbours make
  /// again.
  static let leastRows = 12

  /// Scratch memory: the products of three rows of a chunk with a pixel on each side, and a row
  /// of pixels.
  static let scratchCount = 3 * (chunk + 2) * panelWidth + 3 * chunk + channelBlock

  func run(_ units: Range<Int>, on executor: Executor) {
    let chunks = (columns.count + Self.chunk - 1) / Self.chunk
    // A narrow picture has too few chunks for all threads: split the rows as well.
    let bands = min(units.count, max(1, (2 * executor.threads + chunks - 1) / chunks))
    executor.run(count: chunks * bands) { item, slot in
      let (band, chunk) = item.quotientAndRemainder(dividingBy: chunks)
      let rows =
        units.lowerBound + units.count * band / bands..<units.lowerBound
        + units.count * (band + 1) / bands
      let x = columns.lowerBound + columns.count * chunk / chunks
      let end = columns.lowerBound + columns.count * (chunk + 1) / chunks
      run(rows, x..<end, executor.kernels, executor.scratch(slot))
    }
  }

  private func run(
    _ rows: Range<Int>, _ columns: Range<Int>, _ kernels: KernelTable,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let rowCount = (Self.chunk + 2) * panelWidth
    func products(_ y: Int) -> UnsafeMutablePointer<Float> { scratch + (y + 3) % 3 * rowCount }
    let pixels = scratch + 3 * rowCount

    multiply(rows.lowerBound - 1, columns, kernels, products(rows.lowerBound - 1))
    multiply(rows.lowerBound, columns, kernels, products(rows.lowerBound))
    for y in rows {
      multiply(y + 1, columns, kernels, products(y + 1))
      kernels.gatherTaps(
        TapGather(
          row0: products(y - 1), row1: products(y), row2: products(y + 1), width: columns.count,
          bias: weights.bias.floats, output: pixels))
      sink(y, columns.lowerBound, columns.count, pixels)
    }
  }

  /// The products of padded row y: of the columns and one on each side, reflected at the edges.
  private func multiply(
    _ y: Int, _ columns: Range<Int>, _ kernels: KernelTable, _ out: UnsafeMutablePointer<Float>
  ) {
    let input = input!
    let row = input.row(reflected(y, height))
    let inside = max(0, columns.lowerBound - 1)..<min(width, columns.upperBound + 1)
    let first = columns.lowerBound - 1
    kernels.multiplyTaps(
      TapProducts(
        input: row + (inside.lowerBound - input.x) * input.channels, pixelStride: input.channels,
        width: inside.count, channels: weights.inputs, filters: weights.filters.floats,
        products: out + (inside.lowerBound - first) * panelWidth))
    func copy(_ from: Int, to: Int) {
      (out + (to - first) * panelWidth).update(
        from: out + (from - first) * panelWidth, count: panelWidth)
    }
    if first < 0 { copy(reflected(-1, width), to: -1) }
    if columns.upperBound == width { copy(reflected(width, width), to: width) }
  }
}
