extension NetworkWeights {
  /// Read a safetensors file's bytes; nothing of them is kept.
  ///
  /// The file says everything: `architecture` in the metadata which layers there are, the tensors
  /// how wide each is. Each tensor is F16 or F32 on its own.
  /// - Throws: `.format`, with one sentence for each way in which a file can be malformed, which
  ///   names the tensor or the field; `.memory`.
  public init(safetensors bytes: UnsafeRawBufferPointer) throws(AdaINError) {
    do {
      try self.init(SafetensorsFile(bytes))
    } catch {
      throw AdaINError(error.kind, error.sentence)
    }
  }

  /// As `Model.open`: a network inside the library by its name, or a weights file by its path.
  /// - Throws: `.argument` for a name that there is not; `.io`, `.format`, `.memory`.
  public static func open(_ nameOrPath: String) throws(AdaINError) -> NetworkWeights {
    try open(FilePath(nameOrPath))
  }

  package static func open(_ path: FilePath) throws(AdaINError) -> NetworkWeights {
    if FilePath.isBuiltInName(path.name) {
      return try NetworkWeights(safetensors: try BuiltInModel(path.name).weights)
    }
    return try NetworkWeights(path: path)
  }

  init(path: FilePath) throws(AdaINError) {
    self = try FileBytes.withContents(of: path, maximumSize: Self.maximumFileSize) {
      (bytes: UnsafeRawBufferPointer) throws(AdaINError) -> NetworkWeights in
      try NetworkWeights(safetensors: bytes)
    }
  }

  /// More than any network of this family needs.
  static let maximumFileSize = 1 << 30

  /// Channels of a layer that are accepted: eight times those of the published networks.
  static let maximumChannels = 4096

  package init(_ file: SafetensorsFile) throws(WeightsFault) {
    func field(_ name: String) throws(WeightsFault) -> String {
      guard let value = file.metadata[name] else { throw .metadataMissing(field: name) }
      return value
    }
    let format = try field("format")
    guard format == "adain" else { throw .wrongFormat(format) }
    let version = try field("version")
    guard version == "1" else { throw .wrongVersion(version) }
    let name = try field("architecture")
    guard let architecture = Architecture(rawValue: name) else { throw .unknownArchitecture(name) }

    let encoderNames = architecture.layerNames.map { "encoder." + $0 }
    let decoderNames = architecture.layerNames.reversed().map { "decoder." + $0 }
    let known = Set((encoderNames + decoderNames).flatMap { [$0 + ".weight", $0 + ".bias"] })
    for tensor in file.tensors where !known.contains(tensor.name) {
      throw .unknownTensor(tensor.name)
    }

    var channels = 3
    var fingerprint = Fingerprint()
    var encoder: [ConvolutionWeights] = []
    for layer in encoderNames {
      let (weights, tensors) = try Self.layer(layer, inputs: channels, outputs: nil, file)
      channels = weights.outputChannels
      encoder.append(weights)
      for tensor in tensors { fingerprint.combine(tensor) }
    }
    var decoder: [ConvolutionWeights] = []
    for layer in decoderNames {
      let outputs = layer == decoderNames.last ? 3 : nil
      let (weights, _) = try Self.layer(layer, inputs: channels, outputs: outputs, file)
      channels = weights.outputChannels
      decoder.append(weights)
    }
    if let layer = FeatureRange.firstBeyond(encoder) { throw .featuresOverflow(layer: layer) }
    self.architecture = architecture
    self.encoder = encoder
    self.decoder = decoder
    self.metadata = file.metadata
    encoderFingerprint = fingerprint.value
  }

  /// One layer with `inputs` channels in, and `outputs` out unless its own width decides.
  private static func layer(
    _ name: String, inputs: Int, outputs: Int?, _ file: SafetensorsFile
  ) throws(WeightsFault) -> (ConvolutionWeights, [SafetensorsFile.Tensor]) {
    func find(_ name: String) throws(WeightsFault) -> SafetensorsFile.Tensor {
      guard let tensor = file.tensors.first(where: { $0.name == name }) else {
        throw .missingTensor(name)
      }
      return tensor
    }
    let weight = try find(name + ".weight")
    let bias = try find(name + ".bias")
    guard weight.shape.count == 4, (1...maximumChannels).contains(weight.shape[0]),
      weight.shape[0] == outputs ?? weight.shape[0], weight.shape[1...] == [inputs, 3, 3]
    else {
      let first = outputs.map(String.init) ?? "1…\(maximumChannels)"
      throw .wrongShape(
        tensor: weight.name, shape: weight.shape, expected: "[\(first), \(inputs), 3, 3]")
    }
    guard bias.shape == [weight.shape[0]] else {
      throw .wrongShape(tensor: bias.name, shape: bias.shape, expected: "[\(weight.shape[0])]")
    }
    let layer = ConvolutionWeights(
      name: name, inputChannels: inputs, outputChannels: weight.shape[0],
      filters: try floats(weight), bias: try floats(bias).array)
    return (layer, [weight, bias])
  }

  /// A tensor's values, all finite, of F16 or F32.
  /// - Parameter tensor: of a shape that was checked: the product of its sides does not overflow.
  package static func floats(_ tensor: SafetensorsFile.Tensor) throws(WeightsFault)
    -> Table<Float>
  {
    let count = tensor.shape.reduce(1, *)
    let size: Int
    switch tensor.type {
    case "F16": size = 2
    case "F32": size = 4
    default: throw .wrongType(tensor: tensor.name, type: tensor.type)
    }
    guard tensor.bytes.count == count * size else {
      throw .wrongSize(tensor: tensor.name, bytes: tensor.bytes.count, expected: count * size)
    }
    let values: Table<Float>
    do throws(AdaINError) { values = try Table(tensor.name, count: count) } catch {
      throw .noMemory(error.message)
    }
    let out = values.pointer
    let bytes = tensor.bytes.baseAddress!  // of any alignment
    if size == 2 {
      for i in 0..<count {
        let bits = bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)
        out[i] = singlePrecision(halfBits: UInt16(littleEndian: bits))
      }
    } else {
      for i in 0..<count {
        let bits = bytes.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
        out[i] = Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
    // The largest exponent marks infinities and NaNs.
    var finite = true
    for i in 0..<count { finite = finite && out[i].bitPattern & 0x7F80_0000 != 0x7F80_0000 }
    guard finite else { throw .notFinite(tensor: tensor.name) }
    return values
  }
}

/// A hash that tells encoders apart; no defence against somebody who wants a collision.
/// FNV-1a's constants, eight bytes at a time: a model has megabytes.
struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  private mutating func combine(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01B3
    value ^= value >> 29
  }

  mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    combine(UInt64(bytes.count))
    var i = 0
    while i + 8 <= bytes.count {
      combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)))
      i += 8
    }
    while i < bytes.count {
      combine(UInt64(bytes[i]))
      i += 1
    }
  }

  fileprivate mutating func combine(_ tensor: SafetensorsFile.Tensor) {
    var text = tensor.name + " " + tensor.type + "\(tensor.shape)"
    text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
    combine(tensor.bytes)
  }
}
