#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A safetensors file: 8 bytes with the header's length (little-endian), the header, the data.
///
///     {"__metadata__": {"format": "adain", …},
///      "encoder.conv1_1.weight": {"dtype": "F32", "shape": [64, 3, 3, 3], "data_offsets": [0, 6912]}, …}
///
/// Every offset is checked when the file is opened: afterwards each tensor's bytes are known to lie
/// inside, one behind the other without overlap or gap.
package struct SafetensorsFile {
  package struct Tensor {
    package let name: String
    package let type: String
    package let shape: [Int]
    package let bytes: UnsafeRawBufferPointer
  }

  package let metadata: [String: String]
  /// In the order of their data.
  package let tensors: [Tensor]

  /// A hundred times what this family of networks needs.
  static let maximumHeader: UInt64 = 1 << 20

  /// Tensors of a file that holds others, too.
  package init(metadata: [String: String], tensors: [Tensor]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  package init(_ file: UnsafeRawBufferPointer) throws(WeightsFault) {
    guard file.count >= 8 else { throw .tooShort(bytes: file.count) }
    let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard length <= Self.maximumHeader else { throw .headerTooLong(bytes: length) }
    guard length <= UInt64(file.count - 8) else {
      throw .headerBeyondFile(bytes: length, file: file.count)
    }
    let text = UnsafeRawBufferPointer(rebasing: file[8..<8 + Int(length)])
    let data = UnsafeRawBufferPointer(rebasing: file[(8 + Int(length))...])

    // The format's rule: no white space and no byte-order mark before the brace. Without zero bytes
    // besides, JSONDecoder cannot take the text for UTF-16 or UTF-32, where the search for duplicate
    // keys would read other characters than it does.
    guard text.first == UInt8(ascii: "{"), !text.contains(0) else { throw .headerNotJSON }
    try HeaderLimits.check(text)
    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: Data(text))
    } catch {
      throw .headerNotJSON
    }
    if let key = firstDuplicateKey(inJSON: text) { throw .duplicateKey(key) }
    guard let metadata = header.metadata else { throw .metadataMalformed }
    if let name = header.malformed { throw .tensorDescription(name) }
    self.metadata = metadata

    var tensors: [Tensor] = []
    var position = 0
    for (name, entry) in header.tensors.sorted(by: {
      ($0.value.offsets[0], $0.value.offsets[1], $0.key)
        < ($1.value.offsets[0], $1.value.offsets[1], $1.key)
    }) {
      let (begin, end) = (entry.offsets[0], entry.offsets[1])
      guard begin <= end else { throw .wrongOffsets(tensor: name) }
      guard end <= data.count else { throw .offsetsBeyondFile(tensor: name) }
      if begin < position { throw .overlap(tensor: name, with: tensors[tensors.count - 1].name) }
      if begin > position { throw .gap(before: name) }
      position = end
      tensors.append(
        Tensor(
          name: name, type: entry.type, shape: entry.shape,
          bytes: UnsafeRawBufferPointer(rebasing: data[begin..<end])))
    }
    if position < data.count { throw .trailingBytes(data.count - position) }
    self.tensors = tensors
  }
}

/// The header as decoded; a malformed tensor is remembered by name instead of failing the whole.
private struct Header: Decodable {
  struct Entry: Decodable {
    let type: String
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case type = "dtype"
      case shape
      case offsets = "data_offsets"
    }
  }

  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Empty when the header has none; nil when it is not what it should be.
  var metadata: [String: String]? = [:]
  var tensors: [String: Entry] = [:]
  var malformed: String?

  init(from decoder: any Swift.Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try? container.decode([String: String].self, forKey: key)
      } else if let entry = try? container.decode(Entry.self, forKey: key),
        entry.offsets.count == 2, entry.offsets[0] >= 0, entry.offsets[1] >= 0,
        entry.shape.allSatisfy({ $0 >= 0 })
      {
        tensors[key.stringValue] = entry
      } else {
        malformed = min(malformed ?? key.stringValue, key.stringValue)
      }
    }
  }
}
