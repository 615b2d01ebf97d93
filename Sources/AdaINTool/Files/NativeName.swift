import AdaIN

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Names of files are bytes, which need not be UTF-8; a Swift string always is, and repairs what is not. So
/// that a name comes back as it was, its bytes that are no UTF-8 travel as private characters, one for each.
extension String {
  /// The last of Unicode's private characters, U+10FF80 to U+10FFFF, stand for the bytes 0x80 to 0xFF. A name
  /// that has one of them in it has its own four bytes escaped, so that no two names become one.
  private static let escapes: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

  /// Of each escape in UTF-8: nearly no name has it, and need be looked at no closer.
  private static let firstByteOfEscapes: UInt8 = 0xF4

  init(native bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    if !bytes.contains(Self.firstByteOfEscapes), let text = String(validating: bytes, as: UTF8.self) {
      self = text
      return
    }
    var scalars = UnicodeScalarView()
    func escape(_ count: Int, from start: Int) {
      for byte in bytes[start..<start + count] { scalars.append(Unicode.Scalar(0x10FF00 + UInt32(byte))!) }
    }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var at = 0
    parsing: while true {
      switch parser.parseScalar(from: &rest) {
      case .emptyInput: break parsing
      case .error(let count):
        escape(count, from: at)
        at += count
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        if Self.escapes.contains(scalar.value) {
          escape(encoded.count, from: at)
        } else {
          scalars.append(scalar)
        }
        at += encoded.count
      }
    }
    self.init(scalars)
  }

  init(native text: UnsafePointer<CChar>) {
    self.init(native: UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  var nativeBytes: [UInt8] {
    guard utf8.contains(Self.firstByteOfEscapes) else { return Array(utf8) }
    return unicodeScalars.flatMap { scalar in
      Self.escapes.contains(scalar.value) ? [UInt8(scalar.value & 0xFF)] : Array(UTF8.encode(scalar)!)
    }
  }

  /// As C takes it, with a zero byte at the end.
  var native: [CChar] { nativeBytes.map { CChar(bitPattern: $0) } + [0] }

  /// As the library takes it.
  var file: FilePath { FilePath(bytes: nativeBytes, name: self) }

  /// For eyes: U+FFFD for what is no UTF-8, and for what no font has.
  var readable: String {
    var scalars = UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .privateUse, .unassigned: scalars.append("\u{FFFD}")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// JSON is UTF-8: a byte that is not becomes half of a surrogate pair, as in Python, which reads the name
  /// back with os.fsencode.
  var escapingForJSON: String {
    guard utf8.contains(Self.firstByteOfEscapes) else { return self }
    var text = UnicodeScalarView()
    for scalar in unicodeScalars {
      if Self.escapes.contains(scalar.value) {
        text.append(contentsOf: ("\\udc" + String(scalar.value & 0xFF, radix: 16)).unicodeScalars)
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}

/// The body with the text as C has it, or with NULL.
func withOptionalCString<Result>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) throws -> Result
) rethrows -> Result {
  if let text { try text.native.withUnsafeBufferPointer { try body($0.baseAddress) } } else { try body(nil) }
}
