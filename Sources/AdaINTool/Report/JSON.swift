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
  /// JSON has no word for what is no number: such a value is null.
  private static let notFinite = "not a finite number"

  static func print(_ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: notFinite, negativeInfinity: notFinite, nan: notFinite)
    do {
      let text = String(decoding: try encoder.encode(value), as: UTF8.self)
      Terminal.print(text.replacing("\"\(notFinite)\"", with: "null").escapingForJSON)
    } catch {
      // Strings and numbers can always be encoded.
      fatalError("\(error)")
    }
  }
}
