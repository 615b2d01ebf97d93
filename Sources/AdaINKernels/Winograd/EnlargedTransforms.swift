// Winograd's F(6×6, 3×3) of a feature map that was enlarged ×2 by repeating its pixels.
//
// A tile of 6×6 outputs, at an even place, reads 8×8 pixels of which the second to seventh come in
// equal pairs: along one side they are the five pixels l of the map as it was,
//
//     d = (l₀, l₁, l₁, l₂, l₂, l₃, l₃, l₄).
//
// With that, Bᵀ d (see PlainTransforms.swift) loses its row of the point −1, which adds up to zero, and
// the rows of ±2 become multiples of one value, as do those of ±1/2. Five values are left. Each pair of
// products that share a value is wanted only as its sum and its difference, which the filters'
// transform takes over. So one side takes 7 products instead of 8, a tile 49 instead of 64:
//
//     Y = A′ᵀ [ (G′ g G′ᵀ) ⊙ P (B′ᵀ l B′) Pᵀ ] A′           P repeats the third and the fourth value
//
//       ⎡1  −21/4  21/4  −1   0⎤          ⎡  1      0      0  ⎤          ⎡1 1  1  0   1    0   0⎤
//       ⎢0    2   −17/2   2   0⎥          ⎢−2/9   −2/9   −2/9 ⎥          ⎢0 1  0  2   0   1/2  0⎥
// B′ᵀ = ⎢0    1    −5     4   0⎥          ⎢ 1/180  1/45   1/45⎥    A′ᵀ = ⎢0 1  4  0  1/4   0   0⎥
//       ⎢0    4    −5     1   0⎥     G′ = ⎢ 1/90   1/90   2/45⎥          ⎢0 1  0  8   0   1/8  0⎥
//       ⎣0   −1   21/4 −21/4  1⎦          ⎢64/45  16/45  16/45⎥          ⎢0 1 16  0  1/16  0   0⎥
//                                         ⎢32/45  32/45   8/45⎥          ⎣0 1  0 32   0  1/32  1⎦
//                                         ⎣  0      0      1  ⎦

extension VectorUnit {
  /// B′ᵀ l: five values.
  @inlinable @inline(__always)
  static func enlargedInput(_ l: Eight<Vector>) -> Eight<Vector> {
    let outer = l.v1 + l.v3
    return Eight(
      multiplyAdd(l.v0 - l.v3, splat(5.25), l.v2 - l.v1),
      multiplyAdd(outer + outer, splat(-8.5), l.v2),
      multiplyAdd(multiplyAdd(l.v1, splat(4), l.v3), splat(-5), l.v2),
      multiplyAdd(multiplyAdd(l.v3, splat(4), l.v1), splat(-5), l.v2),
      multiplyAdd(l.v4 - l.v1, splat(5.25), l.v2 - l.v3),
      splat(0), splat(0), splat(0))
  }

  /// A′ᵀ m of seven products.
  @inlinable @inline(__always)
  static func enlargedOutput(_ m: Eight<Vector>) -> Six<Vector> {
    Six(
      (m.v0 + m.v1) + (m.v2 + m.v4),
      multiplyAdd(multiplyAdd(m.v1, splat(2), m.v3), splat(0.5), m.v5),
      multiplyAdd(multiplyAdd(m.v1, splat(4), m.v2), splat(0.25), m.v4),
      multiplyAdd(multiplyAdd(m.v1, splat(8), m.v3), splat(0.125), m.v5),
      multiplyAdd(multiplyAdd(m.v1, splat(16), m.v2), splat(0.0625), m.v4),
      multiplyAdd(multiplyAdd(m.v1 + m.v6, splat(32), m.v3), splat(0.03125), m.v5))
  }

  /// G′ g: seven values.
  @inlinable @inline(__always)
  static func enlargedFilter(_ g: Three<Vector>) -> Eight<Vector> {
    let late = g.v1 + g.v2
    let early = g.v0 + g.v1
    return Eight(
      g.v0, (early + g.v2) * splat(-2 / 9),
      multiplyAdd(g.v0 * splat(1 / 180), splat(1 / 45), late),
      multiplyAdd(early * splat(1 / 90), splat(2 / 45), g.v2),
      multiplyAdd(g.v0 * splat(64 / 45), splat(16 / 45), late),
      multiplyAdd(early * splat(32 / 45), splat(8 / 45), g.v2),
      g.v2, splat(0))
  }
}
