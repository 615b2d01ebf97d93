import AdaIN
import AdaINKernels

/// A convolution on maps of one size, and its two adjoints:
///
///     run      Y = max(0, W ∗ reflected X + b), of a map as it is or enlarged ×2
///     adjoint  to X: Winograd's product once more, of filters turned and transposed, on dY between zeros;
///              the result is a cell larger on each side, and `Folding` brings the reflected cells home
///     learn    to W: summed over the tiles where the products are, dU = Vᵀ dM, and transformed once
///
/// Everything is summed in an order that the sizes alone decide.
final class LayerPass {
  let layer: WinogradLayer
  let input: FeatureBatch
  let output: FeatureBatch
  private let read: TileTable
  private let written: Table<UnsafeMutablePointer<Float>>
  private let back: Back?

  private struct Back {
    let gradient: FeatureBatch
    let covering: TileTable
    let padding: TileTable
    let padded: FeatureBatch
    let written: Table<UnsafeMutablePointer<Float>>
  }

  /// - Parameters:
  ///   - output: of the input's size, or twice it where the layer enlarges.
  ///   - gradient: where the gradient of the layer's sums will be, before ReLU; nil if nobody wants any.
  ///   - padded: where that of what it reads goes, with the cells that reflection adds: a cell more on each
  ///     side. Of an enlarged map it is that of the enlarged one.
  init(
    _ layer: WinogradLayer, input: FeatureBatch, output: FeatureBatch, gradient: FeatureBatch? = nil,
    padded: FeatureBatch? = nil, zeros: ZeroRow
  ) throws(AdaINError) {
    self.layer = layer
    self.input = input
    self.output = output
    read = try .reflecting(input, layer.form, zeros: zeros)
    written = try Self.rows(of: output, down: read.down)
    if let gradient, let padded {
      let padding = try TileTable.padding(gradient, zeros: zeros)
      back = Back(
        gradient: gradient, covering: try .covering(gradient, zeros: zeros), padding: padding, padded: padded,
        written: try Self.rows(of: padded, down: padding.down))
    } else {
      back = nil
    }
  }

  private static func rows(
    of maps: FeatureBatch, down: Int
  ) throws(AdaINError) -> Table<UnsafeMutablePointer<Float>> {
    try Table(
      "rows",
      (0..<maps.count).flatMap { map in
        // Those behind the last row are never written.
        (0..<down * outputTile).map { maps.row(map, min($0, maps.height - 1)) }
      })
  }

  func run(_ executor: Executor) {
    Self.convolve(
      read, layer.form, inputs: layer.inputs, filters: layer.forward, bias: layer.bias,
      outputs: layer.outputs, floor: 0,
      output, written, executor)
  }

  func adjoint(_ executor: Executor) {
    let back = back!
    let weights = layer.backward!
    Self.convolve(
      back.padding, .plain, inputs: layer.outputs, filters: weights.packed, bias: weights.none,
      outputs: layer.inputs,
      floor: -.infinity, back.padded, back.written, executor)
  }

  /// The scratch memory of a thread, in floats, for so many channels.
  static func scratchCount(channels: Int) -> Int {
    let form = WinogradForm.plain
    return paddedChannels(channels) * form.tileValues * (mostTiles | 1)
      + form.tileProducts * (mostTiles * panelWidth + channelBlock)
  }

  /// As in inference: see the kernels' page.
  private static let mostTiles = 56

  private static func convolve(
    _ tiles: TileTable, _ form: WinogradForm, inputs: Int, filters: AlignedBuffer, bias: AlignedBuffer,
    outputs: Int,
    floor: Float, _ output: FeatureBatch, _ rows: Table<UnsafeMutablePointer<Float>>, _ executor: Executor
  ) {
    let kernels = executor.kernels
    let perMap = tiles.tilesPerMap
    let blocks = (perMap + mostTiles - 1) / mostTiles
    let panels = panelCount(outputs)
    let groups = min(panels, max(1, 2 * executor.threads / (blocks * output.count)))
    executor.run(count: output.count * blocks * groups) { item, slot in
      let (part, group) = item.quotientAndRemainder(dividingBy: groups)
      let (map, block) = part.quotientAndRemainder(dividingBy: blocks)
      let range = perMap * block / blocks..<perMap * (block + 1) / blocks
      let scratch = executor.scratch(slot)
      let tileStride = range.count | 1
      let products = scratch + inputs * form.tileValues * tileStride
      let productStride = range.count * panelWidth + channelBlock
      kernels.transformInput(
        WinogradInput(
          form: form, rows: tiles.rows.pointer, columns: tiles.columns.pointer, tilesPerRow: tiles.across,
          firstTile: map * perMap + range.lowerBound, tileCount: range.count, channels: inputs, scale: nil,
          offset: nil, output: scratch, tileStride: tileStride))
      for panel in panels * group / groups..<panels * (group + 1) / groups {
        let channel = panel * panelWidth
        let channels = min(panelWidth, outputs - channel)
        kernels.multiply(
          WinogradProduct(
            form: form, tiles: scratch, tileStride: tileStride, tileCount: range.count, channels: inputs,
            filters: filters.floats + panel * form.tileProducts * inputs * panelWidth, outputs: channels,
            products: products, productStride: productStride))
        kernels.transformOutput(
          WinogradOutput(
            form: form, products: products, productStride: productStride, bias: bias.floats + channel,
            channels: channels, rows: rows.pointer + map * tiles.down * outputTile,
            pixelStride: output.channels,
            firstChannel: channel, width: output.width, height: output.height, tilesPerRow: tiles.across,
            firstTile: range.lowerBound, tileCount: range.count, pooled: false, floor: floor))
      }
    }
  }

  /// The gradients of filters and biases.
  func learn(_ workspace: Workspace, _ executor: Executor) {
    let kernels = executor.kernels
    let (inputs, outputs, form) = (layer.inputs, layer.outputs, layer.form)
    let read = read
    let made = back!.covering
    let tiles = read.tilesPerMap * input.count
    let panels = panelCount(outputs)
    let panelFloats = form.tileProducts * inputs * panelWidth
    let chunk = FilterChunk(form, inputs: inputs, outputs: outputs, tiles: tiles)
    let memory = workspace.buffer.floats
    let sums = memory
    let values = sums + panels * panelFloats
    let products = values + inputs * form.tileValues * chunk.tileStride
    var biasGradient = [Float](repeating: 0, count: panels * panelWidth)

    var first = 0
    while first < tiles {
      let count = min(chunk.tiles, tiles - first)
      let parts = (count + 15) / 16
      executor.run(count: parts * (1 + panels)) { item, _ in
        let (kind, part) = item.quotientAndRemainder(dividingBy: parts)
        let range = 16 * part..<min(count, 16 * part + 16)
        if kind == 0 {
          kernels.transformInput(
            WinogradInput(
              form: form, rows: read.rows.pointer, columns: read.columns.pointer, tilesPerRow: read.across,
              firstTile: first + range.lowerBound, tileCount: range.count, channels: inputs, scale: nil,
              offset: nil,
              output: values + range.lowerBound * channelBlock, tileStride: chunk.tileStride))
        } else {
          let channel = (kind - 1) * panelWidth
          kernels.transformGradient(
            WinogradGradient(
              form: form, rows: made.rows.pointer, columns: made.columns.pointer, firstChannel: channel,
              channels: min(panelWidth, outputs - channel), tilesPerRow: made.across,
              firstTile: first + range.lowerBound, tileCount: range.count,
              products: products + (kind - 1) * form.tileProducts * chunk.productStride
                + range.lowerBound * panelWidth,
              productStride: chunk.productStride))
        }
      }
      executor.run(count: panels * form.tileProducts) { item, _ in
        let (product, panel) = item.quotientAndRemainder(dividingBy: panels)
        let b = products + (panel * form.tileProducts + product) * chunk.productStride
        for block in 0..<inputs / channelBlock {
          let at =
            (block * form.tileValues + form.value(ofTileProduct: product)) * chunk.tileStride * channelBlock
          kernels.multiplyTransposed(
            TransposedProduct(
              a: values + at, aStride: channelBlock, rows: channelBlock, b: b, bStride: panelWidth,
              steps: count,
              out: sums + panel * panelFloats + (product * inputs + block * channelBlock) * panelWidth,
              outStride: panelWidth, adds: first > 0))
        }
      }
      // The product of the points 1 and 1 is the sum over the tile.
      let whole = form.products + 1
      for panel in 0..<panels {
        let b = products + (panel * form.tileProducts + whole) * chunk.productStride
        for tile in 0..<count {
          for k in 0..<min(panelWidth, outputs - panel * panelWidth) {
            biasGradient[panel * panelWidth + k] += b[tile * panelWidth + k]
          }
        }
      }
      first += count
    }
    let p = layer.parameters
    executor.run(count: panels) { panel, _ in
      kernels.unpackFilterGradient(
        WinogradFilterGradient(
          form: form, transformed: sums + panel * panelFloats, inputs: p.inputs, outputs: p.outputs,
          panel: panel,
          filters: p.filters.gradient.pointer))
    }
    for k in 0..<p.outputs { p.bias.gradient[k] = biasGradient[k] }
  }

  /// What `learn` wants, in floats.
  var learningMemory: Int {
    let (inputs, outputs, form) = (layer.inputs, layer.outputs, layer.form)
    let tiles = read.tilesPerMap * input.count
    let chunk = FilterChunk(form, inputs: inputs, outputs: outputs, tiles: tiles)
    return panelCount(outputs) * form.tileProducts * (inputs * panelWidth + chunk.productStride)
      + inputs * form.tileValues * chunk.tileStride
  }
}

/// The tiles whose products a filters' gradient sums in one go. The sums, which pass through the caches for
/// each chunk, want it large; tiles and products, which are written and read again, want it to fit the
/// caches.
private struct FilterChunk {
  let tiles: Int
  let tileStride: Int
  let productStride: Int

  private static let bytes = 12 << 20

  init(_ form: WinogradForm, inputs: Int, outputs: Int, tiles: Int) {
    let bytesPerTile = 4 * (inputs * form.tileValues + panelCount(outputs) * panelWidth * form.tileProducts)
    let most = max(112, Self.bytes / bytesPerTile)
    let chunks = (tiles + most - 1) / most
    self.tiles = (tiles + chunks - 1) / chunks
    tileStride = self.tiles | 1
    productStride = self.tiles * panelWidth + channelBlock
  }
}
