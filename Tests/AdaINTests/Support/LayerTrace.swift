import AdaINKernels

@testable import AdaIN

/// Every layer's output by the stages that the engine runs, one layer at a time and whole.
struct LayerTrace {
  /// (name, channels first as PyTorch has them); convolutions before pooling.
  private(set) var layers: [(name: String, values: [Float])] = []
  private let network: PackedNetwork
  private let executor: Executor

  init(_ model: Model) throws {
    network = model.network
    executor = Executor(kernels: network.kernels, threads: 2)
    try executor.reserve(network.scratchCount)
  }

  mutating func encode(_ picture: PixelView, channels: (String) -> Int) throws -> FeatureRows {
    let width = extended(picture.width)
    let height = extended(picture.height)
    let rows = try allocated(x: -1, width: width + 2, channels: 3, capacity: height)
    let source = PixelStage(
      width: picture.width, height: picture.height, output: rows, quantum: height)
    source.setSource(PixelReader(picture, name: "picture"), firstRow: 0)
    var output = try allocated(x: 0, width: width, channels: network.first.outputs, capacity: height)
    let first = FirstStage(
      network.first, width: width, height: height, input: rows, output: output, quantum: height)
    try Pipeline([source, first], executor: executor).advance(sourceLimit: .max, progress: nil)
    keep("encoder.conv1_1", output, height: height, channels: channels)

    for (convolution, pooled) in zip(network.encoder, network.encoderPooling) {
      let whole = try run(convolution, output, pooled: false)
      keep(convolution.name, whole, height: whole.available, channels: channels)
      output =
        pooled ? try run(convolution, output, pooled: true) : whole
    }
    return output
  }

  mutating func decode(
    _ features: FeatureRows, affine: ChannelAffine, channels: (String) -> Int
  ) throws {
    var output = features
    for (i, convolution) in network.decoder.enumerated() {
      output = try run(convolution, output, pooled: false, affine: i == 0 ? affine : nil)
      keep(convolution.name, output, height: output.available, channels: channels)
    }
    let width = output.width
    let height = output.available
    var pixels = [Float](repeating: 0, count: 3 * width * height)
    try pixels.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer.baseAddress!
      let last = LastStage(
        network.last, width: width, height: height, columns: 0..<width, rows: 0..<height,
        input: output, quantum: height
      ) { y, x, count, rgb in
        for i in 0..<count {
          for c in 0..<3 { out[(c * height + y) * width + x + i] = rgb[3 * i + c] }
        }
      }
      try Pipeline([last], executor: executor).advance(sourceLimit: .max, progress: nil)
    }
    layers.append(("decoder.conv1_1", pixels))
  }

  private func run(
    _ convolution: WinogradConvolution, _ input: FeatureRows, pooled: Bool,
    affine: ChannelAffine? = nil
  ) throws -> FeatureRows {
    let scale = convolution.form == .enlarged ? 2 : 1
    let (width, height) = (input.width * scale, input.available * scale)
    let size = pooled ? (width / 2, height / 2) : (width, height)
    let geometry = TileGeometry(
      width: width, height: height, form: convolution.form, pooled: pooled,
      outputColumns: 0..<size.0, outputRows: 0..<size.1)
    let output = try allocated(
      x: 0, width: size.0, channels: convolution.outputs,
      capacity: geometry.tileRows.count * geometry.side)
    let stage = try WinogradStage(
      convolution, geometry, input: input, output: output, affine: affine, quantum: 3)
    try Pipeline([stage], executor: executor).advance(sourceLimit: .max, progress: nil)
    return output
  }

  private mutating func keep(
    _ name: String, _ rows: FeatureRows, height: Int, channels: (String) -> Int
  ) {
    layers.append((name, channelsFirst(rows, height: height, channels: channels(name))))
  }
}

/// (channels, height, width), as PyTorch has them.
func channelsFirst(_ rows: FeatureRows, height: Int, channels: Int) -> [Float] {
  var values: [Float] = []
  for c in 0..<channels {
    for y in 0..<height {
      for x in 0..<rows.width { values.append(rows.row(y)[x * rows.channels + c]) }
    }
  }
  return values
}

extension FeatureStore {
  /// The whole map, read back.
  func allRows() throws -> FeatureRows {
    let rows = try allocated(x: 0, width: width, channels: channels, capacity: height)
    let scratch = try AlignedBuffer("scratch", count: Self.scratchCount)
    for y in 0..<height {
      try read(row: y, columns: 0..<width, into: rows.row(y), scratch: scratch.floats)
    }
    rows.available = height
    return rows
  }
}
