/// What a header may be before anything decodes it: deep objects take a decoder's stack, and long texts of
/// combining marks take hours to compare, as Swift's strings are equal by what they mean. One pass over the
/// bytes.
enum HeaderLimits {
  /// {"tensor": {"shape": [ … ]}}
  static let depth = 3
  /// Of a text that is not plain ASCII. Names have some thirty bytes.
  static let text = 256

  /// - Throws: `.headerNotJSON`, `.headerText`.
  static func check(_ header: UnsafeRawBufferPointer) throws(WeightsFault) {
    var depth = 0
    var i = 0
    while i < header.count {
      switch header[i] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        guard depth <= Self.depth else { throw .headerNotJSON }
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        let start = i + 1
        var isPlain = true
        i = start
        while i < header.count, header[i] != UInt8(ascii: "\"") {
          if header[i] >= 0x80 { isPlain = false }
          if header[i] == UInt8(ascii: "\\") {
            i += 1
            if i < header.count, header[i] == UInt8(ascii: "u") { isPlain = false }
          }
          i += 1
        }
        guard isPlain || i - start <= text else { throw .headerText(bytes: i - start) }
      default: break
      }
      i += 1
    }
  }
}
