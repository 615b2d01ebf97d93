import Testing

@testable import AdaIN

@Suite("Views of pixels") struct PixelViewTests {
  private func message(
    data: Int = 4096, stride: Int = 0, width: Int = 4, height: Int = 4,
    format: PixelFormat = .uint8, channels: Int = 3
  ) -> String? {
    do throws(AdaINError) {
      _ = try PixelView(
        "result", data: UnsafeMutableRawPointer(bitPattern: data), stride: stride, width: width,
        height: height, format: format, channels: channels)
      return nil
    } catch {
      #expect(error.kind == .argument)
      return error.message
    }
  }

  @Test("stride 0 means rows without gaps")
  func packedRows() throws {
    let data = UnsafeMutableRawPointer(bitPattern: 4096)
    let view = try PixelView(
      "result", data: data, width: 5, height: 7, format: .uint16, channels: 3)
    #expect(view.stride == 30)
  }

  @Test("every member out of its range is named")
  func ranges() {
    #expect(message() == nil)
    #expect(message(data: 0) == "result: data is NULL")
    #expect(message(width: 0) == "result: the size 0 x 4 is empty")
    #expect(message(height: -1) == "result: the size 4 x -1 is empty")
    #expect(message(width: .max, height: .max)?.hasSuffix("exceeds 10000000 pixels on a side") == true)
    #expect(message(channels: 2) == "result: channels is 2, not 1, 3 or 4")
    #expect(message(stride: 11) == "result: stride is 11 bytes, shorter than a row of 12")
    #expect(message(stride: -12)?.contains("stride is -12 bytes") == true)
    #expect(
      message(stride: 25, format: .uint16)
        == "result: stride is 25 bytes, not a multiple of the sample size 2")
    #expect(message(stride: .max / 2)?.hasSuffix("overflows") == true)
    #expect(message(data: 4097) == nil)
    #expect(
      message(data: 4098, format: .float32)
        == "result: data is not aligned to its samples of 4 bytes")
  }
}
