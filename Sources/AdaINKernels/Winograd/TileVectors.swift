/// The vectors of one row or column of a tile, as values that stay in registers.
@usableFromInline
struct Three<Vector> {
  @usableFromInline var v0: Vector, v1: Vector, v2: Vector

  @inlinable @inline(__always)
  init(_ v0: Vector, _ v1: Vector, _ v2: Vector) {
    self.v0 = v0
    self.v1 = v1
    self.v2 = v2
  }
}

@usableFromInline
struct Six<Vector> {
  @usableFromInline var v0: Vector, v1: Vector, v2: Vector, v3: Vector, v4: Vector, v5: Vector

  @inlinable @inline(__always)
  init(
    _ v0: Vector, _ v1: Vector, _ v2: Vector, _ v3: Vector, _ v4: Vector, _ v5: Vector
  ) {
    self.v0 = v0
    self.v1 = v1
    self.v2 = v2
    self.v3 = v3
    self.v4 = v4
    self.v5 = v5
  }
}

@usableFromInline
struct Eight<Vector> {
  @usableFromInline
  var v0: Vector, v1: Vector, v2: Vector, v3: Vector, v4: Vector, v5: Vector, v6: Vector, v7: Vector

  @inlinable @inline(__always)
  init(
    _ v0: Vector, _ v1: Vector, _ v2: Vector, _ v3: Vector,
    _ v4: Vector, _ v5: Vector, _ v6: Vector, _ v7: Vector
  ) {
    self.v0 = v0
    self.v1 = v1
    self.v2 = v2
    self.v3 = v3
    self.v4 = v4
    self.v5 = v5
    self.v6 = v6
    self.v7 = v7
  }
}

extension UnsafeMutablePointer where Pointee == Float {
  /// Writes the first `count` of eight vectors, `stride` floats apart: all, seven or five of them.
  @inlinable @inline(__always)
  func setFirst<Vector: SIMD>(_ count: Int, _ offset: Int, _ stride: Int, _ e: Eight<Vector>)
  where Vector.Scalar == Float {
    setVector(offset, e.v0)
    setVector(offset + stride, e.v1)
    setVector(offset + 2 * stride, e.v2)
    setVector(offset + 3 * stride, e.v3)
    setVector(offset + 4 * stride, e.v4)
    if count > 5 {
      setVector(offset + 5 * stride, e.v5)
      setVector(offset + 6 * stride, e.v6)
    }
    if count > 7 { setVector(offset + 7 * stride, e.v7) }
  }

  /// Reads the first `count` of eight vectors, `stride` floats apart; the others are zero.
  @inlinable @inline(__always)
  func first<Vector: SIMD>(_ count: Int, _ offset: Int, _ stride: Int) -> Eight<Vector>
  where Vector.Scalar == Float {
    UnsafePointer(self).first(count, offset, stride)
  }
}

extension UnsafePointer where Pointee == Float {
  @inlinable @inline(__always)
  func first<Vector: SIMD>(_ count: Int, _ offset: Int, _ stride: Int) -> Eight<Vector>
  where Vector.Scalar == Float {
    let none = Vector(repeating: 0)
    return Eight(
      vector(offset), vector(offset + stride), vector(offset + 2 * stride),
      vector(offset + 3 * stride), vector(offset + 4 * stride),
      count > 5 ? vector(offset + 5 * stride) : none,
      count > 5 ? vector(offset + 6 * stride) : none,
      count > 7 ? vector(offset + 7 * stride) : none)
  }
}

extension VectorUnit {
  @inlinable @inline(__always)
  static func splat(_ value: Float) -> Vector { Vector(repeating: value) }
}
