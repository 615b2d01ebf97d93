/// A 3×3 convolution behind reflection padding of 1, by definition and in double precision: what
/// the Winograd kernels and the direct ones are compared with.
///
///     input    (height, width, inputs)
///     weights  (outputs, inputs, 3, 3)
///     output   (height, width, outputs):  Σ input[y + i − 1, x + j − 1, c] · w[o, c, i, j] + bias[o]
public struct ConvolutionReference {
  public var width: Int
  public var height: Int
  public var inputs: Int
  public var outputs: Int
  public var weights: [Float]
  public var bias: [Float]

  public init(
    width: Int, height: Int, inputs: Int, outputs: Int, weights: [Float], bias: [Float]
  ) {
    self.width = width
    self.height = height
    self.inputs = inputs
    self.outputs = outputs
    self.weights = weights
    self.bias = bias
  }

  public func convolve(_ input: [Float], rectified: Bool) -> [Float] {
    // (9 taps, inputs, outputs): neighbouring outputs lie together.
    var taps = [Double](repeating: 0, count: weights.count)
    for o in 0..<outputs {
      for c in 0..<inputs {
        for tap in 0..<9 {
          taps[(tap * inputs + c) * outputs + o] = Double(weights[(o * inputs + c) * 9 + tap])
        }
      }
    }
    var result = [Float](repeating: 0, count: width * height * outputs)
    var sums = [Double](repeating: 0, count: outputs)
    for y in 0..<height {
      for x in 0..<width {
        for o in 0..<outputs { sums[o] = Double(bias[o]) }
        for tap in 0..<9 {
          let row = Self.reflected(y + tap / 3 - 1, height)
          let column = Self.reflected(x + tap % 3 - 1, width)
          for c in 0..<inputs {
            let value = Double(input[(row * width + column) * inputs + c])
            let filter = (tap * inputs + c) * outputs
            for o in 0..<outputs { sums[o] += value * taps[filter + o] }
          }
        }
        for o in 0..<outputs {
          let sum = rectified ? max(0, sums[o]) : sums[o]
          result[(y * width + x) * outputs + o] = Float(sum)
        }
      }
    }
    return result
  }

  /// −1 reads 1, n reads n − 2; an axis of length 1 repeats.
  static func reflected(_ index: Int, _ count: Int) -> Int {
    if count == 1 { return 0 }
    if index < 0 { return -index }
    return index < count ? index : 2 * count - 2 - index
  }

  /// 2×2 maximum pooling with stride 2 of (height, width, channels), both even.
  public static func pooled(_ input: [Float], width: Int, height: Int, channels: Int) -> [Float] {
    var result: [Float] = []
    for y in 0..<height / 2 {
      for x in 0..<width / 2 {
        for c in 0..<channels {
          func at(_ i: Int, _ j: Int) -> Float {
            input[((2 * y + i) * width + 2 * x + j) * channels + c]
          }
          result.append(max(max(at(0, 0), at(0, 1)), max(at(1, 0), at(1, 1))))
        }
      }
    }
    return result
  }

  /// Nearest-neighbour enlargement ×2 of (height, width, channels).
  public static func enlarged(_ input: [Float], width: Int, height: Int, channels: Int) -> [Float] {
    var result: [Float] = []
    for y in 0..<2 * height {
      for x in 0..<2 * width {
        let pixel = (y / 2 * width + x / 2) * channels
        result.append(contentsOf: input[pixel..<pixel + channels])
      }
    }
    return result
  }
}
