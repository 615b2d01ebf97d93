/// Transforms the gradients of a run of output tiles to those of their products: dM = A dY Aᵀ, the adjoint of
/// `WinogradOutput` (its transform; ReLU's part is in the gradient already).
///
/// Where a tile's 6×6 pixels lie is told by tables, as for `WinogradInput`: those that overhang the layer are
/// sent to zeros.
///
///     gradient  pixel (i, j) of tile (r, c):  rows[6 r + i] + columns[6 c + j] + firstChannel
///     products  (n² products, productStride), each (tiles, 32);  n = 8, or 7 when enlarged
public struct WinogradGradient {
  public var form: WinogradForm
  public var rows: UnsafePointer<UnsafePointer<Float>>
  public var columns: UnsafePointer<Int>
  public var firstChannel: Int
  /// Channels of the panel that exist: 16 or 32. Of the products, the others are left as they are.
  public var channels: Int
  public var tilesPerRow: Int
  public var firstTile: Int
  public var tileCount: Int
  public var products: UnsafeMutablePointer<Float>
  public var productStride: Int

  public init(
    form: WinogradForm, rows: UnsafePointer<UnsafePointer<Float>>, columns: UnsafePointer<Int>,
    firstChannel: Int,
    channels: Int, tilesPerRow: Int, firstTile: Int, tileCount: Int, products: UnsafeMutablePointer<Float>,
    productStride: Int
  ) {
    self.form = form
    self.rows = rows
    self.columns = columns
    self.firstChannel = firstChannel
    self.channels = channels
    self.tilesPerRow = tilesPerRow
    self.firstTile = firstTile
    self.tileCount = tileCount
    self.products = products
    self.productStride = productStride
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func transform<U: VectorUnit>(_ unit: U.Type) {
    if form == .plain { transform(unit, .plain) } else { transform(unit, .enlarged) }
  }

  @inlinable @inline(__always)
  func transform<U: VectorUnit>(_ unit: U.Type, _ form: WinogradForm) {
    let n = form.products
    // A dY of one vector of channels: (n, 6) vectors.
    withUnsafeTemporaryAllocation(byteCount: n * outputTile * U.lanes * 4, alignment: 64) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      for tile in 0..<tileCount {
        let (row, column) = (firstTile + tile).quotientAndRemainder(dividingBy: tilesPerRow)
        let p = rows + outputTile * row
        let q = columns + outputTile * column
        var channel = 0
        while channel < channels {
          for j in 0..<outputTile {
            let at = q[j] + firstChannel + channel
            let y = Six<U.Vector>(
              p[0].vector(at), p[1].vector(at), p[2].vector(at), p[3].vector(at), p[4].vector(at),
              p[5].vector(at))
            half.setFirst(n, j * U.lanes, outputTile * U.lanes, U.transformedGradient(y, form))
          }
          let out = products + tile * panelWidth + channel
          for i in 0..<n {
            let row = half + i * outputTile * U.lanes
            let y = Six<U.Vector>(
              row.vector(0), row.vector(U.lanes), row.vector(2 * U.lanes), row.vector(3 * U.lanes),
              row.vector(4 * U.lanes), row.vector(5 * U.lanes))
            out.setFirst(n, i * n * productStride, productStride, U.transformedGradient(y, form))
          }
          channel += U.lanes
        }
      }
    }
  }
}

extension VectorUnit {
  @inlinable @inline(__always)
  static func transformedGradient(_ y: Six<Vector>, _ form: WinogradForm) -> Eight<Vector> {
    form == .plain ? plainGradient(y) : enlargedGradient(y)
  }

  /// A y, the adjoint of `plainOutput`.
  @inlinable @inline(__always)
  static func plainGradient(_ y: Six<Vector>) -> Eight<Vector> {
    let even1 = (y.v0 + y.v2) + y.v4
    let odd1 = (y.v1 + y.v3) + y.v5
    let even2 = even(y, splat(4))
    let odd2 = odd(y, splat(2), splat(4))
    let evenHalf = even(y, splat(0.25))
    let oddHalf = odd(y, splat(0.5), splat(0.25))
    return Eight(
      y.v0, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2, evenHalf + oddHalf, evenHalf - oddHalf,
      y.v5)
  }

  /// A′ y, the adjoint of `enlargedOutput`: seven values.
  @inlinable @inline(__always)
  static func enlargedGradient(_ y: Six<Vector>) -> Eight<Vector> {
    let all = ((y.v0 + y.v1) + (y.v2 + y.v3)) + (y.v4 + y.v5)
    return Eight(
      y.v0, all, even(y, splat(4)), odd(y, splat(2), splat(4)), even(y, splat(0.25)),
      odd(y, splat(0.5), splat(0.25)), y.v5, splat(0))
  }

  /// y₀ + s y₂ + s² y₄ for the square s of a point.
  @inlinable @inline(__always)
  static func even(_ y: Six<Vector>, _ square: Vector) -> Vector {
    multiplyAdd(y.v0, square, multiplyAdd(y.v2, square, y.v4))
  }

  /// p (y₁ + s y₃ + s² y₅) for a point p and its square s.
  @inlinable @inline(__always)
  static func odd(_ y: Six<Vector>, _ point: Vector, _ square: Vector) -> Vector {
    point * multiplyAdd(y.v1, square, multiplyAdd(y.v3, square, y.v5))
  }
}
