import AdaIN
import AdaINKernels

/// The encoder's first convolution on a batch of pictures, with ReLU, and its adjoints to the pictures and to the
/// filters.
final class FirstPass {
  private let layer: FirstLayer
  private let pictures: PictureBatch
  private let output: FeatureBatch
  private let gradient: FeatureBatch?
  private let result: PictureBatch?
  /// Of which `TapGather` wants four.
  private let none: AlignedBuffer
  /// Filters' and biases' gradients of each picture's bands of rows.
  private let partial: AlignedBuffer?

  /// - Parameters:
  ///   - gradient: where the gradient of the layer's sums will be, before ReLU.
  ///   - result: where that of the pictures goes; nil if nobody asks for it.
  ///   - learns: whether the filters' gradient is asked for.
  init(
    _ layer: FirstLayer, pictures: PictureBatch, output: FeatureBatch, gradient: FeatureBatch? = nil,
    result: PictureBatch? = nil, learns: Bool = false
  ) throws(AdaINError) {
    self.layer = layer
    self.pictures = pictures
    self.output = output
    self.gradient = gradient
    self.result = result
    none = try AlignedBuffer("biases", count: 16, zeroed: true)
    partial =
      learns
      ? try AlignedBuffer("filters' gradients", count: pictures.count * Self.bands * Self.sums(output)) : nil
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
          filters: layer.forward.filters.floats,
          bias: layer.forward.bias.floats, channels: layer.forward.outputs, output: output.row(picture, y)))
    }
  }

  /// Rows that a thread makes at a time: the products of two more are made for them, again.
  private static let band = 16

  static func scratchCount(width: Int) -> Int {
    (band + 2) * (width + 4) * panelWidth + 3 * (width + 2) + channelBlock
  }

  /// From the gradient of the sums to that of the pictures.
  func runAdjoint(_ executor: Executor) {
    let (gradient, result) = (gradient!, result!)
    let (height, width) = (pictures.height, pictures.width)
    // Results have rows −1 ... height, of which reflection adds the outer ones to others: those of one band
    // may be another's, so a picture is one thread's.
    executor.run(count: pictures.count) { picture, slot in
      let products = executor.scratch(slot)
      let rowFloats = (width + 4) * panelWidth
      let line = products + (Self.band + 2) * rowFloats
      for y in 0..<height { result.row(picture, y).update(repeating: 0, count: 3 * width) }
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
              input: gradient.row(picture, y), pixelStride: gradient.channels, width: width,
              channels: gradient.channels, filters: layer.turned.floats, products: row + 2 * panelWidth))
        }
        for y in first..<end {
          let row0 = products + (y - first) * rowFloats
          executor.kernels.gatherTaps(
            TapGather(
              row0: row0, row1: row0 + rowFloats, row2: row0 + 2 * rowFloats, width: width + 2,
              bias: none.floats, output: line))
          let out = result.row(picture, reflected(y, height))
          for x in 0..<width + 2 {
            let at = 3 * reflected(x - 1, width)
            for colour in 0..<3 { out[at + colour] += line[3 * x + colour] }
          }
        }
        first = end
      }
    }
  }

  /// Bands of rows whose sums are made one by one, and then added: always as many, or bytes would depend on the
  /// number of threads.
  private static let bands = 4

  /// Floats of a band's sums: 27 taps and the bias, for each panel.
  private static func sums(_ output: FeatureBatch) -> Int { panelCount(output.channels) * 28 * panelWidth }

  /// The gradients of filters and biases. Of the pictures' columns the reflected ones are those of `run`.
  func learn(_ executor: Executor) {
    let (gradient, partial) = (gradient!, partial!)
    let (height, width) = (pictures.height, pictures.width)
    let size = Self.sums(output)
    let panels = panelCount(gradient.channels)
    executor.run(count: pictures.count * Self.bands) { item, _ in
      let (picture, band) = item.quotientAndRemainder(dividingBy: Self.bands)
      let sums = partial.floats + item * size
      sums.update(repeating: 0, count: size)
      for y in height * band / Self.bands..<height * (band + 1) / Self.bands {
        for panel in 0..<panels {
          // A panel that sticks out reads the next cell's channels too, for sums that nobody looks at.
          let row = gradient.row(picture, y) + panel * panelWidth
          let out = sums + panel * 28 * panelWidth
          for i in 0..<3 {
            executor.kernels.multiplyTransposed(
              TransposedProduct(
                a: pictures.row(picture, reflected(y + i - 1, height)) - 3, aStride: 3, rows: 9, b: row,
                bStride: gradient.channels, steps: width, out: out + 9 * i * panelWidth,
                outStride: panelWidth,
                adds: true))
          }
          var bias = (Block(), Block())
          for x in 0..<width {
            let cell = (row + x * gradient.channels).blocks
            bias.0 += cell[0]
            if gradient.channels - panel * panelWidth > 16 { bias.1 += cell[1] }
          }
          let total = (out + 27 * panelWidth).blocks
          total[0] += bias.0
          total[1] += bias.1
        }
      }
    }
    for item in 1..<pictures.count * Self.bands {
      for i in 0..<size { partial.floats[i] += partial.floats[item * size + i] }
    }
    let p = layer.parameters
    for k in 0..<p.outputs {
      let sums = partial.floats + (k / panelWidth * 28 * panelWidth + k % panelWidth)
      for tap in 0..<9 {
        for colour in 0..<3 {
          p.filters.gradient[(3 * k + colour) * 9 + tap] = sums[(3 * tap + colour) * panelWidth]
        }
      }
      p.bias.gradient[k] = sums[27 * panelWidth]
    }
  }
}
