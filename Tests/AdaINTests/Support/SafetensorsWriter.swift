import Foundation

@testable import AdaIN

/// Builds safetensors files, malformed ones too: every part can be replaced.
struct SafetensorsWriter {
  struct Tensor {
    var name: String
    var type = "F32"
    var shape: [Int]
    var data: [UInt8]
    /// Instead of where the data really lie.
    var offsets: [Int]?
  }

  var metadata: [String: String]? = ["format": "adain", "version": "1", "architecture": "vgg16"]
  var tensors: [Tensor] = []
  /// Instead of the header's real length.
  var headerLength: UInt64?
  var trailing: [UInt8] = []

  /// A narrow network of seeded random weights.
  init(architecture: Architecture = .vgg16, widths: [Int] = [4, 5, 6, 7], seed: UInt64 = 1) {
    var random = SeededRandom(seed)
    metadata?["architecture"] = architecture.rawValue
    var layers: [(String, Int, Int)] = []
    var channels = 3
    for name in architecture.layerNames {
      let width = widths[Int(String(name.dropFirst(4).first!))! - 1]
      layers.append((name, channels, width))
      channels = width
    }
    let encoder = layers.map { ("encoder." + $0.0, $0.1, $0.2) }
    let decoder = layers.reversed().map { ("decoder." + $0.0, $0.2, $0.1) }
    for (name, inputs, outputs) in encoder + decoder {
      let scale = (2 / Float(9 * inputs)).squareRoot()
      let weight = random.floats(outputs * inputs * 9, -scale...scale)
      tensors.append(
        Tensor(
          name: name + ".weight", shape: [outputs, inputs, 3, 3], data: Self.bytes(weight)))
      tensors.append(
        Tensor(name: name + ".bias", shape: [outputs], data: Self.bytes(random.floats(outputs))))
    }
  }

  static func bytes(_ floats: [Float]) -> [UInt8] {
    floats.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
  }

  subscript(_ name: String) -> Tensor {
    get { tensors.first { $0.name == name }! }
    set { tensors[tensors.firstIndex { $0.name == name }!] = newValue }
  }

  mutating func remove(_ name: String) { tensors.removeAll { $0.name == name } }

  /// The header's JSON, in the order of `tensors`, duplicates and all.
  var header: String {
    var parts: [String] = []
    if let metadata {
      let fields = metadata.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
      parts.append("\"__metadata__\":{" + fields.joined(separator: ",") + "}")
    }
    var position = 0
    for tensor in tensors {
      let offsets = tensor.offsets ?? [position, position + tensor.data.count]
      position += tensor.data.count
      parts.append(
        "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":\(tensor.shape),"
          + "\"data_offsets\":\(offsets)}")
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  var file: [UInt8] { file(header: header) }

  func file(header: String) -> [UInt8] {
    let length = headerLength ?? UInt64(header.utf8.count)
    return withUnsafeBytes(of: length.littleEndian, Array.init) + Array(header.utf8)
      + tensors.flatMap(\.data) + trailing
  }
}

/// Read a file's bytes at an odd address: alignment must not be assumed.
func parse(_ bytes: [UInt8]) throws -> NetworkWeights {
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 64)
  defer { copy.deallocate() }
  let odd = UnsafeMutableRawBufferPointer(rebasing: copy[1...])
  odd.copyBytes(from: bytes)
  return try NetworkWeights(safetensors: UnsafeRawBufferPointer(odd))
}
