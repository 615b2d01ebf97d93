/// One row of the first convolution: three colours in, a feature map's row out, with ReLU: max(floor, sum +
/// bias) with a floor of 0. The gradient of the last convolution has none: −∞.
///
/// Winograd's transforms would cost more than the 27 products of a pixel, so this one is direct:
/// the matrix kernel with pixels as rows and, as its inner dimension, the 9 neighbouring samples
/// of each of three picture rows, which lie side by side.
///
///     row0, row1, row2   RGB floats of the rows above, at and below; pixel x begins at 3 (x + 1)
///     filters            (panels, 27, 32), inner order: row, column, colour
///     output             pixel x at x · channels
public struct FirstConvolution {
  public var row0: UnsafePointer<Float>
  public var row1: UnsafePointer<Float>
  public var row2: UnsafePointer<Float>
  public var width: Int
  public var filters: UnsafePointer<Float>
  public var bias: UnsafePointer<Float>
  /// Output channels, a multiple of 16.
  public var channels: Int
  public var output: UnsafeMutablePointer<Float>
  public var floor: Float

  /// Picture rows that one output sees, and neighbouring samples in each: 3 pixels × 3 colours. They never
  /// change, but are variables: with constants the compiler unrolls the loops over them 27 times.
  public var tapRows = 3
  public var tapsPerRow = 9

  public init(
    row0: UnsafePointer<Float>, row1: UnsafePointer<Float>, row2: UnsafePointer<Float>,
    width: Int, filters: UnsafePointer<Float>, bias: UnsafePointer<Float>, channels: Int,
    output: UnsafeMutablePointer<Float>, floor: Float = 0
  ) {
    self.row0 = row0
    self.row1 = row1
    self.row2 = row2
    self.width = width
    self.filters = filters
    self.bias = bias
    self.channels = channels
    self.output = output
    self.floor = floor
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func convolve<U: VectorUnit>(_ unit: U.Type) {
    var channel = 0
    while channel < channels {
      let panel = channel / panelWidth
      let column = channel - panel * panelWidth
      let pass = FirstConvolutionPass<U>(
        convolution: self, channel: channel,
        filters: filters + (panel * tapRows * tapsPerRow * panelWidth + column),
        both: channel + U.lanes < channels, tapRows: tapRows,
        tapsPerRow: tapsPerRow)
      forEachPass(total: width, pass)
      channel += 2 * U.lanes
    }
  }
}

@usableFromInline
struct FirstConvolutionPass<Unit: VectorUnit>: RowPass {
  @usableFromInline let convolution: FirstConvolution
  @usableFromInline let channel: Int
  @usableFromInline let filters: UnsafePointer<Float>
  @usableFromInline let both: Bool
  @usableFromInline let tapRows: Int
  @usableFromInline let tapsPerRow: Int

  @inlinable @inline(__always)
  init(
    convolution: FirstConvolution, channel: Int, filters: UnsafePointer<Float>, both: Bool,
    tapRows: Int, tapsPerRow: Int
  ) {
    self.convolution = convolution
    self.channel = channel
    self.filters = filters
    self.both = both
    self.tapRows = tapRows
    self.tapsPerRow = tapsPerRow
  }

  @inlinable @inline(__always)
  func callAsFunction<R: MatrixRows>(_ rows: R.Type, first: Int) where R.Unit == Unit {
    var sums = R()
    var filter = filters
    var row = convolution.row0
    // Unrolled, these loops would take the compiler a minute, and outgrow the instruction cache.
    for i in 0..<tapRows {
      let samples = row + 3 * first
      for k in 0..<tapsPerRow {
        sums.multiplyAdd(samples + k, 3, filter.vector(0), filter.vector(Unit.lanes))
        filter += panelWidth
      }
      row = i == 0 ? convolution.row1 : convolution.row2
    }
    let bias = convolution.bias + channel
    let channels = convolution.channels
    let out = convolution.output + (first * channels + channel)
    let floor = Unit.splat(convolution.floor)
    if both {
      sums.storeActivated(out, channels, bias.vector(0), bias.vector(Unit.lanes), floor)
    } else {
      sums.storeActivated(out, channels, bias.vector(0), floor)
    }
  }
}
