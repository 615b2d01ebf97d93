/// A picture's colours as the mean and the covariance of its RGB values, from 0 to 1.
struct Palette {
  let mean: [Double]
  let covariance: Matrix3

  init(_ colours: ContentColours) {
    let mean = colours.sums.map { $0 / colours.count }
    self.mean = mean
    covariance = Matrix3 { i, j in
      colours.products[3 * min(i, j) + max(i, j)] / colours.count - mean[i] * mean[j]
    }
  }

  /// - Throws: `.argument` for a sample that is not a finite number; `.memory`.
  init(of picture: PixelView) throws(AdaINError) {
    let colours = try ContentColours()
    try colours.add(picture)
    self.init(colours)
  }

  /// How far colours must move from one palette to the other, as a root mean square, if both are normal
  /// distributions (Dowson & Landau, "The Fréchet distance between multivariate normal distributions", 1982):
  ///
  ///     d² = |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)
  func distance(to other: Palette) -> Double {
    let means = zip(mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let root = covariance.symmetricPower(0.5)
    let shared = root.times(other.covariance).times(root).symmetricPower(0.5)
    let spread = covariance.trace + other.covariance.trace - 2 * shared.trace
    return (means + max(0, spread)).squareRoot()
  }
}
