import AdaINC
import CVips

enum Versions {
  static var tool: String { version().map { String(cString: $0) } ?? "" }
  static var vips: String { String(cString: cvips_version()) }
}
