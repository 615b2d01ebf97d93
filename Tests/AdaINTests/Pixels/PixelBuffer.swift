@testable import AdaIN

/// A picture of the tests, with bytes around and between its rows that must stay as they are.
final class PixelBuffer {
  static let untouched: UInt8 = 0x5A
  private static let margin = 64

  let view: PixelView
  private let memory: UnsafeMutableRawBufferPointer

  /// - Parameter gap: samples between two rows; odd numbers make strides of no round size.
  init(
    width: Int, height: Int = 1, format: PixelFormat, channels: Int, gap: Int = 0
  ) throws {
    let stride = (width * channels + gap) * format.byteCount
    memory = .allocate(byteCount: stride * height + 2 * Self.margin, alignment: 64)
    for i in memory.indices { memory[i] = Self.untouched }
    view = try PixelView(
      "picture", data: memory.baseAddress! + Self.margin, stride: stride, width: width,
      height: height, format: format, channels: channels)
  }

  deinit { memory.deallocate() }

  /// A sample as a number: 0…255, 0…65535, or the float itself.
  subscript(x: Int, y: Int, channel: Int) -> Double {
    get {
      switch view.format {
      case .uint8: Double(address(x, y, channel).load(as: UInt8.self))
      case .uint16: Double(address(x, y, channel).load(as: UInt16.self))
      case .float32: Double(address(x, y, channel).load(as: Float.self))
      }
    }
    set {
      let address = address(x, y, channel)
      switch view.format {
      case .uint8: address.storeBytes(of: UInt8(newValue), as: UInt8.self)
      case .uint16: address.storeBytes(of: UInt16(newValue), as: UInt16.self)
      case .float32: address.storeBytes(of: Float(newValue), as: Float.self)
      }
    }
  }

  private func address(_ x: Int, _ y: Int, _ channel: Int) -> UnsafeMutableRawPointer {
    view.data + y * view.stride + (x * view.channels + channel) * view.format.byteCount
  }

  /// Whether every byte outside columns `columns` of row `row` is as it was at first.
  func isUntouched(exceptRow row: Int, columns: Range<Int>) -> Bool {
    let pixel = view.channels * view.format.byteCount
    let start = Self.margin + row * view.stride
    let written = start + columns.lowerBound * pixel..<start + columns.upperBound * pixel
    return memory.indices.allSatisfy { written.contains($0) || memory[$0] == Self.untouched }
  }
}

extension PixelFormat {
  static let all: [PixelFormat] = [.uint8, .uint16, .float32]

  /// The sample that stands for 1.
  var one: Double {
    switch self {
    case .uint8: 255
    case .uint16: 65535
    case .float32: 1
    }
  }
}
