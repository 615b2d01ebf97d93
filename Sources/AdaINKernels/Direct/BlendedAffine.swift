/// Several affine maps, blended cell by cell, in place: f ↦ Σ wₖ (aₖ f + bₖ) + (1 − Σ wₖ) f.
///
/// With one weight 1 and the others 0 that is the one map, bit for bit.
///
///     cells            (cellCount, channels)
///     weights          (cellCount, maps), each 0…1, of a sum of at most 1
///     scales, offsets  (maps, channels): a and b
public struct BlendedAffine {
  public var cells: UnsafeMutablePointer<Float>
  public var cellCount: Int
  /// A multiple of 16.
  public var channels: Int
  public var maps: Int
  public var weights: UnsafePointer<Float>
  public var scales: UnsafePointer<Float>
  public var offsets: UnsafePointer<Float>

  public init(
    cells: UnsafeMutablePointer<Float>, cellCount: Int, channels: Int, maps: Int,
    weights: UnsafePointer<Float>, scales: UnsafePointer<Float>, offsets: UnsafePointer<Float>
  ) {
    self.cells = cells
    self.cellCount = cellCount
    self.channels = channels
    self.maps = maps
    self.weights = weights
    self.scales = scales
    self.offsets = offsets
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func apply<U: VectorUnit>(_ unit: U.Type) {
    for cell in 0..<cellCount {
      let weights = weights + cell * maps
      var rest: Float = 1
      for map in 0..<maps { rest -= weights[map] }
      let content = U.splat(rest < 0 ? 0 : rest)
      let values = cells + cell * channels
      var channel = 0
      while channel < channels {
        var scale = content
        var offset = U.splat(0)
        for map in 0..<maps {
          let weight = U.splat(weights[map])
          scale = U.multiplyAdd(scale, weight, scales.vector(map * channels + channel))
          offset = U.multiplyAdd(offset, weight, offsets.vector(map * channels + channel))
        }
        values.setVector(channel, U.multiplyAdd(offset, scale, values.vector(channel)))
        channel += U.lanes
      }
    }
  }
}
