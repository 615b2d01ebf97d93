import CSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much memory a feature map may take before it goes to a temporary file.
enum FeatureMemory {
  /// The limit of a call: the caller's own, or that of the environment variable
  /// `ADAIN_FEATURE_MEMORY` (bytes, with an optional k, m or g), or 512 MB and no more than an
  /// eighth of the machine's memory.
  /// - Throws: `.argument` when the variable is no size.
  static func limit(_ own: Int?) throws(AdaINError) -> Int {
    if let own { return own }
    guard let variable = getenv("ADAIN_FEATURE_MEMORY") else {
      return min(512 << 20, machine / 8)
    }
    let text = String(cString: variable)
    guard let size = bytes(text) else {
      throw AdaINError(
        .argument,
        "the environment variable ADAIN_FEATURE_MEMORY is \"\(text)\", not a number of bytes such as 200m")
    }
    return size
  }

  private static var machine: Int {
    let bytes = csupport_physical_memory()
    return bytes > 0 ? Int(clamping: bytes) : 4 << 30
  }

  /// A size as libvips' own variables spell it: 1000000, 200m, 2g.
  static func bytes(_ text: String) -> Int? {
    guard let last = text.last else { return nil }
    let shift: Int
    switch last {
    case "k", "K": shift = 10
    case "m", "M": shift = 20
    case "g", "G": shift = 30
    default: shift = 0
    }
    guard let number = Int(shift == 0 ? text[...] : text.dropLast()), number >= 0 else { return nil }
    let (size, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
    return overflow ? nil : size
  }
}
