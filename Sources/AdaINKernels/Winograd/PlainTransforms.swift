// Winograd's minimal filtering F(6×6, 3×3) (Winograd 1980; Lavin & Gray, CVPR 2016, arXiv:1509.09308).
//
// A tile of 6×6 outputs needs 8×8 inputs d and the 3×3 filter g:
//
//     Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A          64 products instead of 36 · 9 = 324
//
// With many channels the products become 64 independent matrix products over the channels. The
// interpolation points are 0, ±1, ±2, ±1/2, ∞:
//
//      ⎡1   0   −21/4   0    21/4    0   −1  0⎤        ⎡  1      0     0  ⎤
//      ⎢0   1     1   −17/4 −17/4    1    1  0⎥        ⎢−2/9   −2/9  −2/9 ⎥
//      ⎢0  −1     1    17/4 −17/4   −1    1  0⎥        ⎢−2/9    2/9  −2/9 ⎥
// Bᵀ = ⎢0  1/2   1/4  −5/2  −5/4     2    1  0⎥    G = ⎢ 1/90   1/45  2/45⎥
//      ⎢0 −1/2   1/4   5/2  −5/4    −2    1  0⎥        ⎢ 1/90  −1/45  2/45⎥
//      ⎢0   2     4   −5/2   −5     1/2   1  0⎥        ⎢32/45  16/45  8/45⎥
//      ⎢0  −2     4    5/2   −5    −1/2   1  0⎥        ⎢32/45 −16/45  8/45⎥
//      ⎣0  −1     0    21/4   0   −21/4   0  1⎦        ⎣  0      0     1  ⎦
//
//      ⎡1  1   1   1   1    1     1    0⎤
//      ⎢0  1  −1   2  −2   1/2  −1/2   0⎥
// Aᵀ = ⎢0  1   1   4   4   1/4   1/4   0⎥
//      ⎢0  1  −1   8  −8   1/8  −1/8   0⎥
//      ⎢0  1   1  16  16   1/16  1/16  0⎥
//      ⎣0  1  −1  32 −32   1/32 −1/32  1⎦
//
// The functions below apply one matrix to one column or row of vectors, each lane a channel.
// Rows that differ only in signs share their sums.

extension VectorUnit {
  /// Bᵀ d.
  @inlinable @inline(__always)
  static func plainInput(_ d: Eight<Vector>) -> Eight<Vector> {
    let even1 = multiplyAdd(d.v2 + d.v6, splat(-4.25), d.v4)
    let odd1 = multiplyAdd(d.v1 + d.v5, splat(-4.25), d.v3)
    let even2 = multiplyAdd(multiplyAdd(d.v6, splat(0.25), d.v2), splat(-1.25), d.v4)
    let odd2 = multiplyAdd(
      multiplyAdd(d.v1 * splat(0.5), splat(-2.5), d.v3), splat(2), d.v5)
    let evenHalf = multiplyAdd(multiplyAdd(d.v6, splat(4), d.v2), splat(-5), d.v4)
    let oddHalf = multiplyAdd(
      multiplyAdd(d.v5 * splat(0.5), splat(-2.5), d.v3), splat(2), d.v1)
    return Eight(
      multiplyAdd(d.v0 - d.v6, splat(5.25), d.v4 - d.v2),
      even1 + odd1, even1 - odd1,
      even2 + odd2, even2 - odd2,
      evenHalf + oddHalf, evenHalf - oddHalf,
      multiplyAdd(d.v7 - d.v1, splat(5.25), d.v3 - d.v5))
  }

  /// Aᵀ m.
  @inlinable @inline(__always)
  static func plainOutput(_ m: Eight<Vector>) -> Six<Vector> {
    let sum1 = m.v1 + m.v2
    let sum2 = m.v3 + m.v4
    let sumHalf = m.v5 + m.v6
    let difference1 = m.v1 - m.v2
    let difference2 = m.v3 - m.v4
    let differenceHalf = m.v5 - m.v6
    return Six(
      (m.v0 + sum1) + (sum2 + sumHalf),
      multiplyAdd(multiplyAdd(difference1, splat(2), difference2), splat(0.5), differenceHalf),
      multiplyAdd(multiplyAdd(sum1, splat(4), sum2), splat(0.25), sumHalf),
      multiplyAdd(multiplyAdd(difference1, splat(8), difference2), splat(0.125), differenceHalf),
      multiplyAdd(multiplyAdd(sum1, splat(16), sum2), splat(0.0625), sumHalf),
      multiplyAdd(
        multiplyAdd(difference1 + m.v7, splat(32), difference2), splat(0.03125), differenceHalf))
  }

  /// G g.
  @inlinable @inline(__always)
  static func plainFilter(_ g: Three<Vector>) -> Eight<Vector> {
    let even1 = (g.v0 + g.v2) * splat(-2 / 9)
    let odd1 = g.v1 * splat(-2 / 9)
    let even2 = multiplyAdd(g.v0 * splat(1 / 90), splat(2 / 45), g.v2)
    let odd2 = g.v1 * splat(1 / 45)
    let evenHalf = multiplyAdd(g.v0 * splat(32 / 45), splat(8 / 45), g.v2)
    let oddHalf = g.v1 * splat(16 / 45)
    return Eight(
      g.v0, even1 + odd1, even1 - odd1, even2 + odd2, even2 - odd2,
      evenHalf + oddHalf, evenHalf - oddHalf, g.v2)
  }
}
