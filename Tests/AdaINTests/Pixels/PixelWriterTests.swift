import Testing

@testable import AdaIN

@Suite("Writing pixels") struct PixelWriterTests {
  private static let width = 37

  /// Whether `sample` is the nearest of its format to `value`, clamped to 0…1. The product with
  /// 65535 has an error of up to 1/256 in single precision, hence the little more than a half.
  private func isNearest(_ sample: Double, to value: Double, _ format: PixelFormat) -> Bool {
    let tolerance = format == .float32 ? 2e-7 : 0.5 + 8e-3
    return abs(sample - min(1, max(0, value)) * format.one) <= tolerance
  }

  @Test("every format and number of channels, and nothing beside", arguments: PixelFormat.all, [1, 3, 4])
  func formats(format: PixelFormat, channels: Int) throws {
    let rgb = {
      var random = SeededRandom(3)
      return random.floats(3 * Self.width, -0.2...1.2)
    }()
    for (first, end) in [(0, Self.width), (1, Self.width), (5, 6), (7, 30), (9, 9)] {
      let picture = try PixelBuffer(
        width: Self.width, height: 3, format: format, channels: channels, gap: 1)
      PixelWriter(picture.view, alpha: .opaque)
        .writeRow(1, from: first, count: end - first, rgb: rgb)
      for x in first..<end {
        let pixel = rgb[3 * (x - first)..<3 * (x - first) + 3].map { Double($0) }
        let luma = 0.2126 * pixel[0] + 0.7152 * pixel[1] + 0.0722 * pixel[2]
        let expected = channels == 1 ? [luma] : pixel
        for (channel, value) in expected.enumerated() {
          #expect(isNearest(picture[x, 1, channel], to: value, format))
        }
        if channels == 4 { #expect(picture[x, 1, 3] == format.one) }
      }
      #expect(picture.isUntouched(exceptRow: 1, columns: first..<end))
    }
  }

  @Test("what is read and written again stays the same, for every integer")
  func roundTrip() throws {
    for format in [PixelFormat.uint8, .uint16] {
      let count = Int(format.one) + 1
      let picture = try PixelBuffer(width: count, format: format, channels: 3)
      for value in 0..<count {
        for channel in 0..<3 { picture[value, 0, channel] = Double(value) }
      }
      var rgb = Array(repeating: Float(-1), count: 3 * count)
      try PixelReader(picture.view, name: "content").readRow(0, into: &rgb)
      let copy = try PixelBuffer(width: count, format: format, channels: 3)
      PixelWriter(copy.view, alpha: .opaque).writeRow(0, from: 0, count: count, rgb: rgb)
      #expect((0..<count).allSatisfy { copy[$0, 0, 1] == Double($0) })
    }
  }

  @Test("integers are the nearest, on both sides of each step")
  func rounding() throws {
    for format in [PixelFormat.uint8, .uint16] {
      // A little more than the error of the product with 65535 in single precision.
      let margin = format == .uint8 ? 1e-4 : 8e-3
      let count = Int(format.one)
      let picture = try PixelBuffer(width: 2 * count, format: format, channels: 1)
      var rgb: [Float] = []
      for step in 0..<count {
        for side in [-margin, margin] {
          let grey = Float((Double(step) + 0.5 + side) / format.one)
          rgb += [grey, grey, grey]
        }
      }
      PixelWriter(picture.view, alpha: .opaque).writeRow(0, from: 0, count: 2 * count, rgb: rgb)
      #expect(
        (0..<count).allSatisfy {
          picture[2 * $0, 0, 0] == Double($0) && picture[2 * $0 + 1, 0, 0] == Double($0 + 1)
        })
    }
  }

  @Test("extremes: NaN is written as 0, infinities as the ends", arguments: PixelFormat.all, [1, 3, 4])
  func extremes(format: PixelFormat, channels: Int) throws {
    let values: [Float] = [
      .nan, -.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, -0.0,
      .leastNonzeroMagnitude,
    ]
    let expected = [0, 0, 1, 0, 1, 0, 0, 0]
    let picture = try PixelBuffer(width: values.count, format: format, channels: channels)
    PixelWriter(picture.view, alpha: .opaque)
      .writeRow(0, from: 0, count: values.count, rgb: values.flatMap { [$0, $0, $0] })
    for (x, value) in expected.enumerated() {
      for channel in 0..<min(3, channels) {
        #expect(abs(picture[x, 0, channel] - Double(value) * format.one) < 1e-30)
      }
    }
  }

  @Test("alpha copied between any two formats", arguments: PixelFormat.all, PixelFormat.all)
  func alpha(from: PixelFormat, to: PixelFormat) throws {
    let values = from == .float32 ? 1000 : Int(from.one) + 1
    let content = try PixelBuffer(width: values, height: 2, format: from, channels: 4, gap: 3)
    for x in 0..<values {
      content[x, 1, 3] = from == .float32 ? Double(x) / 999 : Double(x)
    }
    let rgb = Array(repeating: Float(0.5), count: 3 * values)
    let picture = try PixelBuffer(width: values, height: 2, format: to, channels: 4, gap: 1)
    // From the third pixel on: the copy must begin there too.
    PixelWriter(picture.view, alpha: .copied(from: content.view))
      .writeRow(1, from: 2, count: values - 2, rgb: rgb)
    for x in 2..<values {
      #expect(isNearest(picture[x, 1, 3], to: content[x, 1, 3] / from.one, to))
    }
    #expect(picture.isUntouched(exceptRow: 1, columns: 2..<values))
  }

  @Test("a copied alpha that is no number, or out of range, does not trap")
  func alphaExtremes() throws {
    let content = try PixelBuffer(width: 4, format: .float32, channels: 4)
    for (x, value) in [Double.nan, .infinity, -3, 2].enumerated() { content[x, 0, 3] = value }
    for format in PixelFormat.all {
      let picture = try PixelBuffer(width: 4, format: format, channels: 4)
      let rgb = Array(repeating: Float(0), count: 12)
      PixelWriter(picture.view, alpha: .copied(from: content.view))
        .writeRow(0, from: 0, count: 4, rgb: rgb)
      #expect((0..<4).map { picture[$0, 0, 3] } == [0, format.one, 0, format.one])
    }
  }
}
