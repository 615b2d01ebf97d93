import AdaIN

/// Encoded pictures that training draws its pairs from. Photographs' maps and what is known of paintings'
/// styles do not change while the decoder learns: kept, they serve in several pairs, which saves two of a
/// step's seven passes through a network.
///
/// The newest crops are in it: as many as it holds at step 0, and one that takes the oldest's place each
/// step.
final class Pool {
  /// Of the paintings that a decoder for all of them sees, those that are looked at whole, as inference does,
  /// and those that are patterns instead; others are crops, of which there are more. A decoder for the
  /// paintings given sees these whole: it is asked for nothing else.
  static let wholeShare = 0.3
  static let patternShare = 0.05
  /// Of the pairs, those whose strength is not 1 but anything from 0, the photograph, to 1.
  static let partialShare = 0.2
  /// Short side of whole paintings: that at which the library looks at them.
  static let wholeSide = 512

  private let contents: any TrainingPictures
  private let styles: any TrainingPictures
  private let objective: Objective
  private let options: TrainingOptions
  /// Of paintings that are seen whole and as they are, which are the same each time.
  private var wholes: [Int: StyleSummary] = [:]
  private var encoded: [Crop] = []

  private struct Crop {
    let content: EncodedContent
    let style: StyleSummary
    /// Both pictures, for an encoder that learns.
    let pictures: (content: TrainingPicture, painting: TrainingPicture)?
  }

  init(
    _ contents: any TrainingPictures, _ styles: any TrainingPictures, _ objective: Objective,
    _ options: TrainingOptions, step: Int, progress: (Double) throws -> Void
  ) throws {
    self.contents = contents
    self.styles = styles
    self.objective = objective
    self.options = options
    // Slot i holds the crop whose number is i, modulo their count.
    for slot in 0..<options.pool {
      let index = step + (slot - step % options.pool + options.pool) % options.pool
      encoded.append(try crop(index))
      try progress(Double(slot + 1) / Double(options.pool))
    }
  }

  /// The pairs of a step, and then a new crop.
  func batch(_ step: Int) throws -> [Pair] {
    var chance = Chance(seed: options.seed, index: step, .pairs)
    let pairs = (0..<options.batch).map { _ in
      let (first, second) = (encoded[chance.below(options.pool)], encoded[chance.below(options.pool)])
      let partial = chance.share() < Self.partialShare
      let share = Float(chance.share())
      let (content, style) = (first.content, second.style)
      var pair = Pair(content: content, style: partial ? content.style.blended(to: style, share) : style)
      if let photograph = first.pictures?.content, let painting = second.pictures?.painting {
        pair.pictures = Pair.Pictures(
          content: photograph, painting: painting, strength: partial ? share : 1)
      }
      return pair
    }
    encoded[step % options.pool] = try crop(step + options.pool)
    return pairs
  }

  private func crop(_ index: Int) throws -> Crop {
    let crops = Crops(size: options.size)
    var chance = Chance(seed: options.seed, index: index, .contents)
    let photograph = try contents.picture(chance.below(contents.count), shortSide: crops.shortSide)
    let content = crops.crop(photograph, &chance)
    let encodedContent = try objective.content(content)
    if options.trainsEncoder {
      let painting = try square(index, crops)
      return Crop(
        content: encodedContent, style: try objective.style(painting), pictures: (content, painting))
    }
    return Crop(content: encodedContent, style: try style(index, crops), pictures: nil)
  }

  /// As `style`, where all paintings of a batch go through the encoder together, and have one size.
  private func square(_ index: Int, _ crops: Crops) throws -> TrainingPicture {
    var chance = Chance(seed: options.seed, index: index, .styles)
    let choice = chance.share()
    let which = chance.below(styles.count)
    if choice < Self.patternShare { return Patterns.pattern(options.size, &chance) }
    let isWhole = choice < Self.patternShare + Self.wholeShare
    let painting = try styles.picture(which, shortSide: isWhole ? options.size : crops.shortSide)
    let cut = isWhole ? crops.square(painting, &chance) : crops.crop(painting, &chance)
    return Tints.tinted(cut, &chance)
  }

  /// Of a crop, as the contents are cut, or of a whole painting as inference looks at it; perhaps tinted. Or
  /// a pattern's.
  private func style(_ index: Int, _ crops: Crops) throws -> StyleSummary {
    var chance = Chance(seed: options.seed, index: index, .styles)
    let choice = chance.share()
    let which = chance.below(styles.count)
    let varies = options.purpose == .every
    if varies, choice < Self.patternShare {
      return try objective.style(Patterns.pattern(options.size, &chance))
    }
    if varies, choice >= Self.patternShare + Self.wholeShare {
      let crop = crops.crop(try styles.picture(which, shortSide: crops.shortSide), &chance)
      return try objective.style(Tints.tinted(crop, &chance))
    }
    if !varies, let known = wholes[which] { return known }
    let whole = crops.whole(try styles.picture(which, shortSide: Self.wholeSide))
    let summary = try objective.style(varies ? Tints.tinted(whole, &chance) : whole)
    if !varies, styles.count <= Self.keptWholes { wholes[which] = summary }
    return summary
  }

  /// A summary is some kilobytes.
  private static let keptWholes = 10_000
}
