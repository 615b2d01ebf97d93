import AdaINKernels

@testable import AdaIN

/// One layer with random weights and input, run by the engine's stages and by the reference.
struct LayerHarness {
  let width: Int
  let height: Int
  let weights: ConvolutionWeights
  /// (height, width, inputs) of the stage's input: before enlargement.
  let input: [Float]
  let upsampled: Bool
  let pooled: Bool

  /// `width` × `height` is the size of the convolution: after enlargement, before pooling.
  init(
    inputs: Int, outputs: Int, width: Int, height: Int, upsampled: Bool = false,
    pooled: Bool = false, seed: UInt64
  ) throws {
    var random = SeededRandom(seed)
    self.width = width
    self.height = height
    self.upsampled = upsampled
    self.pooled = pooled
    weights = try ConvolutionWeights(
      name: "layer", inputChannels: inputs, outputChannels: outputs,
      weight: random.floats(outputs * inputs * 9), bias: random.floats(outputs))
    let scale = upsampled ? 2 : 1
    input = random.floats(width / scale * (height / scale) * inputs, 0...1)
  }

  /// The whole layer by definition: (rows, columns, outputs), pooled if the layer is.
  var reference: [Float] {
    var values = input
    if upsampled {
      values = ConvolutionReference.enlarged(
        values, width: width / 2, height: height / 2, channels: weights.inputChannels)
    }
    values = ConvolutionReference(
      width: width, height: height, inputs: weights.inputChannels,
      outputs: weights.outputChannels, weights: weights.weight, bias: weights.bias
    ).convolve(values, rectified: true)
    if pooled {
      values = ConvolutionReference.pooled(
        values, width: width, height: height, channels: weights.outputChannels)
    }
    return values
  }

  var outputWidth: Int { pooled ? width / 2 : width }
  var outputHeight: Int { pooled ? height / 2 : height }

  /// A rectangle of the layer's output by the fast path, in steps of `quantum` rows of tiles.
  func fast(
    _ kernels: KernelSet, threads: Int = 1, columns: Range<Int>? = nil, rows: Range<Int>? = nil,
    quantum: Int = 2
  ) throws -> [Float] {
    let columns = columns ?? 0..<outputWidth
    let rows = rows ?? 0..<outputHeight
    let form: WinogradForm = upsampled ? .enlarged : .plain
    let geometry = TileGeometry(
      width: width, height: height, form: form, pooled: pooled, outputColumns: columns,
      outputRows: rows)
    let convolution = try WinogradConvolution(weights, form: form, packing: .once)
    for panel in 0..<convolution.panels {
      convolution.pack(weights, panel: panel, kernels: kernels.kernels)
    }
    let source = try featureRows(
      input, width: upsampled ? width / 2 : width, height: upsampled ? height / 2 : height,
      channels: weights.inputChannels)
    let made = geometry.outputColumns
    let output = try allocated(
      x: made.lowerBound, width: made.count, channels: convolution.outputs,
      capacity: (geometry.tileRows.count + 1) * geometry.side)
    let stage = try WinogradStage(
      convolution, geometry, input: source, output: output, quantum: quantum)
    let executor = Executor(kernels: kernels.kernels, threads: threads)
    try executor.reserve(WinogradStage.scratchCount(convolution))
    try Pipeline([stage], executor: executor).advance(sourceLimit: .max, progress: nil)

    var result: [Float] = []
    for y in rows {
      for x in columns {
        let pixel = output.row(y) + (x - output.x) * output.channels
        result += UnsafeBufferPointer(start: pixel, count: weights.outputChannels)
      }
    }
    return result
  }
}

/// Feature rows with the given values; channels beyond the layer's own are zero, as layers leave
/// them.
func featureRows(_ values: [Float], width: Int, height: Int, channels: Int) throws -> FeatureRows {
  let rows = try allocated(x: 0, width: width, channels: paddedChannels(channels), capacity: height)
  for y in 0..<height {
    for x in 0..<width {
      let pixel = rows.row(y) + x * rows.channels
      for c in 0..<rows.channels {
        pixel[c] = c < channels ? values[(y * width + x) * channels + c] : 0
      }
    }
  }
  rows.available = height
  return rows
}

/// Rows with memory of their own.
func allocated(x: Int, width: Int, channels: Int, capacity: Int) throws -> FeatureRows {
  let rows = FeatureRows(x: x, width: width, channels: channels, capacity: capacity)
  try FeatureRows.allocate("rows", [rows])
  return rows
}

/// The instruction sets of this machine.
let availableKernels = KernelSet.allCases.filter(\.isAvailable)
