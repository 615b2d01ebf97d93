import AdaIN

/// A picture's colours as the mean and the covariance of its RGB values.
struct PicturePalette: Equatable, Sendable {
  var mean: SIMD3<Double>
  /// Rows of the symmetric matrix.
  var covariance: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  /// What squared distances of means and of covariances count for. A covariance of colours in [0, 1] is
  /// seldom above 0.1.
  static let meanWeight = 50.0
  static let covarianceWeight = 500.0

  static func == (a: Self, b: Self) -> Bool { a.mean == b.mean && a.covariance == b.covariance }

  /// Of one picture of a batch.
  init(of pictures: PictureBatch, _ picture: Int) {
    let count = Double(pictures.height * pictures.width)
    var sum = SIMD3<Double>()
    for y in 0..<pictures.height {
      let row = pictures.row(picture, y)
      for x in 0..<pictures.width { sum += Self.colour(row, x) }
    }
    mean = sum / count
    covariance = (.zero, .zero, .zero)
    for y in 0..<pictures.height {
      let row = pictures.row(picture, y)
      for x in 0..<pictures.width {
        let c = Self.colour(row, x) - mean
        covariance.0 += c.x * c
        covariance.1 += c.y * c
        covariance.2 += c.z * c
      }
    }
    covariance = (covariance.0 / count, covariance.1 / count, covariance.2 / count)
  }

  init(mean: SIMD3<Double>, covariance: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)) {
    self.mean = mean
    self.covariance = covariance
  }

  private static func colour(_ row: UnsafePointer<Float>, _ x: Int) -> SIMD3<Double> {
    SIMD3(Double(row[3 * x]), Double(row[3 * x + 1]), Double(row[3 * x + 2]))
  }

  private static func colour(_ row: UnsafeMutablePointer<Float>, _ x: Int) -> SIMD3<Double> {
    colour(UnsafePointer(row), x)
  }

  func blended(to other: Self, _ share: Double) -> Self {
    func blend(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> { a + (b - a) * share }
    return Self(
      mean: blend(mean, other.mean),
      covariance: (
        blend(covariance.0, other.covariance.0), blend(covariance.1, other.covariance.1),
        blend(covariance.2, other.covariance.2)
      ))
  }

  private func distances(to wanted: Self) -> (SIMD3<Double>, [SIMD3<Double>]) {
    (
      mean - wanted.mean,
      [
        covariance.0 - wanted.covariance.0, covariance.1 - wanted.covariance.1,
        covariance.2 - wanted.covariance.2,
      ]
    )
  }

  func loss(to wanted: Self) -> Double {
    let (ofMean, ofCovariance) = distances(to: wanted)
    return Self.meanWeight * (ofMean * ofMean).sum()
      + Self.covarianceWeight * ofCovariance.map { ($0 * $0).sum() }.reduce(0, +)
  }

  /// Adds `weight` times the loss's gradient with respect to the picture of which this is the palette.
  func addGradient(
    to wanted: Self, weight: Double, _ pictures: PictureBatch, _ picture: Int, into gradient: PictureBatch
  ) {
    let count = Double(pictures.height * pictures.width)
    let (ofMean, ofCovariance) = distances(to: wanted)
    let base = 2 * Self.meanWeight * weight / count * ofMean
    let rows = ofCovariance.map { 4 * Self.covarianceWeight * weight / count * $0 }
    for y in 0..<pictures.height {
      let row = pictures.row(picture, y)
      let out = gradient.row(picture, y)
      for x in 0..<pictures.width {
        let c = Self.colour(row, x) - mean
        let g = base + rows[0] * c.x + rows[1] * c.y + rows[2] * c.z
        for colour in 0..<3 { out[3 * x + colour] += Float(g[colour]) }
      }
    }
  }
}
