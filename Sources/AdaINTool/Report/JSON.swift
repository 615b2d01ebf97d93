#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#endif

/// JSON on standard output, one value a line.
enum JSON {
  static func print(_ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and finite numbers can always be encoded.
    guard let data = try? encoder.encode(value) else { return }
    Terminal.writeOutput(Array(data) + [UInt8(ascii: "\n")])
  }
}
