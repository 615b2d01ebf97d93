import AdaINKernels

/// Where a Winograd layer works: its size, the tiles of it that are wanted, and what is fused
/// with it. Tiles lie on a grid that begins at the layer's own corner, so a tile of a region is a
/// tile of the whole picture, bit for bit.
struct TileGeometry {
  /// The size on which the convolution runs: after enlargement, before pooling.
  let width: Int
  let height: Int
  /// Whether the input is read as it is, or enlarged ×2 (nearest neighbour).
  let form: WinogradForm
  /// 2×2 maximum pooling of the output.
  let pooled: Bool
  let tileColumns: Range<Int>
  let tileRows: Range<Int>

  /// The tiles that make the given columns and rows of the output.
  init(
    width: Int, height: Int, form: WinogradForm = .plain, pooled: Bool = false,
    outputColumns: Range<Int>, outputRows: Range<Int>
  ) {
    self.width = width
    self.height = height
    self.form = form
    self.pooled = pooled
    let side = pooled ? outputTile / 2 : outputTile
    func tiles(_ range: Range<Int>) -> Range<Int> {
      range.lowerBound / side..<(range.upperBound + side - 1) / side
    }
    tileColumns = tiles(outputColumns)
    tileRows = tiles(outputRows)
  }

  /// Rows and columns of output that a tile makes.
  var side: Int { pooled ? outputTile / 2 : outputTile }
  var outputWidth: Int { pooled ? width / 2 : width }
  var outputHeight: Int { pooled ? height / 2 : height }

  /// The columns that the tiles make, and the columns and rows that they read.
  var outputColumns: Range<Int> {
    side * tileColumns.lowerBound..<min(side * tileColumns.upperBound, outputWidth)
  }
  var inputColumns: Range<Int> { inputRange(tileColumns, width) }
  var inputRows: Range<Int> { inputRange(tileRows, height) }

  func inputRange(_ tiles: Range<Int>, _ count: Int) -> Range<Int> {
    let first = max(0, outputTile * tiles.lowerBound - 1)
    let end = min(count, outputTile * tiles.upperBound + 1)
    return form == .plain ? first..<end : first / 2..<(end - 1) / 2 + 1
  }

  /// How many rows or columns of the input a tile reads.
  var sourceCount: Int { form == .plain ? 8 : 5 }

  /// The rows or columns of the input that a tile reads: the pixel before it, its own and the one behind
  /// it, reflected at the edges of a layer `count` rows high or columns wide.
  func sources(ofTile tile: Int, _ count: Int) -> [Int] {
    let first = outputTile * tile - 1
    switch form {
    case .plain: return (0..<8).map { reflected(first + $0, count) }
    case .enlarged: return [0, 1, 3, 5, 7].map { reflected(first + $0, count) / 2 }
    }
  }
}

/// A 3×3 convolution with ReLU by Winograd F(6×6, 3×3); a unit is a row of tiles.
final class WinogradStage: Stage {
  let units: Range<Int>
  var next: Int
  let quantum: Int
  let unitCost: Double
  let input: FeatureRows?
  let output: FeatureRows?
  var name: String { convolution.name }

  private let convolution: WinogradConvolution
  private let geometry: TileGeometry
  private let affine: ChannelAffine?
  /// Offsets of a tile's columns within an input row: (tile columns, 8 or 5).
  private let columns: Table<Int>
  /// For the units of a step: the rows that each reads, (units, 8 or 5), and writes, (units, side).
  private let inputRows: Table<UnsafePointer<Float>>
  private let outputRows: Table<UnsafeMutablePointer<Float>>

  /// - Throws: `.memory`.
  init(
    _ convolution: WinogradConvolution, _ geometry: TileGeometry, input: FeatureRows,
    output: FeatureRows, affine: ChannelAffine? = nil, quantum: Int
  ) throws(AdaINError) {
    precondition(convolution.form == geometry.form)
    self.convolution = convolution
    self.geometry = geometry
    self.input = input
    self.output = output
    self.affine = affine
    self.quantum = quantum
    units = geometry.tileRows
    next = units.lowerBound
    unitCost =
      Double(geometry.tileColumns.count * 36 * 9 * convolution.inputs)
      * Double(convolution.outputs)
    let sources = geometry.sourceCount
    columns = try Table(convolution.name, count: geometry.tileColumns.count * sources)
    inputRows = try Table(convolution.name, count: quantum * sources)
    outputRows = try Table(convolution.name, count: quantum * geometry.side)
    for (i, tile) in geometry.tileColumns.enumerated() {
      for (j, x) in geometry.sources(ofTile: tile, geometry.width).enumerated() {
        columns[i * sources + j] = (x - input.x) * input.channels
      }
    }
  }

  func inputRows(through unit: Int) -> Int {
    geometry.inputRange(units.lowerBound..<unit, geometry.height).upperBound
  }

  func firstInputRow(of unit: Int) -> Int {
    // A last row of tiles of which one row is inside reads the row that it reflects to.
    let first = min(outputTile * unit - 1, geometry.height - 2)
    return max(0, geometry.form == .plain ? first : first >> 1)
  }

  func outputRows(through unit: Int) -> Int {
    min(geometry.side * unit, geometry.outputHeight)
  }

  func run(_ units: Range<Int>, on executor: Executor) {
    let sources = geometry.sourceCount
    for (i, unit) in units.enumerated() {
      for (j, y) in geometry.sources(ofTile: unit, geometry.height).enumerated() {
        inputRows[i * sources + j] = UnsafePointer(input!.row(y))
      }
      for j in 0..<geometry.side {
        outputRows[i * geometry.side + j] = output!.row(geometry.side * unit + j)
      }
    }
    let tiles = units.count * geometry.tileColumns.count
    let (blocks, groups) = Self.split(
      tiles: tiles, most: Self.mostTiles(convolution), panels: convolution.panels,
      threads: executor.threads)
    executor.run(count: blocks * groups) { item, slot in
      let (block, group) = item.quotientAndRemainder(dividingBy: groups)
      run(
        tiles: tiles * block / blocks..<tiles * (block + 1) / blocks,
        panels: convolution.panels * group / groups..<convolution.panels * (group + 1) / groups,
        firstUnit: units.lowerBound, executor.kernels, executor.scratch(slot))
    }
  }

  /// One block of tiles, some panels of output channels.
  private func run(
    tiles: Range<Int>, panels: Range<Int>, firstUnit: Int, _ kernels: KernelTable,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let side = geometry.side
    let tilesPerRow = geometry.tileColumns.count
    let form = geometry.form
    // An odd number of cache lines from one value to the next: 64 streams that are a power of two
    // apart would share few sets of the cache.
    let tileStride = tiles.count | 1
    let products = scratch + convolution.inputs * form.tileValues * tileStride
    let productStride = tiles.count * panelWidth + channelBlock
    let panelScratch = products + form.tileProducts * productStride
    kernels.transformInput(
      WinogradInput(
        form: form, rows: inputRows.pointer, columns: columns.pointer, tilesPerRow: tilesPerRow,
        firstTile: tiles.lowerBound, tileCount: tiles.count, channels: convolution.inputs,
        scale: affine.map { UnsafePointer($0.scale.floats) },
        offset: affine.map { UnsafePointer($0.offset.floats) }, output: scratch,
        tileStride: tileStride))
    for panel in panels {
      let channel = panel * panelWidth
      let channels = min(panelWidth, convolution.outputs - channel)
      kernels.multiply(
        WinogradProduct(
          form: form, tiles: scratch, tileStride: tileStride, tileCount: tiles.count,
          channels: convolution.inputs,
          filters: convolution.filters(ofPanel: panel, scratch: panelScratch, kernels: kernels),
          outputs: channels, products: products, productStride: productStride))
      kernels.transformOutput(
        WinogradOutput(
          form: form, products: products, productStride: productStride,
          bias: convolution.bias.floats + channel,
          channels: channels, rows: outputRows.pointer,
          pixelStride: output!.channels, firstChannel: channel,
          width: geometry.outputWidth - side * geometry.tileColumns.lowerBound,
          height: geometry.outputHeight - side * firstUnit, tilesPerRow: tilesPerRow,
          firstTile: tiles.lowerBound, tileCount: tiles.count, pooled: geometry.pooled))
    }
  }
}

extension WinogradStage {
  /// Tiles that one thread transforms together, between two demands on the cache. The layer's packed
  /// filters are read once for each block of tiles: many tiles in a block mean few readings, which
  /// matters most where the filters are large. But the block's own transformed tiles have to stay in the
  /// cache meanwhile, which asks for few. Both numbers are multiples of 14, the tiles that the widest matrix
  /// kernel multiplies at once, so that none of its passes is partly empty.
  static func blockTiles(_ convolution: WinogradConvolution) -> Int {
    convolution.form == .enlarged || convolution.inputs >= 256 ? 56 : 42
  }

  /// The most tiles of a block: rows of tiles seldom come out even.
  static func mostTiles(_ convolution: WinogradConvolution) -> Int {
    blockTiles(convolution) * 5 / 4
  }

  /// The scratch memory of a thread, in floats.
  static func scratchCount(_ convolution: WinogradConvolution) -> Int {
    let tiles = mostTiles(convolution)
    return convolution.inputs * convolution.form.tileValues * (tiles | 1)
      + convolution.form.tileProducts * (tiles * panelWidth + channelBlock)
      + convolution.panelScratch
  }

  /// Rows of tiles for one step: about a block for each thread. More would only make bands larger.
  static func quantum(
    _ convolution: WinogradConvolution, _ geometry: TileGeometry, threads: Int
  ) -> Int {
    let tiles = threads * blockTiles(convolution)
    let rows = (tiles + geometry.tileColumns.count / 2) / geometry.tileColumns.count
    return evenQuantum(geometry.tileRows, most: rows)
  }

  /// How a step is split among threads: into blocks of tiles, and, where those are too few, of
  /// panels too. The latter transforms the same tiles more than once.
  static func split(
    tiles: Int, most: Int, panels: Int, threads: Int
  ) -> (blocks: Int, groups: Int) {
    var blocks = (tiles + most - 1) / most
    if blocks >= threads {
      blocks = (blocks + threads - 1) / threads * threads
      return (min(blocks, tiles), 1)
    }
    return (blocks, min(panels, (threads + blocks - 1) / blocks))
  }
}
