/// The 64 matrix products of a run of tiles with one panel of 32 output channels: M = V U.
///
///     tiles     (channels / 16, 64 values, tileStride, 16)          from WinogradInput
///     filters   (64 products, groups, channels, outputs of a group) from WinogradFilter
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
  /// Output channels of the panel that exist: 16 or 32. Of the products, the others are left as they are.
  public var outputs: Int
  public var products: UnsafeMutablePointer<Float>
  /// Floats from one product to the next.
  public var productStride: Int

  public init(
    form: WinogradForm, tiles: UnsafePointer<Float>, tileStride: Int, tileCount: Int, channels: Int,
    filters: UnsafePointer<Float>, outputs: Int, products: UnsafeMutablePointer<Float>, productStride: Int
  ) {
    self.form = form
    self.tiles = tiles
    self.tileStride = tileStride
    self.tileCount = tileCount
    self.channels = channels
    self.filters = filters
    self.outputs = outputs
    self.products = products
    self.productStride = productStride
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func multiply<U: VectorUnit>(_ unit: U.Type) {
    for product in 0..<form.tileProducts {
      let value = form.value(ofTileProduct: product)
      let nextValue = form.value(ofTileProduct: min(product + 1, form.tileProducts - 1))
      let panel = filters + product * channels * panelWidth
      var column = 0
      while column < outputs {
        let next = column + U.groupWidth
        let last = next >= outputs
        forEachPass(
          total: tileCount,
          WinogradPass<U>(
            tileCount: tileCount,
            tiles: tiles + value * tileStride * channelBlock,
            nextTiles: tiles + (last ? nextValue : value) * tileStride * channelBlock,
            blockStride: form.tileValues * tileStride * channelBlock,
            channels: channels,
            filters: panel + channels * column,
            nextFilters: panel + channels * (last ? panelWidth : next),
            products: products + product * productStride + column))
        column = next
      }
    }
  }
}

// The filters of a product are 32 KB or more, which the outer caches hand out slowly, so what limits
// the kernel is when they are sent for. Sent for when the first pass needs them, they come as a
// burst that it waits for: the kernel then runs at three quarters of its speed. Instead every pass
// sends for its share of the next group's filters, as far as the second level of the cache.

/// How many channels ahead the filters are fetched from the second level of the cache.
@inlinable @inline(__always)
var filterDistance: Int { 8 }

/// How many blocks of channels ahead the tiles are fetched.
@inlinable @inline(__always)
var tileDistance: Int { 2 }

extension VectorUnit {
  /// How many channels a fetch of the next filters serves. In blocks of the usual size a narrow group's share
  /// of a channel is less than a quarter of a cache line.
  @inlinable @inline(__always)
  static var channelsOfFetch: Int { groupWidth > channelBlock ? 1 : 4 }
}

@usableFromInline
struct WinogradPass<Unit: VectorUnit>: RowPass {
  @usableFromInline let tileCount: Int
  @usableFromInline let tiles: UnsafePointer<Float>
  @usableFromInline let nextTiles: UnsafePointer<Float>
  @usableFromInline let blockStride: Int
  @usableFromInline let channels: Int
  @usableFromInline let filters: UnsafePointer<Float>
  @usableFromInline let nextFilters: UnsafePointer<Float>
  @usableFromInline let products: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - nextTiles: the tiles that are wanted after these.
  ///   - nextFilters: the filters that are.
  @inlinable @inline(__always)
  init(
    tileCount: Int, tiles: UnsafePointer<Float>, nextTiles: UnsafePointer<Float>, blockStride: Int,
    channels: Int,
    filters: UnsafePointer<Float>, nextFilters: UnsafePointer<Float>, products: UnsafeMutablePointer<Float>
  ) {
    self.tileCount = tileCount
    self.tiles = tiles
    self.nextTiles = nextTiles
    self.blockStride = blockStride
    self.channels = channels
    self.filters = filters
    self.nextFilters = nextFilters
    self.products = products
  }

  @inlinable @inline(__always)
  func callAsFunction<R: MatrixRows>(_ rows: R.Type, first: Int) where R.Unit == Unit {
    var sums = R()
    var a = tiles + first * channelBlock
    // The tiles that are sent for: those of the pass that follows, or, where a group's filters fill the first
    // level of the cache, this pass's own of the blocks of channels that come next.
    var following =
      Unit.groupWidth > channelBlock
      ? a + tileDistance * blockStride : first + R.count < tileCount ? a + R.count * channelBlock : nextTiles
    var b = filters
    // This pass's share of the next filters: as many of all as it has of the tiles.
    let width = Unit.groupWidth
    var next = nextFilters + channels * (width * first / tileCount)
    let share = (width * R.count + tileCount - 1) / tileCount
    let tilesOfFetch = (R.count + 3) / 4
    var channel = 0
    while channel < channels {
      // Four channels are written out: with all sixteen it was slower by a fifth.
      for quarter in 0..<4 {
        fetchTiles(following + quarter * tilesOfFetch * channelBlock, tilesOfFetch)
        oneChannel(0, &sums, a + 4 * quarter, b, &next, share)
        oneChannel(1, &sums, a + 4 * quarter, b, &next, share)
        oneChannel(2, &sums, a + 4 * quarter, b, &next, share)
        oneChannel(3, &sums, a + 4 * quarter, b, &next, share)
        b += 4 * width
      }
      a += blockStride
      following += blockStride
      channel += channelBlock
    }
    sums.store(products + first * panelWidth, panelWidth)
  }

  @inlinable @inline(__always)
  func fetchTiles(_ tiles: UnsafePointer<Float>, _ count: Int) {
    Unit.prefetch(tiles)
    if count > 1 { Unit.prefetch(tiles + channelBlock) }
    if count > 2 { Unit.prefetch(tiles + 2 * channelBlock) }
    if count > 3 { Unit.prefetch(tiles + 3 * channelBlock) }
  }

  @inlinable @inline(__always)
  func oneChannel<R: MatrixRows>(
    _ lane: Int, _ sums: inout R, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ next: inout UnsafePointer<Float>, _ share: Int
  ) where R.Unit == Unit {
    Unit.keepOrder()
    let filter = b + lane * Unit.groupWidth
    if lane % Unit.channelsOfFetch == 0 {
      Unit.prefetchOuter(next)
      next += share * Unit.channelsOfFetch
    }
    // The filters of a narrower group stay in the first level of the cache while all tiles pass.
    if Unit.groupWidth > channelBlock {
      Unit.prefetch(filter + filterDistance * Unit.groupWidth)
      Unit.prefetch(filter + (filterDistance * Unit.groupWidth + channelBlock))
    }
    sums.multiplyAdd(a + lane, channelBlock, filter.vector(0), filter.vector(Unit.lanes))
  }
}
