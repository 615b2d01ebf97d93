import AdaIN
import AdaINKernels

/// The encoder's first convolution on a batch of pictures, with ReLU, and its adjoint. Its filters are not
/// learnt.
final class FirstPass {
  private let weights: FirstWeights
  private let pictures: PictureBatch
  private let output: FeatureBatch
  private let adjoint: Adjoint?

  private struct Adjoint {
    /// (padded outputs, 32) for `TapProducts`: product 3 (3 i + j) + colour is tap (2 − i, 2 − j).
    let filters: AlignedBuffer
    /// Of which `TapGather` wants four.
    let none: AlignedBuffer
    let gradient: FeatureBatch
    let result: PictureBatch
  }

  /// - Parameters:
  ///   - gradient: where the gradient of the layer's sums will be, before ReLU.
  ///   - result: where that of the pictures goes.
  init(
    _ weights: ConvolutionWeights, pictures: PictureBatch, output: FeatureBatch,
    gradient: FeatureBatch? = nil,
    result: PictureBatch? = nil
  ) throws(AdaINError) {
    self.weights = try FirstWeights(weights)
    self.pictures = pictures
    self.output = output
    if let gradient, let result {
      let filters = try AlignedBuffer(weights.name, count: gradient.channels * panelWidth, zeroed: true)
      for k in 0..<weights.outputChannels {
        for colour in 0..<3 {
          for tap in 0..<9 {
            filters.floats[k * panelWidth + 3 * tap + colour] =
              weights.filters[(3 * k + colour) * 9 + 8 - tap]
          }
        }
      }
      adjoint = Adjoint(
        filters: filters, none: try AlignedBuffer(weights.name, count: 16, zeroed: true), gradient: gradient,
        result: result)
    } else {
      adjoint = nil
    }
  }

  func run(_ executor: Executor) {
    pictures.reflectColumns()
    let height = pictures.height
    executor.run(count: pictures.count * height) { item, _ in
      let (picture, y) = item.quotientAndRemainder(dividingBy: height)
      func row(_ y: Int) -> UnsafePointer<Float> {
        UnsafePointer(pictures.row(picture, reflected(y, height)) - 3)
      }
      executor.kernels.convolveFirst(
        FirstConvolution(
          row0: row(y - 1), row1: row(y), row2: row(y + 1), width: pictures.width,
          filters: weights.filters.floats,
          bias: weights.bias.floats, channels: weights.outputs, output: output.row(picture, y)))
    }
  }

  /// Rows that a thread makes at a time: the products of two more are made for them, again.
  private static let band = 16

  static func scratchCount(width: Int) -> Int {
    (band + 2) * (width + 4) * panelWidth + 3 * (width + 2) + channelBlock
  }

  /// From the gradient of the sums to that of the pictures.
  func runAdjoint(_ executor: Executor) {
    let a = adjoint!
    let (height, width) = (pictures.height, pictures.width)
    // Results have rows −1 ... height, of which reflection adds the outer ones to others: those of one band
    // may be another's, so a picture is one thread's.
    executor.run(count: pictures.count) { picture, slot in
      let products = executor.scratch(slot)
      let rowFloats = (width + 4) * panelWidth
      let line = products + (Self.band + 2) * rowFloats
      for y in 0..<height { a.result.row(picture, y).update(repeating: 0, count: 3 * width) }
      var first = -1
      while first <= height {
        let end = min(first + Self.band, height + 1)
        // Products of gradient rows first − 1 ... end; cells −2 ... width + 1.
        for (i, y) in (first - 1...end).enumerated() {
          let row = products + i * rowFloats
          guard 0..<height ~= y else {
            row.update(repeating: 0, count: rowFloats)
            continue
          }
          row.update(repeating: 0, count: 2 * panelWidth)
          (row + (width + 2) * panelWidth).update(repeating: 0, count: 2 * panelWidth)
          executor.kernels.multiplyTaps(
            TapProducts(
              input: a.gradient.row(picture, y), pixelStride: a.gradient.channels, width: width,
              channels: a.gradient.channels, filters: a.filters.floats, products: row + 2 * panelWidth))
        }
        for y in first..<end {
          let row0 = products + (y - first) * rowFloats
          executor.kernels.gatherTaps(
            TapGather(
              row0: row0, row1: row0 + rowFloats, row2: row0 + 2 * rowFloats, width: width + 2,
              bias: a.none.floats, output: line))
          let out = a.result.row(picture, reflected(y, height))
          for x in 0..<width + 2 {
            let at = 3 * reflected(x - 1, width)
            for colour in 0..<3 { out[at + colour] += line[3 * x + colour] }
          }
        }
        first = end
      }
    }
  }
}
