#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The bytes of a safetensors file, tensor after tensor.
package struct SafetensorsBuilder {
  package enum Precision: Sendable { case single, half }

  private let metadata: [String: String]
  private var entries: [(name: String, type: String, shape: [Int], size: Int)] = []
  private var data: [UInt8] = []

  package init(metadata: [String: String]) { self.metadata = metadata }

  package mutating func add(_ name: String, shape: [Int], _ values: [Float], _ precision: Precision) {
    precondition(shape.reduce(1, *) == values.count)
    let begin = data.count
    switch precision {
    case .single:
      for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
    case .half:
      for value in values {
        withUnsafeBytes(of: halfBits(value).littleEndian) { data.append(contentsOf: $0) }
      }
    }
    entries.append((name, precision == .single ? "F32" : "F16", shape, data.count - begin))
  }

  /// A layer's filters and biases.
  package mutating func add(_ layer: ConvolutionWeights, filters: Precision, bias: Precision) {
    add(
      layer.name + ".weight", shape: [layer.outputChannels, layer.inputChannels, 3, 3], layer.weight, filters)
    add(layer.name + ".bias", shape: [layer.outputChannels], layer.bias, bias)
  }

  package var bytes: [UInt8] {
    var header = "{\"__metadata__\":" + Self.json(metadata)
    var position = 0
    for entry in entries {
      header +=
        ",\"\(entry.name)\":{\"dtype\":\"\(entry.type)\",\"shape\":\(entry.shape),"
        + "\"data_offsets\":[\(position),\(position + entry.size)]}"
      position += entry.size
    }
    header += "}"
    // The data begin at a multiple of 8, as the format's own library has it.
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8) + data
  }

  private static func json(_ metadata: [String: String]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Strings can always be encoded.
    return String(decoding: try! encoder.encode(metadata), as: UTF8.self)
  }
}

extension NetworkWeights {
  /// The network as a weights file. The encoder is written as it was read, or its styles would be refused: as
  /// the project's own files have it, with filters in halves that lose nothing by it, or all of one
  /// precision. The decoder's filters are rounded to halves.
  /// - Throws: `.internal` for an encoder that would not have its fingerprint.
  package func safetensors() throws(AdaINError) -> [UInt8] {
    let about = Self.fileMetadata(metadata, architecture)
    typealias Precision = SafetensorsBuilder.Precision
    let encodings: [(ConvolutionWeights) -> (filters: Precision, bias: Precision)] = [
      { ($0.isOfHalves ? .half : .single, .single) }, { _ in (.single, .single) }, { _ in (.half, .half) },
    ]
    for encoding in encodings {
      var file = SafetensorsBuilder(metadata: about)
      for layer in encoder {
        let (filters, bias) = encoding(layer)
        file.add(layer, filters: filters, bias: bias)
      }
      for layer in decoder { file.add(layer, filters: .half, bias: .single) }
      let bytes = file.bytes
      let read = bytes.withUnsafeBytes { bytes in
        Result { () throws(AdaINError) in try NetworkWeights(safetensors: bytes) }
      }
      if try read.get().encoderFingerprint == encoderFingerprint { return bytes }
    }
    throw AdaINError(.internal, "the encoder's file cannot be written as it was read")
  }

  /// What a weights file says of itself, and `metadata` besides.
  private static func fileMetadata(_ metadata: [String: String], _ architecture: Architecture) -> [String:
    String]
  {
    metadata.merging(["format": "adain", "version": "1", "architecture": architecture.rawValue]) { $1 }
  }

  /// A network whose encoder is no file's yet: as its file will have it, with filters rounded to halves.
  /// - Throws: as the other one.
  package init(
    architecture: Architecture, newEncoder: [ConvolutionWeights], decoder: [ConvolutionWeights],
    metadata: [String: String]
  ) throws(AdaINError) {
    var file = SafetensorsBuilder(metadata: Self.fileMetadata(metadata, architecture))
    for layer in newEncoder { file.add(layer, filters: .half, bias: .single) }
    for layer in decoder { file.add(layer, filters: .single, bias: .single) }
    let bytes = file.bytes
    self = try bytes.withUnsafeBytes { bytes in
      Result { () throws(AdaINError) in try NetworkWeights(safetensors: bytes) }
    }.get()
  }
}

extension ConvolutionWeights {
  /// Whether each filter value is a half's.
  fileprivate var isOfHalves: Bool {
    (0..<filters.count).allSatisfy { singlePrecision(halfBits: halfBits(filters[$0])) == filters[$0] }
  }
}
