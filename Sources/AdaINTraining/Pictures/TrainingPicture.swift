/// A picture in memory: (height, width, 3), sRGB from 0 to 1.
public struct TrainingPicture: Sendable {
  /// In pixels.
  public let width: Int
  /// In pixels.
  public let height: Int
  /// (height, width, 3), row-major.
  public let pixels: [Float]

  /// - Parameter pixels: as many as the size has, three samples each.
  public init(width: Int, height: Int, pixels: [Float]) {
    precondition(pixels.count == 3 * width * height)
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  func pixel(_ x: Int, _ y: Int) -> SIMD3<Float> {
    let at = 3 * (y * width + x)
    return SIMD3(pixels[at], pixels[at + 1], pixels[at + 2])
  }

  func mapped(_ transform: (SIMD3<Float>) -> SIMD3<Float>) -> TrainingPicture {
    var result = pixels
    for i in 0..<width * height {
      let c = transform(SIMD3(pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]))
      for colour in 0..<3 { result[3 * i + colour] = c[colour] }
    }
    return TrainingPicture(width: width, height: height, pixels: result)
  }

  func mirrored() -> TrainingPicture {
    var result = pixels
    for y in 0..<height {
      for x in 0..<width {
        for colour in 0..<3 {
          result[3 * (y * width + x) + colour] = pixels[3 * (y * width + width - 1 - x) + colour]
        }
      }
    }
    return TrainingPicture(width: width, height: height, pixels: result)
  }
}

/// Where training finds its photographs and paintings: files, through whatever reads pictures.
public protocol TrainingPictures: Sendable {
  /// How many there are; more than none.
  var count: Int { get }

  /// One of them, whole, reduced to a short side of at most `shortSide` pixels and never enlarged.
  /// - Throws: what is wrong with the file.
  func picture(_ index: Int, shortSide: Int) throws -> TrainingPicture
}
