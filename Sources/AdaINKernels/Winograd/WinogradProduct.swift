/// The 64 matrix products of a run of tiles with one panel of 32 output channels: M = V U.
///
///     tiles     (channels / 16, 64 values, tileStride, 16)          from WinogradInput
///     filters   (64 products, channels, 32)                         from WinogradFilter
///     products  (64 products, productStride), each (tiles, 32)      for WinogradOutput
///
/// Of an enlarged map there are 25 values, some of which are read for two or four of 49 products.
///
/// Every product is summed over the channels in ascending order, whatever the number of tiles,
/// so a tile's result does not depend on its neighbours in the run.
public struct WinogradProduct {
  public var form: WinogradForm
  public var tiles: UnsafePointer<Float>
  public var tileStride: Int
  public var tileCount: Int
  /// A multiple of 16.
  public var channels: Int
  public var filters: UnsafePointer<Float>
  public var products: UnsafeMutablePointer<Float>
  /// Floats from one product to the next.
  public var productStride: Int

  public init(
    form: WinogradForm, tiles: UnsafePointer<Float>, tileStride: Int, tileCount: Int, channels: Int,
    filters: UnsafePointer<Float>, products: UnsafeMutablePointer<Float>, productStride: Int
  ) {
    self.form = form
    self.tiles = tiles
    self.tileStride = tileStride
    self.tileCount = tileCount
    self.channels = channels
    self.filters = filters
    self.products = products
    self.productStride = productStride
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func multiply<U: VectorUnit>(_ unit: U.Type) {
    for product in 0..<form.tileProducts {
      let (i, j) = product.quotientAndRemainder(dividingBy: form.products)
      let value = form.value(ofProduct: i) * form.values + form.value(ofProduct: j)
      var column = 0
      while column < panelWidth {
        forEachPass(
          total: tileCount,
          WinogradPass<U>(
            tileCount: tileCount,
            tiles: tiles + value * tileStride * channelBlock,
            blockStride: form.tileValues * tileStride * channelBlock,
            channels: channels,
            filters: filters + product * channels * panelWidth + column,
            products: products + product * productStride + column))
        column += 2 * U.lanes
      }
    }
  }
}

// The filters of a product are 32 KB or more, which the outer caches hand out slowly, so what limits
// the kernel is when they are sent for. Sent for when the first pass needs them, they come as a
// burst that it waits for: the kernel then runs at three quarters of its speed. Instead every pass
// sends for its share of the next product's filters, as far as the second level of the cache.

/// How many channels ahead the filters are fetched from the second level of the cache.
@inlinable @inline(__always)
var filterDistance: Int { 8 }

/// How many blocks of channels ahead the tiles are fetched.
@inlinable @inline(__always)
var tileDistance: Int { 2 }

@usableFromInline
struct WinogradPass<Unit: VectorUnit>: RowPass {
  @usableFromInline let tileCount: Int
  @usableFromInline let tiles: UnsafePointer<Float>
  @usableFromInline let blockStride: Int
  @usableFromInline let channels: Int
  @usableFromInline let filters: UnsafePointer<Float>
  @usableFromInline let products: UnsafeMutablePointer<Float>

  @inlinable @inline(__always)
  init(
    tileCount: Int, tiles: UnsafePointer<Float>, blockStride: Int, channels: Int,
    filters: UnsafePointer<Float>, products: UnsafeMutablePointer<Float>
  ) {
    self.tileCount = tileCount
    self.tiles = tiles
    self.blockStride = blockStride
    self.channels = channels
    self.filters = filters
    self.products = products
  }

  @inlinable @inline(__always)
  func callAsFunction<R: MatrixRows>(_ rows: R.Type, first: Int) where R.Unit == Unit {
    var sums = R()
    var a = tiles + first * channelBlock
    var b = filters
    // This pass's share of the next product's filters: as many of all as it has of the tiles.
    var next = filters + channels * (panelWidth + panelWidth * first / tileCount)
    let share = (panelWidth * R.count + tileCount - 1) / tileCount
    var channel = 0
    while channel < channels {
      var lane = 0
      while lane < channelBlock {
        Unit.prefetchOuter(next)
        next += share
        Unit.prefetch(b + filterDistance * panelWidth)
        if 2 * Unit.lanes > channelBlock {
          Unit.prefetch(b + (filterDistance * panelWidth + channelBlock))
        }
        if lane < R.count { Unit.prefetch(a + (tileDistance * blockStride + lane * channelBlock)) }
        sums.multiplyAdd(a + lane, channelBlock, b.vector(0), b.vector(Unit.lanes))
        b += panelWidth
        lane += 1
      }
      a += blockStride
      channel += channelBlock
    }
    sums.store(products + first * panelWidth, panelWidth)
  }
}
