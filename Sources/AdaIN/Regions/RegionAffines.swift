import AdaINKernels

/// One affine map for each style, and how they are blended in every cell.
final class RegionAffines: @unchecked Sendable {
  private let weights: RegionWeights
  private let channels: Int
  /// (styles, channels).
  private let scales: AlignedBuffer
  private let offsets: AlignedBuffer

  init(_ maps: [ChannelAffine], weights: RegionWeights, channels: Int) throws(AdaINError) {
    self.weights = weights
    self.channels = channels
    scales = try AlignedBuffer("the affine maps", count: maps.count * channels)
    offsets = try AlignedBuffer("the affine maps", count: maps.count * channels)
    for (i, map) in maps.enumerated() {
      (scales.floats + i * channels).update(from: map.scale.floats, count: channels)
      (offsets.floats + i * channels).update(from: map.offset.floats, count: channels)
    }
  }

  /// Blend the cells of row `y`, in place.
  func apply(
    row y: Int, columns: Range<Int>, cells: UnsafeMutablePointer<Float>, kernels: KernelTable
  ) {
    kernels.blend(
      BlendedAffine(
        cells: cells, cellCount: columns.count, channels: channels, maps: weights.styles,
        weights: weights.row(y) + columns.lowerBound * weights.styles,
        scales: scales.floats, offsets: offsets.floats))
  }
}
