extension Model {
  /// How far a stylised picture is from what it should be, by this model's encoder: the losses of one
  /// result, per layer and in sum. Encoded to JSON, its keys are the properties' names.
  ///
  /// Losses of different models are not comparable: each encoder scales its features in its own way.
  public struct Measurement: Sendable, Equatable, Codable {
    /// The terms of one layer.
    public struct Layer: Sendable, Equatable, Codable {
      /// `relu1_1`, `relu2_1`, `relu3_1` or `relu4_1`.
      public let name: String
      /// `Loss.Statistics.mean` of the output and the style.
      public let mean: Double
      /// `Loss.Statistics.deviation` of the output and the style.
      public let deviation: Double
      /// `Loss.gram` of the output and the style.
      public let gram: Double
      /// `Loss.histogram` of the output and the style.
      public let histogram: Double
    }

    /// `Loss.content` at relu4_1 of the output and the AdaIN target t of content and style, at full
    /// strength (Huang & Belongie, equation 12).
    public let contentLoss: Double
    /// Σ over the layers of `mean` + `deviation` (equation 13).
    public let styleLoss: Double
    /// Σ over the layers of `gram`.
    public let gramLoss: Double
    /// Σ over the layers of `histogram`.
    public let histogramLoss: Double
    /// How far the output's colours are from the painting's: a root mean square of RGB from 0 to 1, of both
    /// palettes as normal distributions (the Fréchet distance).
    public let paletteDistance: Double
    /// The output's, at the periods 2, 4 and 8.
    public let lattice: [Lattice]
    /// In the order in which they run.
    public let layers: [Layer]

    init(contentLoss: Double, layers: [Layer], paletteDistance: Double, lattice: [Lattice]) {
      func sum(_ term: (Layer) -> Double) -> Double { layers.reduce(0) { $0 + term($1) } }
      self.contentLoss = contentLoss
      styleLoss = sum { $0.mean + $0.deviation }
      gramLoss = sum(\.gram)
      histogramLoss = sum(\.histogram)
      self.layers = layers
      self.paletteDistance = paletteDistance
      self.lattice = lattice
    }
  }
}
