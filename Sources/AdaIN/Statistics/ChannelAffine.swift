/// One affine map for each channel of a feature map, f ↦ scale · f + offset: what AdaIN and the
/// strength α come to, ready to be fused into the decoder's first layer.
final class ChannelAffine: @unchecked Sendable {
  /// (padded channels); the padding maps to 0.
  let scale: AlignedBuffer
  let offset: AlignedBuffer

  /// Adaptive instance normalisation (Huang & Belongie, equation 8) and the content–style
  /// trade-off (equation 14):
  ///
  ///     f'  = σ(s) · (f − μ(f)) / σ(f) + μ(s)
  ///     f'' = α f' + (1 − α) f  =  (α σ(s)/σ(f) + 1 − α) · f  +  α (μ(s) − σ(s)/σ(f) μ(f))
  init(content: ChannelStatistics, style: Style, strength: Float, paddedChannels: Int)
    throws(AdaINError)
  {
    scale = try AlignedBuffer("the affine map", count: paddedChannels, zeroed: true)
    offset = try AlignedBuffer("the affine map", count: paddedChannels, zeroed: true)
    let target = ChannelStatistics(style)
    let coefficients = AffineCoefficients(
      normalising: content, gamma: target.deviation, beta: target.mean, strength: Double(strength))
    for channel in target.mean.indices {
      scale.floats[channel] = Float(coefficients.scale[channel])
      offset.floats[channel] = Float(coefficients.offset[channel])
    }
  }
}
