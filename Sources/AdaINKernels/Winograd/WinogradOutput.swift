/// Transforms the products of a run of tiles back to pixels: Y = max(floor, Aᵀ m A + bias), and
/// halves them by 2×2 maximum pooling where the layer ends a block of the encoder.
///
///     products  (n² products, productStride), each (tiles, 32);  n = 8, or 7 when enlarged
///     output    row i of tile row r:  rows[size r + i] + size c · pixelStride + firstChannel,
///               size = 6, or 3 when pooled
///
/// Tiles that overhang the layer are clipped: only `height` rows and `width` columns, counted
/// from the first tile row and column of the tables, are written.
///
/// The floor is 0, ReLU, but for gradients, which have none: −∞.
public struct WinogradOutput {
  public var form: WinogradForm
  public var products: UnsafePointer<Float>
  public var productStride: Int
  public var bias: UnsafePointer<Float>
  /// Channels of the panel that exist: 16 or 32.
  public var channels: Int
  public var rows: UnsafePointer<UnsafeMutablePointer<Float>>
  public var pixelStride: Int
  public var firstChannel: Int
  public var width: Int
  public var height: Int
  public var tilesPerRow: Int
  public var firstTile: Int
  public var tileCount: Int
  public var pooled: Bool
  public var floor: Float

  public init(
    form: WinogradForm, products: UnsafePointer<Float>, productStride: Int, bias: UnsafePointer<Float>,
    channels: Int,
    rows: UnsafePointer<UnsafeMutablePointer<Float>>, pixelStride: Int, firstChannel: Int,
    width: Int, height: Int, tilesPerRow: Int, firstTile: Int, tileCount: Int, pooled: Bool, floor: Float = 0
  ) {
    self.form = form
    self.products = products
    self.productStride = productStride
    self.bias = bias
    self.channels = channels
    self.rows = rows
    self.pixelStride = pixelStride
    self.firstChannel = firstChannel
    self.width = width
    self.height = height
    self.tilesPerRow = tilesPerRow
    self.firstTile = firstTile
    self.tileCount = tileCount
    self.pooled = pooled
    self.floor = floor
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func transform<U: VectorUnit>(_ unit: U.Type) {
    if form == .plain { transform(unit, .plain) } else { transform(unit, .enlarged) }
  }

  @inlinable @inline(__always)
  func transform<U: VectorUnit>(_ unit: U.Type, _ form: WinogradForm) {
    let n = form.products
    // Aᵀ m of one vector of channels: (6, n) vectors.
    withUnsafeTemporaryAllocation(byteCount: 6 * n * U.lanes * 4, alignment: 64) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      let size = pooled ? outputTile / 2 : outputTile
      var row = firstTile / tilesPerRow
      var column = firstTile - row * tilesPerRow
      for tile in 0..<tileCount {
        let tileRows = rows + size * row
        let height = min(size, height - size * row)
        let width = min(size, width - size * column)
        // The stores below would wait for their cache lines to come from the outer cache: they
        // are sent for now, before the first half of the work.
        for i in 0..<height {
          let line = tileRows[i] + (size * column * pixelStride + firstChannel)
          for j in 0..<width {
            U.prefetch(line + j * pixelStride)
            U.prefetch(line + (j * pixelStride + channelBlock))
          }
        }
        var channel = 0
        while channel < channels {
          let m = products + tile * panelWidth + channel
          for j in 0..<n {
            let column: Eight<U.Vector> = m.first(n, j * productStride, n * productStride)
            let y = U.transformedOutput(column, form)
            half.setVector((0 * n + j) * U.lanes, y.v0)
            half.setVector((1 * n + j) * U.lanes, y.v1)
            half.setVector((2 * n + j) * U.lanes, y.v2)
            half.setVector((3 * n + j) * U.lanes, y.v3)
            half.setVector((4 * n + j) * U.lanes, y.v4)
            half.setVector((5 * n + j) * U.lanes, y.v5)
          }
          let bias: U.Vector = bias.vector(channel)
          let floor = U.splat(floor)
          let at = size * column * pixelStride + firstChannel + channel
          if pooled {
            for i in 0..<height {
              let upper = U.transformedOutput(
                half.first(n, 2 * i * n * U.lanes, U.lanes), form)
              let lower = U.transformedOutput(
                half.first(n, (2 * i + 1) * n * U.lanes, U.lanes), form)
              let out = tileRows[i] + at
              out.setVector(0, largest(unit, upper.v0, upper.v1, lower.v0, lower.v1, bias, floor))
              if width > 1 {
                out.setVector(
                  pixelStride, largest(unit, upper.v2, upper.v3, lower.v2, lower.v3, bias, floor))
              }
              if width > 2 {
                out.setVector(
                  2 * pixelStride, largest(unit, upper.v4, upper.v5, lower.v4, lower.v5, bias, floor))
              }
            }
          } else {
            for i in 0..<height {
              let y = U.transformedOutput(half.first(n, i * n * U.lanes, U.lanes), form)
              let out = tileRows[i] + at
              out.setVector(0, U.maximum(y.v0 + bias, floor))
              if width > 1 { out.setVector(pixelStride, U.maximum(y.v1 + bias, floor)) }
              if width > 2 { out.setVector(2 * pixelStride, U.maximum(y.v2 + bias, floor)) }
              if width > 3 { out.setVector(3 * pixelStride, U.maximum(y.v3 + bias, floor)) }
              if width > 4 { out.setVector(4 * pixelStride, U.maximum(y.v4 + bias, floor)) }
              if width > 5 { out.setVector(5 * pixelStride, U.maximum(y.v5 + bias, floor)) }
            }
          }
          channel += U.lanes
        }
        column += 1
        if column == tilesPerRow {
          column = 0
          row += 1
        }
      }
    }
  }

  /// The maximum of a 2×2 window, after bias and ReLU: both are monotonic, so they follow it.
  @inlinable @inline(__always)
  func largest<U: VectorUnit>(
    _ unit: U.Type, _ a: U.Vector, _ b: U.Vector, _ c: U.Vector, _ d: U.Vector, _ bias: U.Vector,
    _ floor: U.Vector
  ) -> U.Vector {
    U.maximum(U.maximum(U.maximum(a, b), U.maximum(c, d)) + bias, floor)
  }
}
