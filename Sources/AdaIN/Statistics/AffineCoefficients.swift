/// One affine map for each channel, f ↦ scale · f + offset: what every normalisation comes to once
/// its statistics are known.
///
///     f' = γ (f − μ) / σ + β  =  (γ/σ) · f  +  (β − (γ/σ) μ)
///
/// and, with a strength α below 1, f'' = α f' + (1 − α) f (Huang & Belongie, equation 14). The
/// normalisations differ only in where μ, σ, γ and β come from.
struct AffineCoefficients {
  let scale: [Double]
  let offset: [Double]

  /// - Parameters:
  ///   - statistics: μ and σ > 0; as many channels as `gamma` and `beta`.
  ///   - strength: α, 0…1.
  init(
    normalising statistics: ChannelStatistics, gamma: [Double], beta: [Double], strength: Double = 1
  ) {
    var scale: [Double] = []
    var offset: [Double] = []
    for channel in gamma.indices {
      let ratio = gamma[channel] / statistics.deviation[channel]
      scale.append(strength * ratio + (1 - strength))
      offset.append(strength * (beta[channel] - ratio * statistics.mean[channel]))
    }
    self.scale = scale
    self.offset = offset
  }
}
