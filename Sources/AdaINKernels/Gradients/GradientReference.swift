extension ConvolutionReference {
  /// The gradient of what the convolution read, from that of its sums, by definition and in double precision:
  /// each sum's gradient goes back to the nine cells that it saw, reflected ones among them.
  ///
  ///     gradient  (height, width, outputs)
  ///     result    (height, width, inputs)
  public func inputGradient(_ gradient: [Float]) -> [Float] {
    var result = [Double](repeating: 0, count: width * height * inputs)
    forEachTap { at, from, tap in
      for o in 0..<outputs {
        let value = Double(gradient[at * outputs + o])
        for c in 0..<inputs {
          result[from * inputs + c] += value * Double(weights[(o * inputs + c) * 9 + tap])
        }
      }
    }
    return result.map { Float($0) }
  }

  /// The gradients of filters, (outputs, inputs, 3, 3), and biases.
  public func parameterGradients(_ input: [Float], _ gradient: [Float]) -> (filters: [Float], bias: [Float]) {
    var filters = [Double](repeating: 0, count: weights.count)
    var bias = [Double](repeating: 0, count: outputs)
    forEachTap { at, from, tap in
      for o in 0..<outputs {
        let value = Double(gradient[at * outputs + o])
        if tap == 4 { bias[o] += value }
        for c in 0..<inputs {
          filters[(o * inputs + c) * 9 + tap] += value * Double(input[from * inputs + c])
        }
      }
    }
    return (filters.map { Float($0) }, bias.map { Float($0) })
  }

  private func forEachTap(_ body: (_ at: Int, _ from: Int, _ tap: Int) -> Void) {
    for y in 0..<height {
      for x in 0..<width {
        for tap in 0..<9 {
          let row = Self.reflected(y + tap / 3 - 1, height)
          let column = Self.reflected(x + tap % 3 - 1, width)
          body(y * width + x, row * width + column, tap)
        }
      }
    }
  }
}
