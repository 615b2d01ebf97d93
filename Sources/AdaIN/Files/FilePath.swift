/// The name of a file, as the system takes it: bytes, which need not be UTF-8.
package struct FilePath: Sendable {
  /// With the zero byte that ends it.
  let bytes: [CChar]
  /// For sentences.
  let name: String

  /// - Parameter name: what to call it in sentences; by default what of it can be written in UTF-8.
  package init(bytes: [UInt8], name: String? = nil) {
    self.bytes = bytes.map { CChar(bitPattern: $0) } + [0]
    self.name = name ?? String(decoding: bytes, as: UTF8.self)
  }

  /// - Throws: `.io` for a zero byte: the system would end the name there, and another file than the named
  ///   one be opened.
  init(_ path: String) throws(AdaINError) {
    guard !path.utf8.contains(0) else {
      let start = path.prefix { $0 != "\0" }
      throw AdaINError(.io, "\(start): the name has a zero byte in it")
    }
    self.init(bytes: Array(path.utf8), name: path)
  }

  /// Whether that can only be the name of something built in: it has no folder and no suffix.
  package static func isBuiltInName(_ text: String) -> Bool {
    !text.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
  }

  /// The name of another file in its folder.
  func sibling(_ name: String) -> [CChar] {
    let slash = bytes.lastIndex(of: CChar(bitPattern: UInt8(ascii: "/")))
    return Array(bytes[..<(slash.map { $0 + 1 } ?? 0)]) + Array(name.utf8CString)
  }
}
