/// The blend of several affine maps by definition, in double precision: what `BlendedAffine` is compared
/// with.
///
///     cells            (cells, channels), of any number of channels
///     weights          (cells, maps)
///     scales, offsets  (maps, channels)
///     output           (cells, channels):  Σₖ wₖ (aₖ f + bₖ) + (1 − Σₖ wₖ) f
public struct BlendReference {
  public var channels: Int
  public var scales: [Float]
  public var offsets: [Float]

  public init(channels: Int, scales: [Float], offsets: [Float]) {
    self.channels = channels
    self.scales = scales
    self.offsets = offsets
  }

  public func apply(to cells: [Float], weights: [Float]) -> [Float] {
    let maps = scales.count / channels
    return cells.indices.map { i in
      let (cell, channel) = i.quotientAndRemainder(dividingBy: channels)
      let value = Double(cells[i])
      var blended = 0.0
      var rest = 1.0
      for map in 0..<maps {
        let weight = Double(weights[cell * maps + map])
        let (scale, offset) = (scales[map * channels + channel], offsets[map * channels + channel])
        blended += weight * (Double(scale) * value + Double(offset))
        rest -= weight
      }
      return Float(blended + max(rest, 0) * value)
    }
  }
}
