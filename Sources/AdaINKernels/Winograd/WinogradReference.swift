/// Winograd's transforms as the matrix products that WinogradTransforms.swift writes out, in double
/// precision. Tiles and filters are row-major.
public enum WinogradReference {
  static let inputMatrix: [[Double]] = [
    [1, 0, -21 / 4, 0, 21 / 4, 0, -1, 0],
    [0, 1, 1, -17 / 4, -17 / 4, 1, 1, 0],
    [0, -1, 1, 17 / 4, -17 / 4, -1, 1, 0],
    [0, 1 / 2, 1 / 4, -5 / 2, -5 / 4, 2, 1, 0],
    [0, -1 / 2, 1 / 4, 5 / 2, -5 / 4, -2, 1, 0],
    [0, 2, 4, -5 / 2, -5, 1 / 2, 1, 0],
    [0, -2, 4, 5 / 2, -5, -1 / 2, 1, 0],
    [0, -1, 0, 21 / 4, 0, -21 / 4, 0, 1],
  ]

  static let filterMatrix: [[Double]] = [
    [1, 0, 0],
    [-2 / 9, -2 / 9, -2 / 9],
    [-2 / 9, 2 / 9, -2 / 9],
    [1 / 90, 1 / 45, 2 / 45],
    [1 / 90, -1 / 45, 2 / 45],
    [32 / 45, 16 / 45, 8 / 45],
    [32 / 45, -16 / 45, 8 / 45],
    [0, 0, 1],
  ]

  static let outputMatrix: [[Double]] = [
    [1, 1, 1, 1, 1, 1, 1, 0],
    [0, 1, -1, 2, -2, 1 / 2, -1 / 2, 0],
    [0, 1, 1, 4, 4, 1 / 4, 1 / 4, 0],
    [0, 1, -1, 8, -8, 1 / 8, -1 / 8, 0],
    [0, 1, 1, 16, 16, 1 / 16, 1 / 16, 0],
    [0, 1, -1, 32, -32, 1 / 32, -1 / 32, 1],
  ]

  /// Bᵀ d B of an 8×8 tile: 64 values.
  public static func input(_ tile: [Double]) -> [Double] { sandwich(inputMatrix, tile) }

  /// G g Gᵀ of a 3×3 filter: 64 values.
  public static func filter(_ filter: [Double]) -> [Double] { sandwich(filterMatrix, filter) }

  /// Aᵀ m A of 64 products: a 6×6 tile.
  public static func output(_ products: [Double]) -> [Double] { sandwich(outputMatrix, products) }

  /// X m Xᵀ for a square m.
  private static func sandwich(_ x: [[Double]], _ m: [Double]) -> [Double] {
    let n = x[0].count
    return x.flatMap { left in
      x.map { right in
        var sum = 0.0
        for i in 0..<n {
          for j in 0..<n { sum += left[i] * m[i * n + j] * right[j] }
        }
        return sum
      }
    }
  }
}
