@testable import AdaIN

/// Frames of 8 bits: a smooth random picture, moved and with noise.
struct VideoFrames {
  let width: Int
  let height: Int
  private let canvas: [Float]
  private let canvasWidth: Int
  private var random: SeededRandom

  init(width: Int, height: Int, seed: UInt64) {
    self.width = width
    self.height = height
    random = SeededRandom(seed)
    canvasWidth = width + 256
    let phases = random.floats(12, 0...6)
    var canvas: [Float] = []
    for y in 0..<height {
      for x in 0..<canvasWidth {
        for c in 0..<3 {
          let a = sine(0.09 * Float(x) + phases[c]) * sine(0.07 * Float(y) + phases[3 + c])
          let b = sine(0.31 * Float(x) + phases[6 + c]) * sine(0.23 * Float(y) + phases[9 + c])
          canvas.append(128 + 70 * a + 35 * b)
        }
      }
    }
    self.canvas = canvas
  }

  /// - Parameter shift: pixels to the left.
  mutating func frame(shift: Int = 0, noise: Float = 0) throws -> OwnedPicture {
    let jitter = random.floats(3 * width * height, -1...1)
    var values: [Float] = []
    for y in 0..<height {
      for i in 0..<3 * width {
        let value = canvas[3 * (y * canvasWidth + shift) + i] + noise * jitter[3 * y * width + i]
        values.append(min(255, max(0, value.rounded())))
      }
    }
    return try OwnedPicture(bytes: values, width: width, height: height)
  }
}

/// Near enough for a pattern: Bhaskara's approximation.
private func sine(_ x: Float) -> Float {
  let turn = x - 6.2831853 * (x / 6.2831853).rounded(.down)
  let half = turn < 3.1415927 ? turn : turn - 3.1415927
  let value = 16 * half * (3.1415927 - half) / (49.348022 - 4 * half * (3.1415927 - half))
  return turn < 3.1415927 ? value : -value
}
