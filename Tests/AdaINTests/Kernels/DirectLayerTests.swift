import AdaINKernels
import Testing

@testable import AdaIN

/// The first and the last layer against the convolution's definition.
@Suite("Direct layers") struct DirectLayerTests {
  /// The stages work on extended sizes: multiples of 8.
  static let sizes = [(8, 8), (16, 8), (8, 24), (40, 16), (136, 32), (264, 8)]

  @Test("the first convolution", arguments: availableKernels)
  func first(_ kernels: KernelSet) throws {
    for (width, height) in Self.sizes {
      for outputs in [8, 16, 24, 64] {
        var random = SeededRandom(UInt64(width * height + outputs))
        let weights = try ConvolutionWeights(
          name: "first", inputChannels: 3, outputChannels: outputs,
          weight: random.floats(outputs * 27), bias: random.floats(outputs))
        var pixels = random.floats(width * height * 3, 0...1)
        let expected = ConvolutionReference(
          width: width, height: height, inputs: 3, outputs: outputs, weights: weights.weight,
          bias: weights.bias
        ).convolve(pixels, rectified: true)

        let rows = try allocated(x: -1, width: width + 2, channels: 3, capacity: height)
        let output = try allocated(x: 0, width: width, channels: paddedChannels(outputs), capacity: height)
        let source = PixelStage(width: width, height: height, output: rows, quantum: 5)
        let stage = FirstStage(
          try FirstWeights(weights), width: width, height: height, input: rows, output: output,
          quantum: 7)
        try pixels.withUnsafeMutableBytes { bytes in
          let view = try PixelView(
            "pixels", data: bytes.baseAddress, width: width, height: height, format: .float32,
            channels: 3)
          source.setSource(PixelReader(view, name: "pixels"), firstRow: 0)
          let executor = Executor(kernels: kernels.kernels, threads: 2)
          try Pipeline([source, stage], executor: executor).advance(
            sourceLimit: .max, progress: nil)
        }
        var result: [Float] = []
        for y in 0..<height {
          for x in 0..<width {
            result += UnsafeBufferPointer(
              start: output.row(y) + x * output.channels, count: outputs)
          }
        }
        #expect(relativeError(result, expected) <= 1e-4, "\(width) x \(height), \(outputs)")
      }
    }
  }

  @Test("the last convolution, whole and in rectangles", arguments: availableKernels)
  func last(_ kernels: KernelSet) throws {
    for (width, height) in Self.sizes + [(1, 1), (3, 2), (131, 5)] {
      for inputs in [8, 16, 64] {
        var random = SeededRandom(UInt64(width * height + inputs))
        let weights = try ConvolutionWeights(
          name: "last", inputChannels: inputs, outputChannels: 3,
          weight: random.floats(inputs * 27), bias: random.floats(3))
        let values = random.floats(width * height * inputs, 0...1)
        let expected = ConvolutionReference(
          width: width, height: height, inputs: inputs, outputs: 3, weights: weights.weight,
          bias: weights.bias
        ).convolve(values, rectified: false)
        let input = try featureRows(values, width: width, height: height, channels: inputs)

        func run(_ columns: Range<Int>, _ rows: Range<Int>, threads: Int) throws -> [Float] {
          var result = [Float](repeating: .nan, count: columns.count * rows.count * 3)
          try result.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let out = buffer.baseAddress!
            let stage = LastStage(
              try LastWeights(weights), width: width, height: height, columns: columns, rows: rows,
              input: input, quantum: 3
            ) { y, x, count, rgb in
              let offset = (y - rows.lowerBound) * columns.count + x - columns.lowerBound
              (out + 3 * offset).update(from: rgb, count: 3 * count)
            }
            let executor = Executor(kernels: kernels.kernels, threads: threads)
            try executor.reserve(LastStage.scratchCount)
            try Pipeline([stage], executor: executor).advance(sourceLimit: .max, progress: nil)
          }
          return result
        }
        let whole = try run(0..<width, 0..<height, threads: 1)
        #expect(relativeError(whole, expected) <= 1e-4, "\(width) x \(height), \(inputs)")
        let columns = width / 3..<max(width / 3 + 1, width - 1)
        let rows = height / 2..<height
        var part: [Float] = []
        for y in rows {
          part += whole[3 * (y * width + columns.lowerBound)..<3 * (y * width + columns.upperBound)]
        }
        #expect(try run(columns, rows, threads: 3) == part)
      }
    }
  }
}
