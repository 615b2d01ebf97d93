/// What each loss weighs beside the content loss.
public struct LossWeights: Sendable, Equatable, Codable {
  /// Of the style loss (equation 13).
  public var style: Double = 10
  /// Of texture in step with the decoder's grid.
  public var lattice: Double = 5000
  /// Of the distance to the painting's colours.
  public var palette: Double = 2
  /// Of the distance to the photograph's shallow feature maps, which keeps its lines; not the paper's.
  public var perceptual: Double = 0.8

  /// Those for all paintings; `TrainingOptions` has what another purpose changes.
  public init() {}
}

/// A step's losses, each before its weight.
public struct Losses: Sendable, Equatable, Codable {
  /// Equation 12, a mean over all values.
  public var content = 0.0
  public var style = 0.0
  public var lattice = 0.0
  public var palette = 0.0
  public var perceptual = 0.0

  /// None yet.
  public init() {}

  /// What is made smaller.
  public func total(_ weights: LossWeights) -> Double {
    content + weights.style * style + weights.lattice * lattice + weights.palette * palette
      + weights.perceptual * perceptual
  }
}
