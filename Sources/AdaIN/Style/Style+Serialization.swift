// A style file, the same on every machine; integers and floats are little-endian:
//
//     offset  size
//          0     8   "ADAINSTY"
//          8     4   version: 1
//         12     4   channels n
//         16     8   fingerprint of the encoder
//         24    4n   means
//     24 + 4n    4n   standard deviations
//     24 + 8n    8   checksum of all bytes before it (Fingerprint)

extension Style {
  private static let magic = Array("ADAINSTY".utf8)
  private static let version: UInt32 = 1
  private static let headerSize = 24
  private static let checksumSize = 8

  /// Bytes of the largest style file that is read.
  static let maximumFileSize = headerSize + 8 * NetworkWeights.maximumChannels + checksumSize

  /// The style as a file's bytes.
  public func serialized() -> [UInt8] {
    var bytes = Self.magic
    func append<Number: FixedWidthInteger>(_ number: Number) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    append(Self.version)
    append(UInt32(mean.count))
    append(encoderFingerprint)
    for value in mean + deviation { append(value.bitPattern) }
    append(Self.checksum(bytes[...]))
    return bytes
  }

  /// Read a style file's bytes.
  /// - Throws: `.format`, with a sentence for each way in which a file can be malformed.
  public init(serialized bytes: UnsafeRawBufferPointer) throws(AdaINError) {
    func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
      Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }
    func malformed(_ what: String) -> AdaINError { AdaINError(.format, "style: " + what) }

    guard bytes.count >= Self.headerSize + Self.checksumSize else {
      throw malformed("\(bytes.count) bytes are too few for a style file")
    }
    guard bytes.prefix(8).elementsEqual(Self.magic) else { throw malformed("not a style file") }
    let version = number(UInt32.self, at: 8)
    guard version == Self.version else {
      throw malformed("version \(version) is not \(Self.version)")
    }
    let count = Int(number(UInt32.self, at: 12))
    guard (1...NetworkWeights.maximumChannels).contains(count) else {
      throw malformed("\(count) channels are not between 1 and \(NetworkWeights.maximumChannels)")
    }
    let size = Self.headerSize + 8 * count + Self.checksumSize
    guard bytes.count == size else {
      throw malformed("\(bytes.count) bytes are not the \(size) that \(count) channels take")
    }
    let body = bytes.prefix(size - Self.checksumSize)
    guard number(UInt64.self, at: body.count) == Self.checksum(body) else {
      throw malformed("the checksum does not match: the file is damaged")
    }
    let values = (0..<2 * count).map {
      Float(bitPattern: number(UInt32.self, at: Self.headerSize + 4 * $0))
    }
    guard values.allSatisfy(\.isFinite) else { throw malformed("a value is not a finite number") }
    guard values[count...].allSatisfy({ $0 >= 0 }) else {
      throw malformed("a standard deviation is negative")
    }
    self.init(
      mean: Array(values[..<count]), deviation: Array(values[count...]),
      encoderFingerprint: number(UInt64.self, at: 16))
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var fingerprint = Fingerprint()
    Array(bytes).withUnsafeBytes { fingerprint.combine($0) }
    return fingerprint.value
  }
}
