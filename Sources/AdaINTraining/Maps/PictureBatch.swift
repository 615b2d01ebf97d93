import AdaIN

/// A batch of RGB pictures or of their gradients, (pictures, height, width, 3), with two cells more on each
/// side: for a convolution's reflection, or of zeros, for its adjoint.
final class PictureBatch {
  static let margin = 2

  let count: Int
  let height: Int
  let width: Int
  private let pitch: Int
  private let buffer: AlignedBuffer

  /// Pictures of zeros.
  init(_ what: String, count: Int, height: Int, width: Int) throws(AdaINError) {
    self.count = count
    self.height = height
    self.width = width
    // The last convolution writes one sample more than there are; kernels read whole vectors.
    pitch = 3 * (width + 2 * Self.margin) + 16
    buffer = try AlignedBuffer(what, count: count * (height + 2 * Self.margin) * pitch, zeroed: true)
  }

  /// Where pixel 0 of row y lies, −2 ≤ y < height + 2.
  func row(_ picture: Int, _ y: Int) -> UnsafeMutablePointer<Float> {
    buffer.floats + (picture * (height + 2 * Self.margin) + y + Self.margin) * pitch + 3 * Self.margin
  }

  func clear() { buffer.floats.update(repeating: 0, count: buffer.count) }

  /// Reflects one pixel on the left and the right of each row.
  func reflectColumns() {
    for picture in 0..<count {
      for y in 0..<height {
        let row = row(picture, y)
        for colour in 0..<3 {
          row[colour - 3] = row[3 * reflected(-1, width) + colour]
          row[3 * width + colour] = row[3 * reflected(width, width) + colour]
        }
      }
    }
  }

  /// Of one picture: (height, width, 3).
  func set(_ picture: Int, _ pixels: UnsafePointer<Float>) {
    for y in 0..<height { row(picture, y).update(from: pixels + 3 * y * width, count: 3 * width) }
  }

  /// Of one picture: (height, width, 3).
  func pixels(_ picture: Int) -> [Float] {
    (0..<height).flatMap { y in UnsafeBufferPointer(start: row(picture, y), count: 3 * width) }
  }
}
