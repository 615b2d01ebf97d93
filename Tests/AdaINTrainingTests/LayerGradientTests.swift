import AdaINKernels
import Testing

@testable import AdaIN
@testable import AdaINTraining

/// The fast passes and their gradients against the definition, in double precision (`ConvolutionReference`).
@Suite("Gradients of layers") struct LayerGradientTests {
  struct Size: Sendable, CustomTestStringConvertible {
    let inputs: Int
    let outputs: Int
    let width: Int
    let height: Int
    let maps: Int
    var enlarged = false
    var testDescription: String {
      "\(inputs)→\(outputs) \(width)×\(height)×\(maps)\(enlarged ? " enlarged" : "")"
    }
  }

  /// Sizes on which the convolution runs.
  static let sizes = [
    Size(inputs: 5, outputs: 7, width: 2, height: 2, maps: 1),
    Size(inputs: 16, outputs: 32, width: 12, height: 6, maps: 2),
    Size(inputs: 20, outputs: 40, width: 13, height: 9, maps: 3),
    Size(inputs: 33, outputs: 16, width: 24, height: 40, maps: 2),
    Size(inputs: 20, outputs: 40, width: 4, height: 6, maps: 2, enlarged: true),
    Size(inputs: 48, outputs: 33, width: 30, height: 22, maps: 1, enlarged: true),
  ]

  @Test("to the map and to the filters", arguments: availableKernels, sizes)
  func adjoints(_ kernels: KernelSet, _ size: Size) throws {
    var random = SeededRandom(3)
    let scale = size.enlarged ? 2 : 1
    let (h, w) = (size.height / scale, size.width / scale)
    let weights = try ConvolutionWeights(
      name: "layer", inputChannels: size.inputs, outputChannels: size.outputs,
      weight: random.floats(size.outputs * size.inputs * 9), bias: random.floats(size.outputs))
    let executor = Executor(kernels: kernels.kernels, threads: 2)
    try executor.reserve(
      max(LayerPass.scratchCount(channels: 64), 2 * (size.width + 2) * 64))
    let layer = try WinogradLayer(weights, form: size.enlarged ? .enlarged : .plain, passesGradient: true)
    layer.pack(executor)
    let input = try FeatureBatch("x", count: size.maps, height: h, width: w, channels: size.inputs)
    let output = try FeatureBatch(
      "y", count: size.maps, height: size.height, width: size.width, channels: size.outputs)
    let gradient = try FeatureBatch(
      "dy", count: size.maps, height: size.height, width: size.width, channels: size.outputs)
    let padded = try FeatureBatch(
      "dx", count: size.maps, height: size.height + 2, width: size.width + 2, channels: size.inputs)
    let result = try FeatureBatch("dx", count: size.maps, height: h, width: w, channels: size.inputs)
    // Positive, so that ReLU before the layer lets everything through.
    fill(input, size.inputs) { random.floats(1, 0.1...1)[0] }
    fill(gradient, size.outputs) { random.floats(1)[0] }
    let zeros = try ZeroRow(count: (size.width + 4) * 64)
    let pass = try LayerPass(
      layer, input: input, output: output, gradient: gradient, padded: padded, zeros: zeros)

    pass.run(executor)
    pass.adjoint(executor)
    Folding(padded: padded, made: input, gradient: result, kind: size.enlarged ? .enlarged : .same).run(
      executor)
    let workspace = try Workspace("learning", count: pass.learningMemory)
    pass.learn(workspace, executor)

    // Against the definition, map by map; the filters' gradient is the sum over the maps.
    let p = layer.parameters
    var (filters, bias) = (
      [Float](repeating: 0, count: weights.weight.count), [Float](repeating: 0, count: size.outputs)
    )
    for map in 0..<size.maps {
      let x = values(input, map, size.inputs)
      let seen =
        size.enlarged ? ConvolutionReference.enlarged(x, width: w, height: h, channels: size.inputs) : x
      let reference = ConvolutionReference(
        width: size.width, height: size.height, inputs: size.inputs, outputs: size.outputs,
        weights: weights.weight,
        bias: weights.bias)
      let dy = values(gradient, map, size.outputs)
      #expect(
        relativeError(values(output, map, size.outputs), reference.convolve(seen, rectified: true)) < 2e-5)
      var dx = reference.inputGradient(dy)
      if size.enlarged { dx = reduced(dx, width: w, height: h, channels: size.inputs) }
      #expect(relativeError(values(result, map, size.inputs), dx) < 2e-5)
      let learnt = reference.parameterGradients(seen, dy)
      for i in filters.indices { filters[i] += learnt.filters[i] }
      for k in bias.indices { bias[k] += learnt.bias[k] }
    }
    #expect(relativeError(p.filters.gradient.array, filters) < 2e-5)
    #expect(relativeError(p.bias.gradient.array, bias) < 2e-5)
  }

  @Test("at the pixels", arguments: availableKernels, [(3, 2), (8, 16), (21, 17)])
  func pixels(_ kernels: KernelSet, _ sides: (Int, Int)) throws {
    var random = SeededRandom(5)
    let (w, h) = sides
    let channels = 20
    let executor = Executor(kernels: kernels.kernels, threads: 2)
    try executor.reserve(max(FirstPass.scratchCount(width: w), LastPass.scratchCount(width: w)))
    let pictures = try PictureBatch("p", count: 2, height: h, width: w)
    let dPictures = try PictureBatch("dp", count: 2, height: h, width: w)
    let maps = try FeatureBatch("x", count: 2, height: h, width: w, channels: channels)
    let dMaps = try FeatureBatch("dx", count: 2, height: h, width: w, channels: channels)
    func reference(_ weights: ConvolutionWeights) -> ConvolutionReference {
      ConvolutionReference(
        width: w, height: h, inputs: weights.inputChannels, outputs: weights.outputChannels,
        weights: weights.weight,
        bias: weights.bias)
    }

    let first = try ConvolutionWeights(
      name: "first", inputChannels: 3, outputChannels: channels, weight: random.floats(channels * 27),
      bias: random.floats(channels))
    for picture in 0..<2 {
      random.floats(3 * w * h).withUnsafeBufferPointer { pictures.set(picture, $0.baseAddress!) }
    }
    fill(dMaps, channels) { random.floats(1)[0] }
    let firstLayer = try FirstLayer(first)
    let firstPass = try FirstPass(
      firstLayer, pictures: pictures, output: maps, gradient: dMaps, result: dPictures, learns: true)
    firstPass.run(executor)
    firstPass.runAdjoint(executor)
    firstPass.learn(executor)
    expectGradients(firstLayer.parameters, reference(first)) { map in
      (pictures.pixels(map), values(dMaps, map, channels))
    }
    for picture in 0..<2 {
      #expect(
        relativeError(
          values(maps, picture, channels),
          reference(first).convolve(pictures.pixels(picture), rectified: true)) < 1e-5)
      #expect(
        relativeError(
          dPictures.pixels(picture), reference(first).inputGradient(values(dMaps, picture, channels))) < 1e-5)
    }

    let last = try ConvolutionWeights(
      name: "last", inputChannels: channels, outputChannels: 3, weight: random.floats(channels * 27),
      bias: random.floats(3))
    let padded = try FeatureBatch("dx", count: 2, height: h + 2, width: w + 2, channels: channels)
    for picture in 0..<2 {
      random.floats(3 * w * h).withUnsafeBufferPointer { dPictures.set(picture, $0.baseAddress!) }
    }
    fill(maps, channels) { random.floats(1, 0.1...1)[0] }
    let lastPass = try LastPass(last, input: maps, output: pictures, gradient: dPictures, padded: padded)
    lastPass.pack()
    lastPass.run(executor)
    lastPass.runAdjoint(executor)
    lastPass.learn(executor)
    Folding(padded: padded, made: maps, gradient: dMaps, kind: .same).run(executor)
    for picture in 0..<2 {
      let x = values(maps, picture, channels)
      let dy = dPictures.pixels(picture)
      #expect(relativeError(pictures.pixels(picture), reference(last).convolve(x, rectified: false)) < 1e-5)
      #expect(relativeError(values(dMaps, picture, channels), reference(last).inputGradient(dy)) < 1e-5)
    }
    expectGradients(lastPass.parameters, reference(last)) { map in
      (values(maps, map, channels), dPictures.pixels(map))
    }
  }

  /// Of a layer at the pixels, on two maps: what it reads and the gradient of what it makes.
  private func expectGradients(
    _ parameters: LayerParameters, _ reference: ConvolutionReference, _ map: (Int) -> ([Float], [Float])
  ) {
    var (filters, bias) = (parameters.filters.gradient.array, parameters.bias.gradient.array)
    for i in filters.indices { filters[i] = 0 }
    for k in bias.indices { bias[k] = 0 }
    for picture in 0..<2 {
      let (x, dy) = map(picture)
      let learnt = reference.parameterGradients(x, dy)
      for i in filters.indices { filters[i] += learnt.filters[i] }
      for k in bias.indices { bias[k] += learnt.bias[k] }
    }
    #expect(relativeError(parameters.filters.gradient.array, filters) < 1e-5)
    #expect(relativeError(parameters.bias.gradient.array, bias) < 1e-5)
  }

  @Test("each maximum's gradient goes to the first cell that has it") func maxima() throws {
    let executor = Executor(kernels: KernelSet.baseline.kernels, threads: 1)
    let made = try FeatureBatch("x", count: 1, height: 4, width: 4, channels: 1)
    let gradient = try FeatureBatch("dx", count: 1, height: 4, width: 4, channels: 1)
    let padded = try FeatureBatch("d", count: 1, height: 4, width: 4, channels: 1)
    // Windows: one largest, two equal, none above zero, the last one largest.
    let cells: [[Float]] = [[1, 2, 5, 5], [0, 1, 3, 0], [0, 0, 1, 2], [0, 0, 3, 4]]
    for y in 0..<4 { for x in 0..<4 { made.row(0, y)[16 * x] = cells[y][x] } }
    // The middle of the padded map is the pooled one; nothing was reflected.
    for (i, value) in [Float(10), 20, 30, 40].enumerated() {
      padded.row(0, 1 + i / 2)[16 * (1 + i % 2)] = value
    }
    let folding = Folding(padded: padded, made: made, gradient: gradient, kind: .pooled)
    try executor.reserve(folding.scratchCount)
    folding.run(executor)
    let expected: [[Float]] = [[0, 10, 20, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 40]]
    #expect((0..<4).map { y in (0..<4).map { x in gradient.row(0, y)[16 * x] } } == expected)
  }
}

let availableKernels = KernelSet.allCases.filter(\.isAvailable)

func fill(_ maps: FeatureBatch, _ channels: Int, _ value: () -> Float) {
  for map in 0..<maps.count {
    for y in 0..<maps.height {
      for x in 0..<maps.width {
        for c in 0..<channels { maps.row(map, y)[x * maps.channels + c] = value() }
      }
    }
  }
}

func values(_ maps: FeatureBatch, _ map: Int, _ channels: Int) -> [Float] {
  (0..<maps.height).flatMap { y in
    (0..<maps.width).flatMap { x in (0..<channels).map { maps.row(map, y)[x * maps.channels + $0] } }
  }
}

func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }

/// Sums of 2×2 cells: enlargement's adjoint.
func reduced(_ values: [Float], width: Int, height: Int, channels: Int) -> [Float] {
  var result = [Float](repeating: 0, count: width * height * channels)
  for y in 0..<2 * height {
    for x in 0..<2 * width {
      for c in 0..<channels {
        result[(y / 2 * width + x / 2) * channels + c] += values[(y * 2 * width + x) * channels + c]
      }
    }
  }
  return result
}

/// max|a − b| / max|b|.
func relativeError(_ a: [Float], _ b: [Float]) -> Float {
  precondition(a.count == b.count)
  let largest = b.reduce(0) { max($0, abs($1)) }
  let difference = zip(a, b).reduce(Float(0)) { $1.0.isFinite ? max($0, abs($1.0 - $1.1)) : .infinity }
  return difference / max(largest, .leastNormalMagnitude)
}
