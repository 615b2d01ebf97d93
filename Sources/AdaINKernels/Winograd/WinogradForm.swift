/// What a tile's convolution reads, and so how many values and products it takes.
public enum WinogradForm: Sendable {
  /// A feature map: tiles of 8×8 pixels, 64 values, 64 products.
  case plain
  /// A feature map enlarged ×2 by repeating its pixels, as the decoder does before half of its
  /// blocks: tiles of 5×5 pixels of the map as it was, 25 values, 49 products.
  case enlarged

  /// Values of a transformed tile, and pixels of the tile itself, along one side.
  @inlinable @inline(__always)
  public var values: Int { self == .plain ? 8 : 5 }

  /// Products of a tile along one side.
  @inlinable @inline(__always)
  public var products: Int { self == .plain ? 8 : 7 }

  /// Values of a transformed tile.
  @inlinable @inline(__always)
  public var tileValues: Int { values * values }

  /// Products of a tile.
  @inlinable @inline(__always)
  public var tileProducts: Int { products * products }

  /// The value that belongs to a product, along one side.
  @inlinable @inline(__always)
  public func value(ofProduct product: Int) -> Int {
    // Enlarged: 0, 1, 2, 2, 3, 3, 4.
    self == .plain || product < 2 ? product : (product + 2) / 2
  }

  /// The value that belongs to one of a tile's products.
  @inlinable @inline(__always)
  public func value(ofTileProduct product: Int) -> Int {
    let (i, j) = product.quotientAndRemainder(dividingBy: products)
    return value(ofProduct: i) * values + value(ofProduct: j)
  }
}

/// The side of an output tile.
@inlinable @inline(__always)
public var outputTile: Int { 6 }

extension VectorUnit {
  // The kernels' transforms: a form that is a constant where they are inlined leaves one of the two.

  @inlinable @inline(__always)
  static func transformedInput(_ d: Eight<Vector>, _ form: WinogradForm) -> Eight<Vector> {
    form == .plain ? plainInput(d) : enlargedInput(d)
  }

  @inlinable @inline(__always)
  static func transformedOutput(_ m: Eight<Vector>, _ form: WinogradForm) -> Six<Vector> {
    form == .plain ? plainOutput(m) : enlargedOutput(m)
  }

  @inlinable @inline(__always)
  static func transformedFilter(_ g: Three<Vector>, _ form: WinogradForm) -> Eight<Vector> {
    form == .plain ? plainFilter(g) : enlargedFilter(g)
  }
}
