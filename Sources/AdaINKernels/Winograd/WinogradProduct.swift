/// The 64 matrix products of a run of tiles with one panel of 32 output channels: M = V U.
///
///     tiles     (channels / 16, 64 positions, tileStride, 16)       from WinogradInput
///     filters   (64 positions, channels, 32)                        from WinogradFilter
///     products  (64 positions, productStride), each (tiles, 32)     for WinogradOutput
///
/// Every product is summed over the channels in ascending order, whatever the number of tiles,
/// so a tile's result does not depend on its neighbours in the run.
public struct WinogradProduct {
  public var tiles: UnsafePointer<Float>
  public var tileStride: Int
  public var tileCount: Int
  /// A multiple of 16.
  public var channels: Int
  public var filters: UnsafePointer<Float>
  public var products: UnsafeMutablePointer<Float>
  /// Floats from one position to the next.
  public var productStride: Int

  public init(
    tiles: UnsafePointer<Float>, tileStride: Int, tileCount: Int, channels: Int,
    filters: UnsafePointer<Float>, products: UnsafeMutablePointer<Float>, productStride: Int
  ) {
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
    for position in 0..<tilePositions {
      var column = 0
      while column < panelWidth {
        forEachPass(
          total: tileCount,
          WinogradPass<U>(
            tiles: tiles + position * tileStride * channelBlock,
            blockStride: tilePositions * tileStride * channelBlock,
            channels: channels,
            filters: filters + position * channels * panelWidth + column,
            products: products + position * productStride + column))
        column += 2 * U.lanes
      }
    }
  }
}

/// How many channels ahead the filters are prefetched. They stream from the outer cache, whose answer
/// takes about as long as so many channels take to multiply.
@inlinable @inline(__always)
var prefetchDistance: Int { 32 }

@usableFromInline
struct WinogradPass<Unit: VectorUnit>: RowPass {
  @usableFromInline let tiles: UnsafePointer<Float>
  @usableFromInline let blockStride: Int
  @usableFromInline let channels: Int
  @usableFromInline let filters: UnsafePointer<Float>
  @usableFromInline let products: UnsafeMutablePointer<Float>

  @inlinable @inline(__always)
  init(
    tiles: UnsafePointer<Float>, blockStride: Int, channels: Int, filters: UnsafePointer<Float>,
    products: UnsafeMutablePointer<Float>
  ) {
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
    var channel = 0
    while channel < channels {
      var lane = 0
      while lane < channelBlock {
        Unit.prefetch(b + prefetchDistance * panelWidth)
        Unit.prefetch(b + (prefetchDistance * panelWidth + channelBlock))
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
