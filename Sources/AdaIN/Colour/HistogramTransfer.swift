/// Histogram matching, each channel by itself: a level goes to the one that as many of the target's
/// pixels lie below (Gonzalez & Woods, "Histogram matching").
struct HistogramTransfer {
  /// (3, levels).
  private let table: [Float]

  init(from source: ContentColours, to target: ContentColours) {
    let levels = ContentColours.levels
    var table = Array(repeating: Float(0), count: 3 * levels)
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
    self.table = table
  }

  /// Three samples, in place.
  func apply(_ rgb: UnsafeMutablePointer<Float>) {
    for colour in 0..<3 { rgb[colour] = table[colour * ContentColours.levels + level(rgb[colour])] }
  }
}
