/// Correlation alignment (CORAL) of colours: an affine map of RGB after which a picture has another's mean,
/// deviations and correlations.
///
///     x' = D_t R_t^½ R_s^−½ D_s^−1 (x − μ_s) + μ_t
///
/// with the means μ, the deviations D and the correlation matrices R of the picture (s) and the target (t),
/// as in the code of Huang & Belongie, where R is taken of pixels of unit deviation and a unit matrix is
/// added to its sum. Here ε is added to R itself, so that the map does not depend on how many pixels either
/// picture has; for a picture of one colour it keeps everything finite.
struct ColourTransfer {
  static let epsilon = 1e-5

  /// Row-major 3×3.
  let matrix: [Double]
  let offset: [Double]

  init(from source: ContentColours, to target: ContentColours) {
    let (s, t) = (Moments(source), Moments(target))
    let whiten = s.correlation.symmetricPower(-0.5)
    let colour = t.correlation.symmetricPower(0.5)
    let between = colour.times(whiten)
    var matrix = Array(repeating: 0.0, count: 9)
    for i in 0..<3 {
      for j in 0..<3 {
        matrix[3 * i + j] = t.deviation[i] * between[i, j] / s.deviation[j]
      }
    }
    self.matrix = matrix
    offset = (0..<3).map { i in
      t.mean[i] - (0..<3).reduce(0) { $0 + matrix[3 * i + $1] * s.mean[$1] }
    }
  }

  /// Three samples, in place; clamped to 0…1.
  func apply(_ rgb: UnsafeMutablePointer<Float>) {
    let x = (Double(rgb[0]), Double(rgb[1]), Double(rgb[2]))
    for i in 0..<3 {
      let value =
        matrix[3 * i] * x.0 + matrix[3 * i + 1] * x.1 + matrix[3 * i + 2] * x.2 + offset[i]
      rgb[i] = Float(min(1, max(0, value)))
    }
  }

  private struct Moments {
    let mean: [Double]
    let deviation: [Double]
    let correlation: Matrix3

    init(_ colours: ContentColours) {
      let palette = Palette(colours)
      let covariance = palette.covariance
      let deviation = (0..<3).map { (max(0, covariance[$0, $0]) + epsilon).squareRoot() }
      correlation = Matrix3 { i, j in
        covariance[i, j] / (deviation[i] * deviation[j]) + (i == j ? epsilon : 0)
      }
      mean = palette.mean
      self.deviation = deviation
    }
  }
}
