/// A matrix of 3×3; of a symmetric one, powers.
struct Matrix3 {
  private var values: [Double]

  init(_ value: (Int, Int) -> Double) {
    values = (0..<9).map { value($0 / 3, $0 % 3) }
  }

  subscript(_ i: Int, _ j: Int) -> Double { values[3 * i + j] }

  var trace: Double { self[0, 0] + self[1, 1] + self[2, 2] }

  func times(_ other: Matrix3) -> Matrix3 {
    Matrix3 { i, j in (0..<3).reduce(0) { $0 + self[i, $1] * other[$1, j] } }
  }

  /// V diag(λ^p) Vᵀ, of a symmetric matrix; eigenvalues that rounding took to 0 or below are lifted to a small one.
  func symmetricPower(_ power: Double) -> Matrix3 {
    let (eigenvalues, vectors) = eigen()
    let least = 1e-12 * max(1, eigenvalues.max()!)
    let powers: [Double] = eigenvalues.map { raised(max($0, least), power) }
    return Matrix3 { i, j in
      var sum = 0.0
      for k in 0..<3 { sum += vectors[3 * i + k] * powers[k] * vectors[3 * j + k] }
      return sum
    }
  }

  /// Only ½ and −½ are wanted.
  private func raised(_ value: Double, _ power: Double) -> Double {
    power > 0 ? value.squareRoot() : 1 / value.squareRoot()
  }

  /// Jacobi's method: eigenvalues, and eigenvectors as columns, row-major.
  private func eigen() -> (values: [Double], vectors: [Double]) {
    var a = values
    var v: [Double] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
    for _ in 0..<32 {
      for (p, q) in [(0, 1), (0, 2), (1, 2)] where abs(a[3 * p + q]) > 1e-18 {
        let theta = (a[4 * q] - a[4 * p]) / (2 * a[3 * p + q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<3 {
          let (x, y) = (a[3 * k + p], a[3 * k + q])
          (a[3 * k + p], a[3 * k + q]) = (c * x - s * y, s * x + c * y)
        }
        for k in 0..<3 {
          let (x, y) = (a[3 * p + k], a[3 * q + k])
          (a[3 * p + k], a[3 * q + k]) = (c * x - s * y, s * x + c * y)
          let (m, n) = (v[3 * k + p], v[3 * k + q])
          (v[3 * k + p], v[3 * k + q]) = (c * m - s * n, s * m + c * n)
        }
      }
    }
    return ([a[0], a[4], a[8]], v)
  }
}
