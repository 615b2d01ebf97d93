/// Random numbers from a seed: SplitMix64 (G. Steele, D. Lea, C. Flood: Fast splittable pseudorandom number
/// generators, OOPSLA 2014). Each crop and step has numbers of its own, so that a run goes on from any step
/// as if never stopped.
struct Chance {
  enum Purpose: UInt64 { case contents, styles, pairs, shifts }

  private var state: UInt64

  init(seed: UInt64, index: Int, _ purpose: Purpose) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(index) &* 4 &+ purpose.rawValue
    // Neighbouring seeds begin far apart.
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// From 0 to below 1.
  mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// From 0 to below `count`.
  mutating func below(_ count: Int) -> Int { min(count - 1, Int(share() * Double(count))) }
}
