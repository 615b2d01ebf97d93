import Testing

@testable import AdaIN

@Suite("Reading pixels") struct PixelReaderTests {
  /// Wide enough for the vectorised loop and its rest; a row in the middle, with odd gaps.
  private static let width = 37

  private func read(_ picture: PixelBuffer, row: Int) throws -> [Float] {
    try Array(unsafeUninitializedCapacity: 3 * picture.view.width) { floats, count in
      try PixelReader(picture.view, name: "content").readRow(row, into: floats.baseAddress!)
      count = floats.count
    }
  }

  @Test("every format and number of channels", arguments: PixelFormat.all, [1, 3, 4])
  func formats(format: PixelFormat, channels: Int) throws {
    for gap in [0, 1, 5] {
      let picture = try PixelBuffer(
        width: Self.width, height: 3, format: format, channels: channels, gap: gap)
      var random = SeededRandom(UInt64(gap))
      var expected: [Float] = []
      for y in 0..<3 {
        for x in 0..<Self.width {
          for channel in 0..<channels {
            let value = Double.random(in: 0...1, using: &random) * format.one
            picture[x, y, channel] = format == .float32 ? value : value.rounded()
          }
          if y == 1 {
            for colour in 0..<3 {
              let sample = picture[x, y, channels == 1 ? 0 : colour]
              expected.append(Float(sample / format.one))
            }
          }
        }
      }
      #expect(try read(picture, row: 1) == expected)
    }
  }

  @Test("all 8-bit and 16-bit samples are the nearest float; the largest is exactly 1")
  func integers() throws {
    for format in [PixelFormat.uint8, .uint16] {
      let count = Int(format.one) + 1
      let picture = try PixelBuffer(width: count, format: format, channels: 1)
      for value in 0..<count { picture[value, 0, 0] = Double(value) }
      let floats = try read(picture, row: 0)
      #expect((0..<count).allSatisfy { floats[3 * $0] == Float(Double($0) / format.one) })
      #expect(floats[3 * (count - 1)] == 1)
    }
  }

  @Test("floats outside 0…1 are clamped, however large")
  func clamping() throws {
    let picture = try PixelBuffer(width: 5, format: .float32, channels: 1)
    let huge = Double(Float.greatestFiniteMagnitude)
    let samples = [-1e-3, 1.001, huge, -huge, Double(Float.leastNonzeroMagnitude)]
    for (x, sample) in samples.enumerated() { picture[x, 0, 0] = sample }
    let floats = try read(picture, row: 0)
    #expect([0, 3, 6, 9, 12].map { floats[$0] } == [0, 1, 1, 0, .leastNonzeroMagnitude])
  }

  @Test("a sample that is not finite is an error that says where", arguments: [1, 3, 4])
  func notFinite(channels: Int) throws {
    for bad in [Double.nan, .infinity, -.infinity] {
      for x in [0, 19, Self.width - 1] {
        for channel in 0..<channels {
          let picture = try PixelBuffer(
            width: Self.width, height: 2, format: .float32, channels: channels)
          // Another row's samples are not looked at, nor is alpha.
          if channels == 4 { picture[0, 1, 3] = bad }
          picture[x, 1, channel] = bad
          #expect(throws: Never.self) { try read(picture, row: 0) }
          if channel == 3 {
            #expect(throws: Never.self) { try read(picture, row: 1) }
          } else {
            let error = AdaINError(
              .argument,
              "content: the sample at (\(x), 1), channel \(channel), is not a finite number")
            #expect(throws: error) { try read(picture, row: 1) }
          }
        }
      }
    }
  }
}
