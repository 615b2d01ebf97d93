/// Winograd's transforms as the matrix products that PlainTransforms.swift and EnlargedTransforms.swift
/// write out, in double precision. Tiles and filters are row-major.
public struct WinogradReference {
  let inputMatrix: [[Double]]
  let filterMatrix: [[Double]]
  let outputMatrix: [[Double]]

  public init(_ form: WinogradForm) {
    switch form {
    case .plain:
      inputMatrix = Self.plainInput
      filterMatrix = Self.plainFilter
      outputMatrix = Self.plainOutput
    case .enlarged:
      inputMatrix = Self.enlargedInput
      filterMatrix = Self.enlargedFilter
      outputMatrix = Self.enlargedOutput
    }
  }

  static let plainInput: [[Double]] = [
    [1, 0, -21 / 4, 0, 21 / 4, 0, -1, 0],
    [0, 1, 1, -17 / 4, -17 / 4, 1, 1, 0],
    [0, -1, 1, 17 / 4, -17 / 4, -1, 1, 0],
    [0, 1 / 2, 1 / 4, -5 / 2, -5 / 4, 2, 1, 0],
    [0, -1 / 2, 1 / 4, 5 / 2, -5 / 4, -2, 1, 0],
    [0, 2, 4, -5 / 2, -5, 1 / 2, 1, 0],
    [0, -2, 4, 5 / 2, -5, -1 / 2, 1, 0],
    [0, -1, 0, 21 / 4, 0, -21 / 4, 0, 1],
  ]

  static let plainFilter: [[Double]] = [
    [1, 0, 0],
    [-2 / 9, -2 / 9, -2 / 9],
    [-2 / 9, 2 / 9, -2 / 9],
    [1 / 90, 1 / 45, 2 / 45],
    [1 / 90, -1 / 45, 2 / 45],
    [32 / 45, 16 / 45, 8 / 45],
    [32 / 45, -16 / 45, 8 / 45],
    [0, 0, 1],
  ]

  static let plainOutput: [[Double]] = [
    [1, 1, 1, 1, 1, 1, 1, 0],
    [0, 1, -1, 2, -2, 1 / 2, -1 / 2, 0],
    [0, 1, 1, 4, 4, 1 / 4, 1 / 4, 0],
    [0, 1, -1, 8, -8, 1 / 8, -1 / 8, 0],
    [0, 1, 1, 16, 16, 1 / 16, 1 / 16, 0],
    [0, 1, -1, 32, -32, 1 / 32, -1 / 32, 1],
  ]

  static let enlargedInput: [[Double]] = [
    [1, -21 / 4, 21 / 4, -1, 0],
    [0, 2, -17 / 2, 2, 0],
    [0, 1, -5, 4, 0],
    [0, 4, -5, 1, 0],
    [0, -1, 21 / 4, -21 / 4, 1],
  ]

  static let enlargedFilter: [[Double]] = [
    [1, 0, 0],
    [-2 / 9, -2 / 9, -2 / 9],
    [1 / 180, 1 / 45, 1 / 45],
    [1 / 90, 1 / 90, 2 / 45],
    [64 / 45, 16 / 45, 16 / 45],
    [32 / 45, 32 / 45, 8 / 45],
    [0, 0, 1],
  ]

  static let enlargedOutput: [[Double]] = [
    [1, 1, 1, 0, 1, 0, 0],
    [0, 1, 0, 2, 0, 1 / 2, 0],
    [0, 1, 4, 0, 1 / 4, 0, 0],
    [0, 1, 0, 8, 0, 1 / 8, 0],
    [0, 1, 16, 0, 1 / 16, 0, 0],
    [0, 1, 0, 32, 0, 1 / 32, 1],
  ]

  /// Bᵀ d B of an 8×8 or 5×5 tile: as many values.
  public func input(_ tile: [Double]) -> [Double] { Self.congruent(inputMatrix, tile) }

  /// G g Gᵀ of a 3×3 filter: 64 or 49 values.
  public func filter(_ filter: [Double]) -> [Double] { Self.congruent(filterMatrix, filter) }

  /// Aᵀ m A of 64 or 49 products: a 6×6 tile.
  public func output(_ products: [Double]) -> [Double] { Self.congruent(outputMatrix, products) }

  /// X m Xᵀ for a square m.
  private static func congruent(_ x: [[Double]], _ m: [Double]) -> [Double] {
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
