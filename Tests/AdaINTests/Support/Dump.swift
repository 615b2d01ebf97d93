import Foundation

@testable import AdaIN

/// A file of weights/dumps/make_dumps.py: named float arrays.
struct Dump {
  struct Values {
    let shape: [Int]
    let floats: [Float]
  }

  let tensors: [String: Values]

  init(_ name: String) throws {
    let data = try Data(contentsOf: Dump.url(name))
    tensors = try data.withUnsafeBytes { bytes in
      var tensors: [String: Values] = [:]
      for tensor in try SafetensorsFile(bytes).tensors {
        let count = tensor.bytes.count / 4
        let floats = (0..<count).map {
          tensor.bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)
        }
        tensors[tensor.name] = Values(shape: tensor.shape, floats: floats)
      }
      return tensors
    }
  }

  subscript(_ name: String) -> Values { tensors[name]! }

  static func url(_ name: String) -> URL {
    Bundle.module.url(forResource: "Dumps/\(name)", withExtension: nil)!
  }
}

/// A picture whose samples the test owns; `values` are (height, width, channels).
struct OwnedPicture {
  private let view: PixelView
  private let memory: Memory

  private final class Memory {
    let bytes: UnsafeMutableRawBufferPointer
    init(_ count: Int) { bytes = .allocate(byteCount: count, alignment: 64) }
    deinit { bytes.deallocate() }
  }

  init(width: Int, height: Int, format: PixelFormat = .float32, channels: Int = 3) throws {
    memory = Memory(width * height * channels * format.byteCount)
    view = try PixelView(
      "picture", data: memory.bytes.baseAddress, width: width, height: height, format: format,
      channels: channels)
  }

  /// Bytes as floats from 0 to 255, to an 8-bit picture.
  init(bytes values: [Float], width: Int, height: Int) throws {
    try self.init(width: width, height: height, format: .uint8)
    for (i, value) in values.enumerated() { memory.bytes[i] = UInt8(value) }
  }

  /// The pixels, valid during the call.
  func with<R>(_ body: (PixelView) throws -> R) rethrows -> R {
    try withExtendedLifetime(memory) { try body(view) }
  }

  /// The samples of a float picture.
  var floats: [Float] { Array(memory.bytes.bindMemory(to: Float.self)) }
  var bytes: [UInt8] { Array(memory.bytes) }
}

extension Dump {
  func picture(_ name: String) throws -> OwnedPicture {
    let values = self[name]
    return try OwnedPicture(
      bytes: values.floats, width: values.shape[1], height: values.shape[0])
  }
}
