import Foundation
import Testing

@testable import AdaIN

@Suite("Weights files") struct WeightsTests {
  @Test("every half-precision number becomes the same single")
  func halfPrecision() {
    for bits in UInt16.min...UInt16.max {
      let sign: Double = bits & 0x8000 == 0 ? 1 : -1
      let exponent = Int(bits >> 10 & 31)
      let fraction = Double(bits & 1023)
      let got = singlePrecision(halfBits: bits)
      switch exponent {
      case 31 where fraction == 0: #expect(got == Float(sign) * .infinity)
      case 31: #expect(got.isNaN)
      case 0: #expect(Double(got) == sign * fraction * 0x1p-24)
      default:
        #expect(Double(got) == sign * (1 + fraction / 1024) * pow(2, Double(exponent - 15)))
      }
    }
  }

  @Test("tensors arrive as written, F32 and F16, at any alignment")
  func values() throws {
    var writer = SafetensorsWriter()
    let plain = try parse(writer.file)
    #expect(plain.encoder.map(\.outputChannels) == [4, 4, 5, 5, 6, 6, 6, 7])
    #expect(plain.decoder.map(\.outputChannels) == [6, 6, 6, 5, 5, 4, 4, 3])
    let written = writer["decoder.conv1_2.weight"].data
    #expect(SafetensorsWriter.bytes(plain.decoder[6].weight) == written)

    writer["encoder.conv1_1.bias"].type = "F16"
    writer["encoder.conv1_1.bias"].data = [0x00, 0x3C, 0x00, 0xC0, 0x55, 0x35, 0x01, 0x00]
    let mixed = try parse(writer.file)
    #expect(mixed.encoder[0].bias == [1, -2, 0.333251953125, 0x1p-24])
  }

  @Test("the fingerprint is the encoder's")
  func fingerprint() throws {
    let original = try parse(SafetensorsWriter().file).encoderFingerprint
    var other = SafetensorsWriter()
    other["decoder.conv2_1.bias"].data[1] ^= 1
    #expect(try parse(other.file).encoderFingerprint == original)
    for name in ["encoder.conv1_1.weight", "encoder.conv4_1.bias"] {
      var other = SafetensorsWriter()
      other[name].data[1] ^= 1
      #expect(try parse(other.file).encoderFingerprint != original)
    }
  }

  @Test(
    "the shipped models are whole and say where they come from",
    arguments: [
      (BuiltInModel.standard, "adain-vgg16.safetensors", 512), (.fast, "adain-vgg16-fast.safetensors", 192),
    ])
  func shipped(_ name: BuiltInModel, _ file: String, _ channels: Int) throws {
    let path = repository.appending(path: "weights/\(file)").path
    let weights = try FileBytes.withContents(of: FilePath(path), maximumSize: 1 << 30) {
      (bytes: UnsafeRawBufferPointer) throws(AdaINError) in try NetworkWeights(safetensors: bytes)
    }
    #expect(weights.architecture == .vgg16)
    #expect(weights.encoder.last?.outputChannels == channels)
    #expect(weights.metadata["license"]?.contains("BSD-3-Clause") == true)
    #expect(try Model.named(name).encoderFingerprint == weights.encoderFingerprint)
  }

  @Test("files that cannot be read say so, with their name")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "adain-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let large = folder.appending(path: "large").path
    #expect(FileManager.default.createFile(atPath: large, contents: Data(count: 100)))
    for (path, sentence) in [
      (folder.appending(path: "none").path, "cannot be opened"), (folder.path, "not a regular file"),
      (pipe, "not a regular file"), (large, "has 100 bytes, more than the 99 allowed"),
    ] {
      #expect {
        try FileBytes.withContents(of: FilePath(path), maximumSize: 99) {
          (bytes: UnsafeRawBufferPointer) throws(AdaINError) in bytes.count
        }
      } throws: { error in
        let error = error as! AdaINError
        return error.kind == .io && error.message.hasPrefix(path + ": ")
          && error.message.contains(sentence)
      }
    }
  }
}
