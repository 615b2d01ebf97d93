import AdaIN
import AdaINKernels

/// The decoder's last convolution, from a map to pictures, without ReLU, and its two adjoints.
final class LastPass {
  let parameters: LayerParameters
  private let input: FeatureBatch
  private let output: PictureBatch
  private let gradient: PictureBatch
  private let padded: FeatureBatch
  /// (padded inputs, 32) for `TapProducts`.
  private let filters: AlignedBuffer
  private let bias: AlignedBuffer
  /// (panels, 27, 32) for `FirstConvolution`, turned.
  private let turned: AlignedBuffer
  private let none: AlignedBuffer
  private let partial: AlignedBuffer

  /// - Parameters:
  ///   - gradient: where the pictures' gradient will be, between zeros.
  ///   - padded: where that of the map goes, a cell larger on each side.
  init(
    _ weights: ConvolutionWeights, input: FeatureBatch, output: PictureBatch, gradient: PictureBatch,
    padded: FeatureBatch
  ) throws(AdaINError) {
    parameters = try LayerParameters(weights)
    self.input = input
    self.output = output
    self.gradient = gradient
    self.padded = padded
    filters = try AlignedBuffer(weights.name, count: input.channels * panelWidth, zeroed: true)
    bias = try AlignedBuffer(weights.name, count: 16, zeroed: true)
    turned = try AlignedBuffer(
      weights.name, count: panelCount(input.channels) * 27 * panelWidth, zeroed: true)
    none = try AlignedBuffer(weights.name, count: panelCount(input.channels) * panelWidth, zeroed: true)
    partial = try AlignedBuffer(
      weights.name, count: input.count * Self.bands * input.channels * panelWidth, zeroed: true)
  }

  /// Ready the filters for the kernels: after each change.
  func pack() {
    let p = parameters
    for colour in 0..<3 { bias.floats[colour] = p.bias.values[colour] }
    for channel in 0..<p.inputs {
      let (panel, column) = channel.quotientAndRemainder(dividingBy: panelWidth)
      for colour in 0..<3 {
        for tap in 0..<9 {
          let value = p.filters.values[(colour * p.inputs + channel) * 9 + tap]
          filters.floats[channel * panelWidth + 3 * tap + colour] = value
          turned.floats[(panel * 27 + 3 * (8 - tap) + colour) * panelWidth + column] = value
        }
      }
    }
  }

  /// Rows that a thread makes at a time.
  private static let band = 16
  /// Parts of a picture whose filters' gradients are summed apart.
  private static let bands = 8

  static func scratchCount(width: Int) -> Int {
    (band + 2) * (width + 2) * panelWidth + 3 * width + channelBlock
  }

  func run(_ executor: Executor) {
    let (height, width) = (input.height, input.width)
    let bands = (height + Self.band - 1) / Self.band
    executor.run(count: input.count * bands) { item, slot in
      let (map, band) = item.quotientAndRemainder(dividingBy: bands)
      let rows = Self.band * band..<min(height, Self.band * (band + 1))
      let products = executor.scratch(slot)
      let rowFloats = (width + 2) * panelWidth
      let line = products + (Self.band + 2) * rowFloats
      for (i, y) in (rows.lowerBound - 1...rows.upperBound).enumerated() {
        let row = products + i * rowFloats
        executor.kernels.multiplyTaps(
          TapProducts(
            input: input.row(map, reflected(y, height)), pixelStride: input.channels, width: width,
            channels: input.channels, filters: filters.floats, products: row + panelWidth))
        row.update(from: row + (reflected(-1, width) + 1) * panelWidth, count: panelWidth)
        (row + (width + 1) * panelWidth).update(
          from: row + (reflected(width, width) + 1) * panelWidth, count: panelWidth)
      }
      for y in rows {
        let row0 = products + (y - rows.lowerBound) * rowFloats
        executor.kernels.gatherTaps(
          TapGather(
            row0: row0, row1: row0 + rowFloats, row2: row0 + 2 * rowFloats, width: width, bias: bias.floats,
            output: line))
        output.row(map, y).update(from: line, count: 3 * width)
      }
    }
  }

  /// From the pictures' gradient to that of the map.
  func runAdjoint(_ executor: Executor) {
    executor.run(count: padded.count * padded.height) { item, _ in
      let (map, y) = item.quotientAndRemainder(dividingBy: padded.height)
      // Cell x of the result reads columns x − 2 ... x.
      func row(_ y: Int) -> UnsafePointer<Float> { UnsafePointer(gradient.row(map, y) - 6) }
      executor.kernels.convolveFirst(
        FirstConvolution(
          row0: row(y - 2), row1: row(y - 1), row2: row(y), width: padded.width, filters: turned.floats,
          bias: none.floats, channels: padded.channels, output: padded.row(map, y), floor: -.infinity))
    }
  }

  static func learningScratch(width: Int) -> Int { (width + 2) * panelWidth }

  /// The gradients of filters and biases.
  func learn(_ executor: Executor) {
    let (height, width, channels) = (input.height, input.width, input.channels)
    let size = channels * panelWidth
    executor.run(count: input.count * Self.bands) { item, slot in
      let (map, band) = item.quotientAndRemainder(dividingBy: Self.bands)
      let sums = partial.floats + item * size
      sums.update(repeating: 0, count: size)
      let taps = executor.scratch(slot)
      // Row y of the padded map, −1 ... height.
      let first = (height + 2) * band / Self.bands - 1
      let end = (height + 2) * (band + 1) / Self.bands - 1
      for y in first..<end {
        // Of each cell −1 ... width, what it gave to: tap (i, j) to output (y − i + 1, x − j + 1).
        for x in -1...width {
          let to = taps + (x + 1) * panelWidth
          for i in 0..<3 {
            let row = gradient.row(map, min(max(y - i + 1, -2), height + 1)) + 3 * (x + 1)
            for j in 0..<3 {
              for colour in 0..<3 { to[3 * (3 * i + j) + colour] = row[colour - 3 * j] }
            }
          }
          for i in 27..<panelWidth { to[i] = 0 }
        }
        let row = input.row(map, reflected(y, height))
        func add(_ x: Int, _ count: Int, tapsAt: Int) {
          executor.kernels.multiplyTransposed(
            TransposedProduct(
              a: row + x * channels, aStride: channels, rows: channels, b: taps + tapsAt * panelWidth,
              bStride: panelWidth, steps: count, out: sums, outStride: panelWidth, adds: true))
        }
        add(reflected(-1, width), 1, tapsAt: 0)
        add(0, width, tapsAt: 1)
        add(reflected(width, width), 1, tapsAt: width + 1)
      }
    }
    let p = parameters
    for item in 1..<input.count * Self.bands {
      for i in 0..<size { partial.floats[i] += partial.floats[item * size + i] }
    }
    for channel in 0..<p.inputs {
      for colour in 0..<3 {
        for tap in 0..<9 {
          p.filters.gradient[(colour * p.inputs + channel) * 9 + tap] =
            partial.floats[channel * panelWidth + 3 * tap + colour]
        }
      }
    }
    for colour in 0..<3 {
      var sum = 0.0
      for map in 0..<input.count {
        for y in 0..<height {
          let row = gradient.row(map, y)
          for x in 0..<width { sum += Double(row[3 * x + colour]) }
        }
      }
      p.bias.gradient[colour] = Float(sum)
    }
  }
}
