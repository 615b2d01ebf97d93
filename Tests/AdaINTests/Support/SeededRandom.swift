/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func floats(_ count: Int, _ range: ClosedRange<Float> = -1...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }
}

/// max|a − b| / max|b|: the error that the kernel tests bound.
func relativeError(_ a: [Float], _ b: [Float]) -> Float {
  precondition(a.count == b.count)
  let largest = b.reduce(0) { max($0, abs($1)) }
  let difference = zip(a, b).reduce(Float(0)) {
    // A NaN must not hide behind a comparison.
    $1.0.isFinite ? max($0, abs($1.0 - $1.1)) : .infinity
  }
  return difference / max(largest, .leastNormalMagnitude)
}
