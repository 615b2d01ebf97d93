/// Floats as unsigned integers of the same order, which a radix sort can sort: 4 passes over the
/// data, whatever it holds, and no memory but what the caller gives.
enum SortedKeys {
  /// The key of a finite float.
  @inline(__always)
  static func key(_ value: Float) -> UInt32 {
    let bits = value.bitPattern
    return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
  }

  @inline(__always)
  static func value(_ key: UInt32) -> Float {
    Float(bitPattern: key & 0x8000_0000 == 0 ? ~key : key & 0x7fff_ffff)
  }

  /// Sort `count` keys, ascending. `other` is room for as many.
  static func sort(
    _ keys: UnsafeMutablePointer<UInt32>, count: Int, other: UnsafeMutablePointer<UInt32>
  ) {
    var (from, to) = (keys, other)
    // An even number of passes: the last one ends where the first began.
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { places in
        places.initialize(repeating: 0)
        for i in 0..<count { places[Int(from[i] >> shift & 255)] += 1 }
        var place = 0
        for digit in 0..<256 {
          let next = place + places[digit]
          places[digit] = place
          place = next
        }
        for i in 0..<count {
          let digit = Int(from[i] >> shift & 255)
          to[places[digit]] = from[i]
          places[digit] += 1
        }
      }
      swap(&from, &to)
    }
  }
}
