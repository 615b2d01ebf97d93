import AdaIN

/// What a result is to have of a picture's style.
struct StyleSummary: Sendable, Equatable {
  /// Of each style layer; the last is relu4_1, whose statistics AdaIN takes over.
  var layers: [MapStatistics]
  var palette: PicturePalette

  func blended(to other: StyleSummary, _ share: Float) -> StyleSummary {
    StyleSummary(
      layers: zip(layers, other.layers).map { $0.blended(to: $1, share) },
      palette: palette.blended(to: other.palette, Double(share)))
  }
}

/// What is known of a photograph: it does not change while the decoder learns.
struct EncodedContent {
  /// relu4_1, (height, width, channels).
  let map: FeatureBatch
  /// Of the style layers before.
  let directions: [Directions]
  /// The photograph's own style.
  let style: StyleSummary
}

/// A content and the style that its result is to have.
struct Pair {
  /// Of an encoder that learns, what it looks at: squares of one size.
  struct Pictures {
    let content: TrainingPicture
    let painting: TrainingPicture
    /// 1: all of the painting's statistics; 0: the content's own.
    let strength: Float
  }

  let content: EncodedContent
  let style: StyleSummary
  var pictures: Pictures?
}
