import AdaIN

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// All from which training goes on: a safetensors file of its own kind.
///
///     metadata   format "adain-training", version, step, options (JSON), architecture and what else the
///                network's file says
///     tensors    encoder.…, decoder.…: the network that training began with
///                now.…, average.…, optimiser.…: what changes
struct Checkpoint {
  let network: NetworkWeights
  let options: TrainingOptions
  /// The fingerprint of the judge's encoder, where there is one.
  let judge: UInt64?
  let step: Int
  let tensors: [String: [Float]]

  private static let format = "adain-training"
  private static let version = "1"
  private static let own = ["format", "version", "step", "options", "fingerprint", "judge"]

  static func bytes(
    _ network: NetworkWeights, _ options: TrainingOptions, judge: UInt64? = nil, step: Int,
    tensors: [(String, [Float])]
  ) throws(AdaINError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let json = try? encoder.encode(options) else {
      throw AdaINError(.internal, "the options cannot be written as JSON")
    }
    var metadata = network.metadata
    metadata["format"] = format
    metadata["version"] = version
    metadata["architecture"] = network.architecture.rawValue
    metadata["step"] = String(step)
    metadata["options"] = String(decoding: json, as: UTF8.self)
    metadata["fingerprint"] = String(network.encoderFingerprint)
    metadata["judge"] = judge.map { String($0) }
    var file = SafetensorsBuilder(metadata: metadata)
    for layer in network.encoder + network.decoder { file.add(layer, filters: .single, bias: .single) }
    for (name, values) in tensors { file.add(name, shape: [values.count], values, .single) }
    return file.bytes
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(AdaINError) {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(bytes) } catch { throw AdaINError(error.kind, error.sentence) }
    let metadata = file.metadata
    guard metadata["format"] == Self.format else {
      throw AdaINError(.format, "is not a checkpoint of a training")
    }
    guard metadata["version"] == Self.version else {
      throw AdaINError(
        .format,
        "is a checkpoint of version \(metadata["version"] ?? "?"); this program reads \(Self.version)")
    }
    guard let fingerprint = metadata["fingerprint"].flatMap({ UInt64($0) }),
      let options = try? JSONDecoder().decode(
        TrainingOptions.self, from: Data((metadata["options"] ?? "").utf8)),
      let step = metadata["step"].flatMap({ Int($0) }), step >= 0, step <= options.steps
    else { throw AdaINError(.format, "the checkpoint's step or options cannot be read") }
    var tensors: [String: [Float]] = [:]
    var layers: [SafetensorsFile.Tensor] = []
    for tensor in file.tensors {
      if tensor.name.hasPrefix("encoder.") || tensor.name.hasPrefix("decoder.") {
        layers.append(tensor)
        continue
      }
      guard tensor.type == "F32", tensor.shape == [tensor.bytes.count / 4] else {
        throw AdaINError(.format, "\(tensor.name) is not a row of 32-bit floats")
      }
      do { tensors[tensor.name] = try NetworkWeights.floats(tensor).array } catch {
        throw AdaINError(error.kind, error.sentence)
      }
    }
    var about = metadata.filter { !Self.own.contains($0.key) }
    about["format"] = "adain"
    about["version"] = "1"
    let read: NetworkWeights
    do { read = try NetworkWeights(SafetensorsFile(metadata: about, tensors: layers)) } catch {
      throw AdaINError(error.kind, error.sentence)
    }
    // Of the file that training began with, whose encoder may have been written in halves.
    network = try NetworkWeights(
      architecture: read.architecture, encoder: read.encoder, decoder: read.decoder, metadata: about,
      encoderFingerprint: fingerprint)
    self.options = options
    judge = metadata["judge"].flatMap { UInt64($0) }
    self.step = step
    self.tensors = tensors
  }
}
