// The last convolution, from a feature map to three colours, in two steps.
//
// Three outputs would fill three lanes of a vector. Turned round, each input pixel has 27 products
// to give, one for each of 9 neighbours and 3 colours, which fill a panel: first the products of
// every pixel of a row by the matrix kernel, then each output pixel gathers its nine.

/// Step 1: the 27 products of each pixel of a row.
///
///     input     pixel x at x · pixelStride
///     filters   (channels, 32): product 3 (3 i + j) + c is colour c of tap (i, j); the rest 0
///     products  (width, 32)
public struct TapProducts {
  public var input: UnsafePointer<Float>
  public var pixelStride: Int
  public var width: Int
  /// A multiple of 16.
  public var channels: Int
  public var filters: UnsafePointer<Float>
  public var products: UnsafeMutablePointer<Float>

  public init(
    input: UnsafePointer<Float>, pixelStride: Int, width: Int, channels: Int,
    filters: UnsafePointer<Float>, products: UnsafeMutablePointer<Float>
  ) {
    self.input = input
    self.pixelStride = pixelStride
    self.width = width
    self.channels = channels
    self.filters = filters
    self.products = products
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func multiply<U: VectorUnit>(_ unit: U.Type) {
    var column = 0
    while column < panelWidth {
      forEachPass(total: width, TapProductsPass<U>(products: self, column: column))
      column += 2 * U.lanes
    }
  }
}

@usableFromInline
struct TapProductsPass<Unit: VectorUnit>: RowPass {
  @usableFromInline let products: TapProducts
  @usableFromInline let column: Int

  @inlinable @inline(__always)
  init(products: TapProducts, column: Int) {
    self.products = products
    self.column = column
  }

  @inlinable @inline(__always)
  func callAsFunction<R: MatrixRows>(_ rows: R.Type, first: Int) where R.Unit == Unit {
    let p = products
    var sums = R()
    let a = p.input + first * p.pixelStride
    var b = p.filters + column
    for channel in 0..<p.channels {
      // The next pass's pixels lie behind this one's: each step sends for its share of them.
      Unit.prefetch(a + R.count * (p.pixelStride + channel))
      sums.multiplyAdd(a + channel, p.pixelStride, b.vector(0), b.vector(Unit.lanes))
      b += panelWidth
    }
    sums.store(p.products + first * panelWidth + column, panelWidth)
  }
}

/// Step 2: one row of pixels from the products of the rows above, at and below.
///
///     row0, row1, row2   products as from step 1; those of pixel x at 32 (x + 1)
///     output             RGB floats, pixel x at 3 x; not clamped. The sample behind the last
///                        pixel is overwritten, so the row needs room for one more.
public struct TapGather {
  public var row0: UnsafePointer<Float>
  public var row1: UnsafePointer<Float>
  public var row2: UnsafePointer<Float>
  public var width: Int
  /// Four floats, of which three count.
  public var bias: UnsafePointer<Float>
  public var output: UnsafeMutablePointer<Float>

  public init(
    row0: UnsafePointer<Float>, row1: UnsafePointer<Float>, row2: UnsafePointer<Float>,
    width: Int, bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    self.row0 = row0
    self.row1 = row1
    self.row2 = row2
    self.width = width
    self.bias = bias
    self.output = output
  }

  /// Four lanes on every instruction set: colours, and one that is not used. The unit is a
  /// parameter all the same: without it each target would emit the same function, and the linker
  /// would keep any one of them for all, such as the one with AVX instructions.
  @_alwaysEmitIntoClient @inline(__always)
  public func gather<U: VectorUnit>(_ unit: U.Type) {
    typealias Colour = SIMD4<Float>
    let bias: Colour = bias.vector(0)
    for x in 0..<width {
      let at = x * panelWidth
      let upper = sum(row0 + at)
      let middle = sum(row1 + at + 9)
      let lower = sum(row2 + at + 18)
      output.setVector(3 * x, (upper + middle) + (lower + bias))
    }
  }

  @inlinable @inline(__always)
  func sum(_ taps: UnsafePointer<Float>) -> SIMD4<Float> {
    let left: SIMD4<Float> = taps.vector(0)
    let middle: SIMD4<Float> = taps.vector(panelWidth + 3)
    let right: SIMD4<Float> = taps.vector(2 * panelWidth + 6)
    return (left + middle) + right
  }
}
