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
    let encoded = try objective.content(content)
    chance = Chance(seed: options.seed, index: index, .styles)
    let choice = chance.share()
    let which = chance.below(styles.count)
    guard options.purpose == .every else {
      return Crop(content: encoded, style: try whole(which, crops), pictures: nil)
    }
    let painting = try painting(which, choice, crops, &chance)
    return Crop(
      content: encoded, style: try objective.style(painting),
      pictures: options.trainsEncoder ? (content, painting) : nil)
  }

  /// Of a painting given, as inference looks at it.
  private func whole(_ which: Int, _ crops: Crops) throws -> StyleSummary {
    if let known = wholes[which] { return known }
    let painting = try styles.picture(which, shortSide: Self.wholeSide)
    let summary = try objective.style(crops.whole(painting))
    if styles.count <= Self.keptWholes { wholes[which] = summary }
    return summary
  }

  /// A crop, as the contents are cut, or a whole painting as inference looks at it; perhaps tinted. Or a pattern.
  private func painting(
    _ which: Int, _ choice: Double, _ crops: Crops, _ chance: inout Chance
  ) throws -> TrainingPicture {
    if choice < Self.patternShare { return Patterns.pattern(options.size, &chance) }
    guard choice < Self.patternShare + Self.wholeShare else {
      let painting = try styles.picture(which, shortSide: crops.shortSide)
      return Tints.tinted(crops.crop(painting, &chance), &chance)
    }
    // An encoder that learns looks at all paintings of a batch together, so they have one size.
    let side = options.trainsEncoder ? options.size : Self.wholeSide
    let painting = try styles.picture(which, shortSide: side)
    let cut = options.trainsEncoder ? crops.square(painting, &chance) : crops.whole(painting)
    return Tints.tinted(cut, &chance)
  }

  /// A summary is some kilobytes.
  private static let keptWholes = 10_000
}
