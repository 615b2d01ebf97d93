/// Where the samples of a picture of another size lie along one side, and what they count.
///
/// Sample i of the new side stands for the stretch (i, i + 1) · old / new of the old one.
struct Resampling {
  /// For each new sample, the first old one; below 0 and beyond the end the edge counts again.
  let first: Table<Int>
  /// (new samples, taps).
  let weights: Table<Float>
  let taps: Int
  /// Old samples in all.
  let old: Int

  /// Means over what each new sample stands for: for reducing.
  /// - Throws: `.memory`.
  static func means(from old: Int, to new: Int) throws(AdaINError) -> Resampling {
    let step = Double(old) / Double(new)
    let result = try Resampling(old: old, count: new, taps: Int(step.rounded(.up)) + 1)
    for i in 0..<new {
      let (begin, end) = (Double(i) * step, Double(i + 1) * step)
      result.first[i] = Int(begin)
      for tap in 0..<result.taps {
        let at = Double(Int(begin) + tap)
        result.weights[i * result.taps + tap] =
          Float(max(0, min(end, at + 1) - max(begin, at)) / step)
      }
    }
    return result
  }

  /// Catmull–Rom splines (Keys 1981, a = −1/2): for enlarging.
  /// - Throws: `.memory`.
  static func cubic(from old: Int, to new: Int) throws(AdaINError) -> Resampling {
    let result = try Resampling(old: old, count: new, taps: 4)
    for i in 0..<new {
      let centre = (Double(i) + 0.5) * Double(old) / Double(new) - 0.5
      let base = centre.rounded(.down)
      let t = Float(centre - base)
      result.first[i] = Int(base) - 1
      result.weights[4 * i] = ((-0.5 * t + 1) * t - 0.5) * t
      result.weights[4 * i + 1] = (1.5 * t - 2.5) * t * t + 1
      result.weights[4 * i + 2] = ((-1.5 * t + 2) * t + 0.5) * t
      result.weights[4 * i + 3] = (0.5 * t - 0.5) * t * t
    }
    return result
  }

  private init(old: Int, count: Int, taps: Int) throws(AdaINError) {
    first = try Table("the weights of samples", count: count)
    weights = try Table("the weights of samples", count: count * taps)
    self.taps = taps
    self.old = old
  }

  /// The old samples that some new ones are made of.
  func oldSamples(of range: Range<Int>) -> Range<Int> {
    var (low, high) = (old, 0)
    for i in range {
      forEachTap(of: i) { from, _ in
        low = min(low, from)
        high = max(high, from + 1)
      }
    }
    return low..<max(low, high)
  }

  /// `body(old sample, weight)` for each tap of a new sample; beyond the ends the edge counts again.
  @inline(__always)
  func forEachTap(of i: Int, _ body: (Int, Float) -> Void) {
    for tap in 0..<taps {
      let weight = weights[i * taps + tap]
      if weight != 0 { body(max(0, min(old - 1, first[i] + tap)), weight) }
    }
  }
}
