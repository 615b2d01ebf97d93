import AdaINKernels
import Foundation
import Testing

@testable import AdaIN

/// What `make asan` must find: that AddressSanitizer watches the kernels, too, though they are compiled
/// without checks and inlined into the targets of their instruction sets.
@Suite("Planted") struct PlantedTests {
  @Test(
    "a planted over-read: cells that are one fewer than said",
    .enabled(if: ProcessInfo.processInfo.environment["ADAIN_PLANT_OVER_READ"] != nil))
  func overRead() {
    let channels = 16
    let cells = UnsafeMutablePointer<Float>.allocate(capacity: channels)
    cells.initialize(repeating: 1, count: channels)
    let numbers = [Float](repeating: 0.5, count: 2 * channels)
    numbers.withUnsafeBufferPointer {
      availableKernels[0].kernels.blend(
        BlendedAffine(
          cells: cells, cellCount: 2, channels: channels, maps: 1, weights: $0.baseAddress!,
          scales: $0.baseAddress!, offsets: $0.baseAddress!))
    }
    cells.deallocate()
  }
}
