import AdaINKernels
import Testing

@testable import AdaIN

/// Several styles in one feature map against the blend's definition.
@Suite("Blended affine maps") struct BlendTests {
  /// Each 0…1, of a sum of at most 1 in each cell.
  private func weights(_ random: inout SeededRandom, cells: Int, maps: Int) -> [Float] {
    (0..<cells).flatMap { _ in
      let parts = random.floats(maps + 1, 0...1)
      return parts.dropLast().map { $0 / parts.reduce(0, +) }
    }
  }

  @Test("the blend", arguments: availableKernels, [1, 2, 5, 16])
  func blend(_ kernels: KernelSet, maps: Int) throws {
    for channels in [16, 48, 512] {
      for count in [1, 3, 40] {
        var random = SeededRandom(UInt64(channels * count + maps))
        let cells = random.floats(count * channels, -3...3)
        let weights = weights(&random, cells: count, maps: maps)
        let scales = random.floats(maps * channels, 0...4)
        let offsets = random.floats(maps * channels, -2...2)
        let expected = BlendReference(channels: channels, scales: scales, offsets: offsets)
          .apply(to: cells, weights: weights)
        let result = blended(kernels, cells, channels, weights: weights, scales, offsets)
        #expect(relativeError(result, expected) <= 1e-6, "\(count) cells of \(channels) channels")
      }
    }
  }

  @Test("one map of weight 1 is that map alone, bit for bit", arguments: availableKernels)
  func one(_ kernels: KernelSet) throws {
    let channels = 32
    var random = SeededRandom(3)
    let cells = random.floats(channels, -3...3)
    let scales = random.floats(3 * channels, 0...4)
    let offsets = random.floats(3 * channels, -2...2)
    let second = channels..<2 * channels
    #expect(
      blended(kernels, cells, channels, weights: [0, 1, 0], scales, offsets)
        == blended(kernels, cells, channels, weights: [1], Array(scales[second]), Array(offsets[second])))
  }

  private func blended(
    _ kernels: KernelSet, _ cells: [Float], _ channels: Int, weights: [Float], _ scales: [Float],
    _ offsets: [Float]
  ) -> [Float] {
    var cells = cells
    let count = cells.count / channels
    cells.withUnsafeMutableBufferPointer { cells in
      weights.withUnsafeBufferPointer { weights in
        scales.withUnsafeBufferPointer { scales in
          offsets.withUnsafeBufferPointer { offsets in
            kernels.kernels.blend(
              BlendedAffine(
                cells: cells.baseAddress!, cellCount: count, channels: channels, maps: weights.count / count,
                weights: weights.baseAddress!, scales: scales.baseAddress!, offsets: offsets.baseAddress!))
          }
        }
      }
    }
    return cells
  }
}
