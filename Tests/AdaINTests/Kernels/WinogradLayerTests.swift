import Testing

@testable import AdaIN

/// Winograd layers against the convolution's definition: max|a − b| / max|b| ≤ 1e-4.
@Suite("Winograd layers") struct WinogradLayerTests {
  static let tolerance: Float = 1e-4

  @Test("every width and height from 1 to 40, narrow", arguments: availableKernels)
  func everySmallSize(_ kernels: KernelSet) throws {
    var worst: Float = 0
    for height in 1...40 {
      for width in 1...40 {
        let layer = try LayerHarness(
          inputs: 16, outputs: 16, width: width, height: height, seed: UInt64(height * 64 + width))
        let error = relativeError(try layer.fast(kernels), layer.reference)
        #expect(error <= Self.tolerance, "\(width) x \(height)")
        worst = max(worst, error)
      }
    }
    print("\(kernels): largest relative error over 1600 sizes \(worst)")
  }

  @Test("pooled and enlarged layers of every even size to 40", arguments: availableKernels)
  func pooledAndEnlarged(_ kernels: KernelSet) throws {
    for height in stride(from: 2, through: 40, by: 2) {
      for width in stride(from: 2, through: 40, by: 2) {
        let seed = UInt64(height * 64 + width)
        let pooled = try LayerHarness(
          inputs: 16, outputs: 16, width: width, height: height, pooled: true, seed: seed)
        #expect(
          relativeError(try pooled.fast(kernels), pooled.reference) <= Self.tolerance,
          "pooled \(width) x \(height)")
        let enlarged = try LayerHarness(
          inputs: 16, outputs: 16, width: width, height: height, upsampled: true, seed: seed)
        #expect(
          relativeError(try enlarged.fast(kernels), enlarged.reference) <= Self.tolerance,
          "enlarged \(width) x \(height)")
      }
    }
  }

  @Test(
    "every channel pair of the network at ten seeded sizes", arguments: availableKernels,
    [
      (64, 64), (64, 128), (128, 128), (128, 256), (256, 256), (256, 512), (512, 256), (256, 128),
      (128, 64),
    ])
  func channelPairs(_ kernels: KernelSet, _ pair: (Int, Int)) throws {
    var random = SeededRandom(UInt64(pair.0 * 1024 + pair.1))
    for _ in 0..<10 {
      let layer = try LayerHarness(
        inputs: pair.0, outputs: pair.1, width: .random(in: 1...20, using: &random),
        height: .random(in: 1...20, using: &random), seed: random.next())
      let error = relativeError(try layer.fast(kernels, threads: 2), layer.reference)
      #expect(error <= Self.tolerance, "\(layer.width) x \(layer.height)")
    }
  }

  @Test("widths that are no multiple of a vector", arguments: availableKernels)
  func oddChannels(_ kernels: KernelSet) throws {
    for (inputs, outputs) in [(1, 1), (3, 5), (17, 33), (24, 40), (40, 48), (48, 24)] {
      let layer = try LayerHarness(
        inputs: inputs, outputs: outputs, width: 19, height: 13, seed: UInt64(inputs))
      let error = relativeError(try layer.fast(kernels), layer.reference)
      #expect(error <= Self.tolerance, "\(inputs) → \(outputs)")
    }
  }

  @Test("a rectangle of a layer is that part of the whole, bit for bit", arguments: availableKernels)
  func rectangles(_ kernels: KernelSet) throws {
    var random = SeededRandom(7)
    for i in 0..<60 {
      let layer = try LayerHarness(
        inputs: 16, outputs: 32, width: 2 * .random(in: 1...40, using: &random),
        height: 2 * .random(in: 1...40, using: &random), upsampled: i % 3 == 1, pooled: i % 3 == 2,
        seed: random.next())
      let whole = try layer.fast(kernels)
      let x = Int.random(in: 0..<layer.outputWidth, using: &random)
      let y = Int.random(in: 0..<layer.outputHeight, using: &random)
      let columns = x..<Int.random(in: x + 1...layer.outputWidth, using: &random)
      let rows = y..<Int.random(in: y + 1...layer.outputHeight, using: &random)
      let part = try layer.fast(
        kernels, threads: i % 3 + 1, columns: columns, rows: rows, quantum: i % 4 + 1)
      var expected: [Float] = []
      for row in rows {
        let begin = (row * layer.outputWidth + columns.lowerBound) * 32
        expected += whole[begin..<begin + columns.count * 32]
      }
      #expect(part == expected, "\(columns) x \(rows) of \(layer.outputWidth) x \(layer.outputHeight)")
    }
  }
}
