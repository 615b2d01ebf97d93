import AdaIN
import CLapack

/// LAPACK's decompositions of small square matrices, row-major.
enum Decomposition {
  /// The eigenvectors of a symmetric matrix in the columns of the result, those of the largest eigenvalues
  /// first. In double precision, as filters that no cell fires leave eigenvalues at zero, with which LAPACK's
  /// single one does not converge.
  static func eigenvectors(_ matrix: Table<Float>, _ n: Int) throws(AdaINError) -> [Float] {
    var trace = 0.0
    for i in 0..<n { trace += Double(matrix[i * n + i]) }
    let scale = 1 / max(trace, 1e-30)
    var a = (0..<n * n).map { Double(matrix[$0]) * scale }
    var values = [Double](repeating: 0, count: n)
    var size = Int32(n)
    var info: Int32 = 0
    var (work, integers) = ([0.0], [Int32(0)])
    var (workCount, integerCount) = (Int32(-1), Int32(-1))
    // First how much memory it wants, then the work.
    for _ in 0..<2 {
      dsyevd_("V", "U", &size, &a, &size, &values, &work, &workCount, &integers, &integerCount, &info)
      guard info == 0 else {
        throw AdaINError(.internal, "the eigenvectors of a gradient's products were not found")
      }
      if workCount < 0 {
        workCount = Int32(work[0])
        integerCount = integers[0]
        work = Array(repeating: 0, count: Int(workCount))
        integers = Array(repeating: 0, count: Int(integerCount))
      }
    }
    // Column-major, ascending: vector k lies in a[k n ..< (k + 1) n].
    return (0..<n * n).map { i in Float(a[(n - 1 - i % n) * n + i / n]) }
  }

  /// The orthogonal factor of a matrix, QR = A.
  static func orthogonal(_ matrix: [Float], _ n: Int) throws(AdaINError) -> [Float] {
    var a = (0..<n * n).map { matrix[$0 % n * n + $0 / n] }
    var size = Int32(n)
    var info: Int32 = 0
    var reflectors = [Float](repeating: 0, count: n)
    var work = [Float](repeating: 0, count: 64 * n)
    var workCount = Int32(work.count)
    sgeqrf_(&size, &size, &a, &size, &reflectors, &work, &workCount, &info)
    if info == 0 { sorgqr_(&size, &size, &size, &a, &size, reflectors, &work, &workCount, &info) }
    guard info == 0 else { throw AdaINError(.internal, "a matrix could not be made orthogonal") }
    return (0..<n * n).map { a[$0 % n * n + $0 / n] }
  }
}
