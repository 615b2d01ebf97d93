/// A product of matrices over their rows, aᵀ b, for 32 columns of b: the filters' gradients, of which the
/// steps are the tiles, and whatever else training multiplies.
///
///     a    (steps, rows)   step k begins at k · aStride
///     b    (steps, 32)     step k begins at k · bStride
///     out  (rows, 32)      row i begins at i · outStride; written, or added to
///
/// Sums run over the steps in ascending order, whatever the number of rows.
public struct TransposedProduct {
  public var a: UnsafePointer<Float>
  public var aStride: Int
  public var rows: Int
  public var b: UnsafePointer<Float>
  public var bStride: Int
  public var steps: Int
  public var out: UnsafeMutablePointer<Float>
  public var outStride: Int
  /// Whether the products are added to what is there.
  public var adds: Bool

  public init(
    a: UnsafePointer<Float>, aStride: Int, rows: Int, b: UnsafePointer<Float>, bStride: Int, steps: Int,
    out: UnsafeMutablePointer<Float>, outStride: Int, adds: Bool
  ) {
    self.a = a
    self.aStride = aStride
    self.rows = rows
    self.b = b
    self.bStride = bStride
    self.steps = steps
    self.out = out
    self.outStride = outStride
    self.adds = adds
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func multiply<U: VectorUnit>(_ unit: U.Type) {
    var column = 0
    while column < panelWidth {
      forEachPass(total: rows, TransposedPass<U>(product: self, column: column))
      column += U.groupWidth
    }
  }
}

@usableFromInline
struct TransposedPass<Unit: VectorUnit>: RowPass {
  @usableFromInline let product: TransposedProduct
  @usableFromInline let column: Int

  @inlinable @inline(__always)
  init(product: TransposedProduct, column: Int) {
    self.product = product
    self.column = column
  }

  @inlinable @inline(__always)
  func callAsFunction<R: MatrixRows>(_ rows: R.Type, first: Int) where R.Unit == Unit {
    var sums = R()
    var a = product.a + first
    var b = product.b + column
    for _ in 0..<product.steps {
      Unit.keepOrder()
      sums.multiplyAdd(a, 1, b.vector(0), b.vector(Unit.lanes))
      a += product.aStride
      b += product.bStride
    }
    let out = product.out + (first * product.outStride + column)
    if product.adds { sums.add(out, product.outStride) } else { sums.store(out, product.outStride) }
  }
}
