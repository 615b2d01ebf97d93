/// What a photograph or painting is seen as in training: squares of it, at sizes and places that chance
/// decides.
struct Crops {
  /// Side of the crops.
  let size: Int
  /// Crops are cut with a side of so many times `size`; below 1 they are enlarged, as pictures of a few
  /// hundred pixels are less detailed than those that people stylise.
  let scales = 0.6...1.5

  /// Short side to which pictures are reduced before they are cut.
  var shortSide: Int { Int(Double(size) * 2.5) }

  /// A square of a picture, mirrored at random, scaled to `size`.
  func crop(_ picture: TrainingPicture, _ chance: inout Chance) -> TrainingPicture {
    let scale = scales.lowerBound + chance.share() * (scales.upperBound - scales.lowerBound)
    return square(picture, side: Int(Double(size) * scale), &chance)
  }

  /// The same of the largest square that a picture has, or of one of at most that side.
  func square(
    _ picture: TrainingPicture, side wanted: Int = .max, _ chance: inout Chance
  ) -> TrainingPicture {
    let (down, right, mirror) = (chance.share(), chance.share(), chance.share())
    let side = min(wanted, picture.width, picture.height)
    let y = Int(down * Double(picture.height - side + 1))
    let x = Int(right * Double(picture.width - side + 1))
    let square = Resize(picture, x: x, y: y, width: side, height: side).to(width: size, height: size)
    return mirror < 0.5 ? square.mirrored() : square
  }

  /// Whole, on sides that are multiples of 8, at least 16.
  func whole(_ picture: TrainingPicture) -> TrainingPicture {
    let (width, height) = (max(16, picture.width / 8 * 8), max(16, picture.height / 8 * 8))
    if picture.width >= width, picture.height >= height {
      var pixels: [Float] = []
      pixels.reserveCapacity(3 * width * height)
      for y in 0..<height {
        let begin = 3 * y * picture.width
        pixels.append(contentsOf: picture.pixels[begin..<begin + 3 * width])
      }
      return TrainingPicture(width: width, height: height, pixels: pixels)
    }
    return Resize(picture, x: 0, y: 0, width: picture.width, height: picture.height).to(
      width: width, height: height)
  }
}

/// A part of a picture in another size: Catmull-Rom's cubic, widened where it is reduced, as Pillow and torch
/// (`antialias`, but with a = −0.5) have it.
struct Resize {
  private let picture: TrainingPicture
  private let x: Int
  private let y: Int
  private let width: Int
  private let height: Int

  init(_ picture: TrainingPicture, x: Int, y: Int, width: Int, height: Int) {
    self.picture = picture
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  func to(width newWidth: Int, height newHeight: Int) -> TrainingPicture {
    let columns = Self.taps(width, newWidth)
    let rows = Self.taps(height, newHeight)
    var lines = [Float](repeating: 0, count: 3 * newWidth * height)
    for line in 0..<height {
      for (i, tap) in columns.enumerated() {
        var sum = SIMD3<Float>()
        for (k, weight) in tap.weights.enumerated() {
          sum += picture.pixel(x + tap.first + k, y + line) * weight
        }
        for colour in 0..<3 { lines[3 * (line * newWidth + i) + colour] = sum[colour] }
      }
    }
    var pixels = [Float](repeating: 0, count: 3 * newWidth * newHeight)
    for (j, tap) in rows.enumerated() {
      for i in 0..<3 * newWidth {
        var sum: Float = 0
        for (k, weight) in tap.weights.enumerated() {
          sum += lines[3 * newWidth * (tap.first + k) + i] * weight
        }
        pixels[3 * newWidth * j + i] = min(max(sum, 0), 1)
      }
    }
    return TrainingPicture(width: newWidth, height: newHeight, pixels: pixels)
  }

  private struct Tap {
    let first: Int
    let weights: [Float]
  }

  private static func taps(_ count: Int, _ newCount: Int) -> [Tap] {
    let scale = Double(count) / Double(newCount)
    let support = 2 * max(1, scale)
    return (0..<newCount).map { i in
      let centre = (Double(i) + 0.5) * scale
      let first = max(0, Int(centre - support + 0.5))
      let end = min(count, Int(centre + support + 0.5))
      let weights = (first..<end).map { cubic((Double($0) + 0.5 - centre) / max(1, scale)) }
      let sum = weights.reduce(0, +)
      return Tap(first: first, weights: weights.map { Float($0 / sum) })
    }
  }

  private static func cubic(_ distance: Double) -> Double {
    let x = abs(distance)
    if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
    if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
    return 0
  }
}
