/// Where the samples of a picture of another size lie along one side, and what they count.
///
/// Sample i of the new side stands for the stretch (i, i + 1) · old / new of the old one.
struct Resampling {
  /// For each new sample, the first old one; below 0 and beyond the end the edge counts again.
  let first: [Int]
  /// (new samples, taps).
  let weights: [Float]
  let taps: Int

  /// Means over what each new sample stands for: for reducing.
  static func means(from old: Int, to new: Int) -> Resampling {
    let step = Double(old) / Double(new)
    let taps = Int(step.rounded(.up)) + 1
    var first: [Int] = []
    var weights: [Float] = []
    for i in 0..<new {
      let (begin, end) = (Double(i) * step, Double(i + 1) * step)
      first.append(Int(begin))
      for tap in 0..<taps {
        let at = Double(Int(begin) + tap)
        weights.append(Float(max(0, min(end, at + 1) - max(begin, at)) / step))
      }
    }
    return Resampling(first: first, weights: weights, taps: taps)
  }

  /// Catmull–Rom splines (Keys 1981, a = −1/2): for enlarging.
  static func cubic(from old: Int, to new: Int) -> Resampling {
    var first: [Int] = []
    var weights: [Float] = []
    for i in 0..<new {
      let centre = (Double(i) + 0.5) * Double(old) / Double(new) - 0.5
      let base = centre.rounded(.down)
      let t = Float(centre - base)
      first.append(Int(base) - 1)
      weights.append(((-0.5 * t + 1) * t - 0.5) * t)
      weights.append((1.5 * t - 2.5) * t * t + 1)
      weights.append(((-1.5 * t + 2) * t + 0.5) * t)
      weights.append((0.5 * t - 0.5) * t * t)
    }
    return Resampling(first: first, weights: weights, taps: 4)
  }

  private init(first: [Int], weights: [Float], taps: Int) {
    self.first = first
    self.weights = weights
    self.taps = taps
  }

  /// `body(old sample inside 0..<count, weight)` for each tap of a new sample.
  @inline(__always)
  func forEachTap(of i: Int, count: Int, _ body: (Int, Float) -> Void) {
    for tap in 0..<taps {
      let weight = weights[i * taps + tap]
      if weight != 0 { body(max(0, min(count - 1, first[i] + tap)), weight) }
    }
  }
}
