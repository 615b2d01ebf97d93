/// Histogram matching, each channel by itself: a level goes to the one that as many of the target's
/// pixels lie below (Gonzalez & Woods, "Histogram matching").
struct HistogramTransfer {
  /// (3, levels).
  private let table: Table<Float>

  /// - Throws: `.memory`.
  init(from source: ContentColours, to target: ContentColours) throws(AdaINError) {
    let levels = ContentColours.levels
    table = try Table("the table of colours", count: 3 * levels)
    for colour in 0..<3 {
      let first = colour * levels
      var below = 0.0
      var reached = Double(target.histogram[first]) / target.count
      var level = 0
      for value in 0..<levels {
        let share = Double(source.histogram[first + value]) / source.count
        if share > 0 {
          // The middle of the level's pixels, so that few and many levels meet without a bias.
          let rank = below + share / 2
          while reached < rank, level < levels - 1 {
            level += 1
            reached += Double(target.histogram[first + level]) / target.count
          }
        }
        below += share
        table[first + value] = Float(level) / Float(levels - 1)
      }
    }
  }

  /// Three samples, in place.
  func apply(_ rgb: UnsafeMutablePointer<Float>) {
    for colour in 0..<3 { rgb[colour] = table[colour * ContentColours.levels + level(rgb[colour])] }
  }
}
