import Foundation
import Testing

@testable import AdaIN

/// Each way in which a weights file can be malformed is an error of its own.
@Suite("Malformed weights files") struct WeightsFaultTests {
  private func fault(_ change: (inout SafetensorsWriter) -> Void) -> WeightsFault? {
    var writer = SafetensorsWriter()
    change(&writer)
    return fault(of: writer.file)
  }

  private func fault(of bytes: [UInt8]) -> WeightsFault? {
    bytes.withUnsafeBytes { bytes in
      do throws(WeightsFault) {
        _ = try NetworkWeights(SafetensorsFile(bytes))
        return nil
      } catch {
        return error
      }
    }
  }

  @Test("a good file has none")
  func good() throws {
    #expect(fault { _ in } == nil)
    #expect(try parse(SafetensorsWriter(architecture: .vgg19).file).architecture == .vgg19)
  }

  @Test("cut at every 64 bytes of the header and at 20 places of the body")
  func truncated() {
    let file = SafetensorsWriter().file
    let header = SafetensorsWriter().header.utf8.count
    let body = file.count - 8 - header
    let cuts =
      Array(stride(from: 0, to: 8 + header, by: 64)) + (0..<20).map { 8 + header + body * $0 / 20 }
    for cut in cuts {
      let fault = fault(of: Array(file[..<cut]))
      switch (cut, fault) {
      case (..<8, .tooShort?), (8..<8 + header, .headerBeyondFile?): break
      case (_, .offsetsBeyondFile?) where cut >= 8 + header: break
      default: Issue.record("cut at \(cut): \(String(describing: fault))")
      }
    }
  }

  @Test("header lengths up to 2⁶⁴ − 1")
  func headerLengths() {
    for power in 20..<64 {
      for length in [UInt64(1) << power, UInt64(1) << power | 1, UInt64.max >> (63 - power)] {
        let fault = fault { $0.headerLength = length }
        switch fault {
        case .headerTooLong?, .headerBeyondFile?: break
        default: Issue.record("length \(length): \(String(describing: fault))")
        }
      }
    }
    #expect(fault { $0.headerLength = 0 } == .headerNotJSON)
  }

  @Test("headers that would take a decoder's stack, or hours")
  func hostile() {
    let writer = SafetensorsWriter()
    // As deep as the decoder would follow, on a small stack.
    for nested in ["[", "{\"a\":"] {
      let header = "{\"x\":" + String(repeating: nested, count: 100_000)
      #expect(fault(of: writer.file(header: header)) == .headerNotJSON)
    }
    // Marks that combine with the letter before them, which equality of strings would have to sort.
    let marks = String(repeating: "\u{301}\u{323}", count: 100_000)
    let escaped = String(repeating: "\\u0301\\u0323", count: 40_000)
    for text in [marks, escaped] {
      for header in [
        "{\"a\(text)\":1}", "{\"a\":{\"dtype\":\"F\(text)\"}}",
        "{\"__metadata__\":{\"format\":\"a\(text)\"}}",
      ] {
        guard case .headerText = fault(of: writer.file(header: header)) else {
          Issue.record("\(header.prefix(30))")
          continue
        }
      }
    }
  }

  @Test("headers that are no JSON object")
  func notJSON() {
    let writer = SafetensorsWriter()
    for header in ["", "x", "[]", "7", "null", "{", "{\"a\":}", "\u{0}\u{0}", writer.header + "}"] {
      #expect(fault(of: writer.file(header: header)) == .headerNotJSON, "\(header.prefix(20))")
    }
    // The format asks for a brace as the first byte, and for UTF-8.
    for start in [" ", "\n", "\u{FEFF}"] {
      #expect(fault(of: writer.file(header: start + writer.header)) == .headerNotJSON)
    }
    for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian] {
      let header = Array(writer.header.data(using: encoding)!)
      let file =
        withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header
        + writer.tensors.flatMap(\.data)
      #expect(fault(of: file) == .headerNotJSON, "\(encoding)")
    }
    // Deep nesting must not exhaust the stack.
    let deep = String(repeating: "[", count: 200_000)
    #expect(fault(of: writer.file(header: deep)) == .headerNotJSON)
  }

  @Test("metadata")
  func metadata() {
    #expect(fault { $0.metadata = nil } == .metadataMissing(field: "format"))
    for field in ["format", "version", "architecture"] {
      #expect(fault { $0.metadata![field] = nil } == .metadataMissing(field: field))
    }
    let writer = SafetensorsWriter()
    for (good, bad) in [
      ("\"version\":\"1\"", "\"version\":1"), ("{\"__metadata__\":{", "{\"__metadata__\":[],\"x\":{"),
    ] {
      let changed = writer.header.replacing(good, with: bad)
      #expect(changed != writer.header)
      #expect(fault(of: writer.file(header: changed)) == .metadataMalformed)
    }
    #expect(fault { $0.metadata!["format"] = "pt" } == .wrongFormat("pt"))
    #expect(fault { $0.metadata!["version"] = "2" } == .wrongVersion("2"))
    #expect(fault { $0.metadata!["architecture"] = "vgg11" } == .unknownArchitecture("vgg11"))
    #expect(
      fault { $0.metadata!["architecture"] = "vgg19" } == .missingTensor("encoder.conv3_4.weight"))
  }

  @Test("tensors that are missing, unknown or named twice")
  func names() {
    let name = "decoder.conv2_1.bias"
    #expect(fault { $0.remove(name) } == .missingTensor(name))
    #expect(fault { $0[name].name = "decoder.conv9_9.bias" } == .unknownTensor("decoder.conv9_9.bias"))
    #expect(
      fault {
        $0.tensors.append($0[name])
        $0.tensors[$0.tensors.count - 1].data = []
      } == .duplicateKey(name))
    // The same name, spelt otherwise.
    #expect(
      fault {
        $0.tensors.append(
          .init(name: "decoder.conv2_1.bi\\u0061s", shape: [0], data: []))
      } == .duplicateKey(name))
  }

  @Test("keys that stand twice inside the metadata or a tensor's description")
  func nestedDuplicates() {
    let writer = SafetensorsWriter()
    for (good, bad, key) in [
      ("\"version\":\"1\"", "\"version\":\"1\",\"version\":\"2\"", "__metadata__.version"),
      ("\"version\":\"1\"", "\"version\":\"1\",\"v\\u0065rsion\":\"1\"", "__metadata__.version"),
      ("\"shape\":[4]", "\"shape\":[4],\"shape\":[5]", "encoder.conv1_1.bias.shape"),
    ] {
      let changed = writer.header.replacing(good, with: bad, maxReplacements: 1)
      #expect(changed != writer.header)
      #expect(fault(of: writer.file(header: changed)) == .duplicateKey(key))
    }
    // Not keys, though they look like them: values, and equal keys of different objects.
    #expect(
      fault {
        $0.metadata!["a"] = "format"
        $0.metadata!["b"] = "x\\\",\\\"format\\\":{["
        $0.metadata!["dtype"] = "dtype"
      } == nil)
  }

  @Test("descriptions")
  func descriptions() {
    let name = "encoder.conv1_1.bias"
    #expect(fault { $0[name].offsets = [1] } == .tensorDescription(name))
    #expect(fault { $0[name].offsets = [1, 2, 3] } == .tensorDescription(name))
    #expect(fault { $0[name].offsets = [-1, 15] } == .tensorDescription(name))
    #expect(fault { $0[name].shape = [-4] } == .tensorDescription(name))
    #expect(fault { $0[name].type = "BF16" } == .wrongType(tensor: name, type: "BF16"))
    #expect(fault { $0[name].type = "I32" } == .wrongType(tensor: name, type: "I32"))
    let header = SafetensorsWriter().header
    for (good, bad) in [
      ("\"dtype\":\"F32\"", "\"dtype\":7"), ("\"shape\":[4]", "\"shape\":\"4\""),
      ("\"shape\":[4]", "\"shape\":[4.5]"), ("\"shape\":[4]", "\"shape\":[9999999999999999999999]"),
      ("\"shape\":[4],", ""),
    ] {
      let name = good.contains("shape") ? name : "encoder.conv1_1.weight"
      let changed = header.replacing(good, with: bad, maxReplacements: 1)
      #expect(changed != header)
      #expect(fault(of: SafetensorsWriter().file(header: changed)) == .tensorDescription(name))
    }
  }

  @Test("shapes")
  func shapes() {
    let weight = "encoder.conv2_1.weight"
    func expects(_ change: (inout SafetensorsWriter) -> Void, _ tensor: String) {
      guard case .wrongShape(tensor, _, _)? = fault(change) else {
        Issue.record("\(tensor): \(String(describing: fault(change)))")
        return
      }
    }
    expects({ $0[weight].shape = [5, 4, 3] }, weight)
    expects({ $0[weight].shape = [5, 4, 3, 4] }, weight)
    expects({ $0[weight].shape = [4, 5, 3, 3] }, weight)
    expects({ $0[weight].shape = [0, 4, 3, 3] }, weight)
    expects({ $0[weight].shape = [Int.max, 4, 3, 3] }, weight)
    expects({ $0[weight].shape = [4097, 4, 3, 3] }, weight)
    expects({ $0["encoder.conv2_1.bias"].shape = [6] }, "encoder.conv2_1.bias")
    expects({ $0["encoder.conv2_1.bias"].shape = [] }, "encoder.conv2_1.bias")
    expects({ $0["decoder.conv1_1.weight"].shape = [4, 4, 3, 3] }, "decoder.conv1_1.weight")
    expects({ $0["decoder.conv4_1.weight"].shape = [6, 6, 3, 3] }, "decoder.conv4_1.weight")
  }

  @Test("data that are too few, too many, shared or stray")
  func data() {
    let name = "encoder.conv1_1.bias"
    #expect(
      fault { $0[name].type = "F16" } == .wrongSize(tensor: name, bytes: 16, expected: 8))
    #expect(fault { $0[name].offsets = [448, 432] } == .wrongOffsets(tensor: name))
    #expect(fault { $0[name].offsets = [432, Int.max] } == .offsetsBeyondFile(tensor: name))
    #expect(
      fault { $0[name].offsets = [428, 444] }
        == .overlap(tensor: name, with: "encoder.conv1_1.weight"))
    #expect(
      fault { $0.tensors[0].offsets = [4, 432] } == .gap(before: "encoder.conv1_1.weight"))
    #expect(fault { $0.trailing = [0, 0, 0] } == .trailingBytes(3))
  }

  @Test("values that are not finite")
  func values() {
    for value in [Float.nan, .infinity, -.infinity, .signalingNaN] {
      #expect(
        fault {
          $0["decoder.conv3_1.bias"].data.replaceSubrange(0..<4, with: SafetensorsWriter.bytes([value]))
        }
          == .notFinite(tensor: "decoder.conv3_1.bias"))
    }
    // Half precision: the last number of a tensor is an infinity.
    #expect(
      fault {
        $0["encoder.conv1_1.bias"].type = "F16"
        $0["encoder.conv1_1.bias"].data = [0, 0, 0, 0x3C, 0, 0, 0, 0x7C]
      } == .notFinite(tensor: "encoder.conv1_1.bias"))
  }

  /// Finite weights, and features that are not: what a rectifier makes of those would be zeros.
  @Test(
    "an encoder whose features can overflow is refused, whichever layer it is in",
    arguments: ["conv1_1", "conv2_1", "conv4_1"])
  func featuresOverflow(_ layer: String) throws {
    let name = "encoder.\(layer)"
    #expect(
      fault {
        $0[name + ".bias"].data.replaceSubrange(0..<4, with: SafetensorsWriter.bytes([-3e38 as Float]))
      }
        == .featuresOverflow(layer: name))
    #expect(
      fault {
        let count = $0[name + ".weight"].data.count / 4
        $0[name + ".weight"].data = SafetensorsWriter.bytes([Float](repeating: 1e30, count: count))
      } == .featuresOverflow(layer: name))
    // The decoder's values depend on a style; its pixels are clamped.
    #expect(
      fault {
        $0["decoder.conv3_1.bias"].data.replaceSubrange(0..<4, with: SafetensorsWriter.bytes([3e38 as Float]))
      } == nil)
  }

  @Test("every single byte of the header may be anything")
  func everyByte() {
    let file = SafetensorsWriter().file
    let header = SafetensorsWriter().header.utf8.count
    var random = SeededRandom(3)
    for position in 0..<8 + header {
      var damaged = file
      damaged[position] = UInt8.random(in: 0...255, using: &random)
      _ = fault(of: damaged)  // any answer, but an answer
    }
  }

  @Test("sentences name what is wrong, each in its own words")
  func sentences() {
    let faults: [WeightsFault] = [
      .tooShort(bytes: 3), .headerTooLong(bytes: 1 << 40), .headerBeyondFile(bytes: 99, file: 9),
      .headerNotJSON, .duplicateKey("t"), .metadataMalformed,
      .metadataMissing(field: "f"), .wrongFormat("x"),
      .wrongVersion("x"), .unknownArchitecture("x"), .tensorDescription("t"), .unknownTensor("t"),
      .missingTensor("t"), .wrongType(tensor: "t", type: "x"),
      .wrongShape(tensor: "t", shape: [1], expected: "[2]"), .wrongOffsets(tensor: "t"),
      .offsetsBeyondFile(tensor: "t"), .wrongSize(tensor: "t", bytes: 1, expected: 2),
      .overlap(tensor: "t", with: "u"), .gap(before: "t"), .trailingBytes(7),
      .notFinite(tensor: "t"), .featuresOverflow(layer: "l"),
    ]
    let sentences = faults.map(\.sentence)
    #expect(Set(sentences).count == faults.count)
    #expect(sentences.allSatisfy { $0.hasPrefix("weights: ") && !$0.hasSuffix(".") })
  }

  @Test("sentences stay short and printable whatever the file says")
  func foreignText() {
    let nasty = "a\0b\n\u{1B}[31m\u{202E}"
    #expect(
      WeightsFault.wrongFormat(nasty).sentence
        == "weights: the metadata's format is 'a\\0b\\n\\u{1B}[31m\\u{202E}', not 'adain'")
    let long = String(repeating: "\u{1F600}", count: 100_000)
    // All combining marks are one character: its length must not be counted as 1.
    let stacked = "e" + String(repeating: "\u{0301}", count: 100_000)
    for text in [long, stacked] {
      for fault in [
        WeightsFault.wrongFormat(text), .wrongVersion(text), .unknownArchitecture(text),
        .duplicateKey(text), .tensorDescription(text), .unknownTensor(text),
        .wrongType(tensor: "t", type: text), .overlap(tensor: text, with: text), .gap(before: text),
        .wrongShape(tensor: text, shape: Array(repeating: 7, count: 100_000), expected: "[2]"),
      ] {
        #expect(fault.sentence.utf8.count < 3000)
        #expect(fault.sentence.unicodeScalars.allSatisfy { $0.isASCII || $0 == "…" })
      }
    }
  }
}
