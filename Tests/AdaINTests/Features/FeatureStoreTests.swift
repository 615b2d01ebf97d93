import Testing

@testable import AdaIN

/// Where and how a feature map is kept moves no pixel, but for the rounding of half precision.
@Suite("Feature store") struct FeatureStoreTests {
  @Test(
    "rows come back, whole and in part, from memory and from a file",
    arguments: [FeatureStore.Precision.single, .half], [Int.max, 0])
  func rows(_ precision: FeatureStore.Precision, _ limit: Int) throws {
    // Rows of more than one segment of a file.
    let (width, height, channels) = (701, 3, 64)
    let store = try FeatureStore(
      width: width, height: height, channels: channels, limit: limit, precision: precision)
    #expect(store.isInFile == (limit == 0))
    var random = SeededRandom(5)
    let values = random.floats(width * height * channels, 0...9)
    let scratch = try AlignedBuffer("scratch", count: FeatureStore.scratchCount)
    try values.withUnsafeBufferPointer { values in
      for y in [2, 0, 1] {
        try store.write(
          row: y, values.baseAddress! + y * width * channels, scratch: scratch.floats)
      }
    }
    for columns in [0..<width, 0..<1, 699..<701, 13..<640] {
      for y in 0..<height {
        var row = [Float](repeating: -1, count: columns.count * channels)
        try store.read(row: y, columns: columns, into: &row, scratch: scratch.floats)
        let first = (y * width + columns.lowerBound) * channels
        let kept = values[first..<first + row.count].map {
          precision == .single ? $0 : Float(Float16($0))
        }
        #expect(row == kept)
      }
    }
  }

  @Test(
    "pixels are the same from memory and from a file, floats too",
    arguments: [FeatureStore.Precision.single, .half])
  func spilled(_ precision: FeatureStore.Precision) throws {
    let model = try ModelTests.model()
    let picture = try ModelTests.picture(210, 130)
    let style = try picture.with { try model.style(of: $0) }
    func content(memory: Int) throws -> Content {
      var options = RunOptions(featureMemory: memory)
      options.featurePrecision = precision
      return try picture.with { try model.analyse($0, options: options) }
    }
    let kept = try content(memory: .max)
    let spilled = try content(memory: 0)
    #expect(spilled.features.isInFile && !kept.features.isInFile)
    let whole = try Self.render(kept, style, 0, 0, 210, 130)
    #expect(try Self.render(spilled, style, 0, 0, 210, 130) == whole)
    for tile in [64, 200] {
      for y in stride(from: 0, to: 130, by: tile) {
        for x in stride(from: 0, to: 210, by: tile) {
          let (width, height) = (min(tile, 210 - x), min(tile, 130 - y))
          var expected: [Float] = []
          for row in y..<y + height {
            expected += whole[3 * (row * 210 + x)..<3 * (row * 210 + x + width)]
          }
          #expect(try Self.render(spilled, style, x, y, width, height) == expected)
        }
      }
    }
  }

  @Test("half precision moves pixels of the shipped model by less than half of 1/255")
  func halfError() throws {
    let model = try Model.embedded()
    let dump = try Dump("shipped-standard.safetensors")
    let picture = try dump.picture("photograph.picture")
    let style = try dump.picture("painting").with { try model.style(of: $0) }
    let results = try [FeatureStore.Precision.single, .half].map { precision in
      var options = RunOptions()
      options.featurePrecision = precision
      let content = try picture.with { try model.analyse($0, options: options) }
      return try Self.render(content, style, 0, 0, content.width, content.height)
    }
    let error = zip(results[0], results[1]).reduce(0) { max($0, abs($1.0 - $1.1)) }
    print("half precision: pixels \(error * 255) of 255")
    #expect(error > 0)
    #expect(error < 0.5 / 255)
  }

  @Test("half from two megapixels on")
  func precision() throws {
    let small = try FeatureStore(width: 181, height: 181, channels: 512, limit: 0)
    let large = try FeatureStore(width: 256, height: 129, channels: 512, limit: .max)
    #expect(small.precision == .single)
    #expect(large.precision == .half)
  }

  @Test(
    "a size as libvips spells it",
    arguments: [
      ("0", 0), ("1000", 1000), ("200m", 200 << 20), ("3G", 3 << 30), ("5k", 5120), ("m", nil),
      ("", nil), ("-1", nil), ("9999999999g", nil), ("12x", nil),
    ])
  func sizes(_ text: String, _ bytes: Int?) {
    #expect(FeatureMemory.bytes(text) == bytes)
  }

  private static func render(
    _ content: Content, _ style: Style, _ x: Int, _ y: Int, _ width: Int, _ height: Int
  ) throws -> [Float] {
    let part = try OwnedPicture(width: width, height: height)
    try part.with { try content.render(style: style, x: x, y: y, into: $0) }
    return part.floats
  }
}
