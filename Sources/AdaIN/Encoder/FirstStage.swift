import AdaINKernels

/// The encoder's first convolution, from pixels to features, with ReLU; a unit is a row.
final class FirstStage: Stage {
  let name = "encoder.conv1_1"
  let units: Range<Int>
  var next = 0
  let quantum: Int
  let unitCost: Double
  let input: FeatureRows?
  let output: FeatureRows?

  private let weights: FirstWeights
  private let height: Int
  private let width: Int

  /// `input` begins with the reflected pixel at −1, as PixelStage makes it.
  init(
    _ weights: FirstWeights, width: Int, height: Int, input: FeatureRows, output: FeatureRows,
    quantum: Int
  ) {
    self.weights = weights
    self.width = width
    self.height = height
    self.input = input
    self.output = output
    self.quantum = quantum
    units = 0..<height
    unitCost = Double(width * 27 * weights.outputs)
  }

  func inputRows(through unit: Int) -> Int { min(height, unit + 1) }
  func firstInputRow(of unit: Int) -> Int { max(0, unit - 1) }
  func outputRows(through unit: Int) -> Int { unit }

  func run(_ units: Range<Int>, on executor: Executor) {
    let input = input!
    let output = output!
    executor.run(count: units.count) { item, _ in
      let y = units.lowerBound + item
      executor.kernels.convolveFirst(
        FirstConvolution(
          row0: input.row(reflected(y - 1, height)), row1: input.row(y),
          row2: input.row(reflected(y + 1, height)), width: width,
          filters: weights.filters.floats, bias: weights.bias.floats,
          channels: weights.outputs, output: output.row(y)))
    }
  }
}
