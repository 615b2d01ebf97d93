// The accumulators of the matrix kernel, as types.
//
// The kernel wants up to 14 × 2 vectors to live in registers for a whole loop. An array of them
// would live in memory, and 28 variables by hand for each number of rows would be 14 copies of
// one function. Instead a row is a type with two accumulators, and rows are joined in pairs at
// compile time: Rows<5> = (1 + 1) + (1 + 1) + 1. Everything inlines to straight-line code, one
// multiply-add for each accumulator and step.

/// Accumulators for `count` rows × two vectors of columns.
public protocol MatrixRows<Unit> {
  associatedtype Unit: VectorUnit
  static var count: Int { get }
  init()

  /// Row i gains a[i · stride] · (b0, b1).
  mutating func multiplyAdd(
    _ a: UnsafePointer<Float>, _ stride: Int, _ b0: Unit.Vector, _ b1: Unit.Vector)

  /// Row i is written to out[i · stride …].
  func store(_ out: UnsafeMutablePointer<Float>, _ stride: Int)

  /// Row i is added to out[i · stride …].
  func add(_ out: UnsafeMutablePointer<Float>, _ stride: Int)

  /// max(floor, row i + bias) is written to out[i · stride …].
  func storeActivated(
    _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ bias0: Unit.Vector, _ bias1: Unit.Vector,
    _ floor: Unit.Vector)

  /// The same for the first of the two vectors alone, where a layer is narrower than a panel.
  func storeActivated(
    _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ bias0: Unit.Vector, _ floor: Unit.Vector)
}

public struct SingleRow<Unit: VectorUnit>: MatrixRows {
  @usableFromInline var c0 = Unit.Vector()
  @usableFromInline var c1 = Unit.Vector()

  @inlinable @inline(__always)
  public static var count: Int { 1 }

  @inlinable @inline(__always)
  public init() {}

  @inlinable @inline(__always)
  public mutating func multiplyAdd(
    _ a: UnsafePointer<Float>, _ stride: Int, _ b0: Unit.Vector, _ b1: Unit.Vector
  ) {
    let broadcast = Unit.Vector(repeating: a.pointee)
    c0 = Unit.multiplyAdd(c0, broadcast, b0)
    c1 = Unit.multiplyAdd(c1, broadcast, b1)
  }

  @inlinable @inline(__always)
  public func store(_ out: UnsafeMutablePointer<Float>, _ stride: Int) {
    out.setVector(0, c0)
    out.setVector(Unit.lanes, c1)
  }

  @inlinable @inline(__always)
  public func add(_ out: UnsafeMutablePointer<Float>, _ stride: Int) {
    out.setVector(0, out.vector(0) + c0)
    out.setVector(Unit.lanes, out.vector(Unit.lanes) + c1)
  }

  @inlinable @inline(__always)
  public func storeActivated(
    _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ bias0: Unit.Vector, _ bias1: Unit.Vector,
    _ floor: Unit.Vector
  ) {
    out.setVector(0, Unit.maximum(c0 + bias0, floor))
    out.setVector(Unit.lanes, Unit.maximum(c1 + bias1, floor))
  }

  @inlinable @inline(__always)
  public func storeActivated(
    _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ bias0: Unit.Vector, _ floor: Unit.Vector
  ) {
    out.setVector(0, Unit.maximum(c0 + bias0, floor))
  }
}

public struct JoinedRows<A: MatrixRows, B: MatrixRows>: MatrixRows where A.Unit == B.Unit {
  public typealias Unit = A.Unit
  @usableFromInline var a = A()
  @usableFromInline var b = B()

  @inlinable @inline(__always)
  public static var count: Int { A.count + B.count }

  @inlinable @inline(__always)
  public init() {}

  @inlinable @inline(__always)
  public mutating func multiplyAdd(
    _ p: UnsafePointer<Float>, _ stride: Int, _ b0: Unit.Vector, _ b1: Unit.Vector
  ) {
    a.multiplyAdd(p, stride, b0, b1)
    b.multiplyAdd(p + A.count * stride, stride, b0, b1)
  }

  @inlinable @inline(__always)
  public func store(_ out: UnsafeMutablePointer<Float>, _ stride: Int) {
    a.store(out, stride)
    b.store(out + A.count * stride, stride)
  }

  @inlinable @inline(__always)
  public func add(_ out: UnsafeMutablePointer<Float>, _ stride: Int) {
    a.add(out, stride)
    b.add(out + A.count * stride, stride)
  }

  @inlinable @inline(__always)
  public func storeActivated(
    _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ bias0: Unit.Vector, _ bias1: Unit.Vector,
    _ floor: Unit.Vector
  ) {
    a.storeActivated(out, stride, bias0, bias1, floor)
    b.storeActivated(out + A.count * stride, stride, bias0, bias1, floor)
  }

  @inlinable @inline(__always)
  public func storeActivated(
    _ out: UnsafeMutablePointer<Float>, _ stride: Int, _ bias0: Unit.Vector, _ floor: Unit.Vector
  ) {
    a.storeActivated(out, stride, bias0, floor)
    b.storeActivated(out + A.count * stride, stride, bias0, floor)
  }
}

public typealias Rows1<U: VectorUnit> = SingleRow<U>
public typealias Rows2<U: VectorUnit> = JoinedRows<Rows1<U>, Rows1<U>>
public typealias Rows3<U: VectorUnit> = JoinedRows<Rows2<U>, Rows1<U>>
public typealias Rows4<U: VectorUnit> = JoinedRows<Rows2<U>, Rows2<U>>
public typealias Rows5<U: VectorUnit> = JoinedRows<Rows4<U>, Rows1<U>>
public typealias Rows6<U: VectorUnit> = JoinedRows<Rows4<U>, Rows2<U>>
public typealias Rows7<U: VectorUnit> = JoinedRows<Rows4<U>, Rows3<U>>
public typealias Rows8<U: VectorUnit> = JoinedRows<Rows4<U>, Rows4<U>>
public typealias Rows9<U: VectorUnit> = JoinedRows<Rows8<U>, Rows1<U>>
public typealias Rows10<U: VectorUnit> = JoinedRows<Rows8<U>, Rows2<U>>
public typealias Rows11<U: VectorUnit> = JoinedRows<Rows8<U>, Rows3<U>>
public typealias Rows12<U: VectorUnit> = JoinedRows<Rows8<U>, Rows4<U>>
public typealias Rows13<U: VectorUnit> = JoinedRows<Rows8<U>, Rows5<U>>
public typealias Rows14<U: VectorUnit> = JoinedRows<Rows8<U>, Rows6<U>>

/// Work that is done for a number of rows known at compile time.
public protocol RowPass {
  associatedtype Unit: VectorUnit
  /// Do the work for the rows from `first` on.
  func callAsFunction<R: MatrixRows>(_ rows: R.Type, first: Int) where R.Unit == Unit
}

/// Split `total` rows into passes of nearly equal size, none larger than the unit allows, so that
/// no pass is left with a row or two while registers idle.
@inlinable @inline(__always)
public func forEachPass<P: RowPass>(total: Int, _ pass: P) {
  typealias U = P.Unit
  let passes = (total + U.maximumRows - 1) / U.maximumRows
  if passes == 0 { return }
  let rows = total / passes
  let larger = total - rows * passes
  var first = 0
  for i in 0..<passes {
    let n = i < larger ? rows + 1 : rows
    switch n {
    case 1: pass(Rows1<U>.self, first: first)
    case 2: pass(Rows2<U>.self, first: first)
    case 3: pass(Rows3<U>.self, first: first)
    case 4: pass(Rows4<U>.self, first: first)
    case 5: pass(Rows5<U>.self, first: first)
    case 6: pass(Rows6<U>.self, first: first)
    case 7 where U.maximumRows >= 7: pass(Rows7<U>.self, first: first)
    case 8 where U.maximumRows >= 8: pass(Rows8<U>.self, first: first)
    case 9 where U.maximumRows >= 9: pass(Rows9<U>.self, first: first)
    case 10 where U.maximumRows >= 10: pass(Rows10<U>.self, first: first)
    case 11 where U.maximumRows >= 11: pass(Rows11<U>.self, first: first)
    case 12 where U.maximumRows >= 12: pass(Rows12<U>.self, first: first)
    case 13 where U.maximumRows >= 13: pass(Rows13<U>.self, first: first)
    default: if U.maximumRows >= 14 { pass(Rows14<U>.self, first: first) }
    }
    first += n
  }
}
