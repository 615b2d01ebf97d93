import Testing

@testable import AdaIN

/// A brush broader than the picture's own.
@Suite("Broad brush") struct BroadBrushTests {
  @Test(
    "weights sum to 1 and a constant stays constant, reduced and enlarged",
    arguments: [(10, 3), (7, 7), (9, 1), (1000, 333), (3, 10), (1, 5), (5, 2)])
  func sums(_ old: Int, _ new: Int) throws {
    for sampling in [try Resampling.means(from: old, to: new), try .cubic(from: old, to: new)] {
      for i in 0..<new {
        var sum: Float = 0
        var least = Int.max
        var most = -1
        sampling.forEachTap(of: i) { from, weight in
          sum += weight
          least = min(least, from)
          most = max(most, from)
        }
        #expect(abs(sum - 1) <= 1e-5)
        #expect(least >= 0 && most < old)
      }
    }
  }

  @Test("a mean over whole samples is their mean")
  func means() throws {
    let sampling = try Resampling.means(from: 6, to: 2)
    var taken: [[Int]] = [[], []]
    for i in 0..<2 {
      sampling.forEachTap(of: i) { from, weight in
        if weight > 1e-6 {
          taken[i].append(from)
          #expect(abs(weight - 1 / 3) <= 1e-6)
        }
      }
    }
    #expect(taken == [[0, 1, 2], [3, 4, 5]])
  }

  @Test(
    "a picture is painted at sizes from the coarsest to its own, none more than four times the one before",
    arguments: [(1.5, 2), (4, 2), (4.1, 3), (16, 3), (17, 4), (64, 4)])
  func sizes(_ stroke: Double, _ count: Int) {
    let sizes = BrushSizes.sizes(width: 6400, height: 3200, stroke: stroke)
    #expect(sizes.count == count)
    #expect(sizes.last! == (6400, 3200))
    #expect(sizes[0] == (Int((6400 / stroke).rounded()), Int((3200 / stroke).rounded())))
    for (small, large) in zip(sizes, sizes.dropFirst()) {
      #expect(small.width < large.width && Double(large.width) < 4.03 * Double(small.width))
    }
    #expect(
      BrushSizes.sizes(width: 1, height: 3, stroke: stroke).allSatisfy { $0.width == 1 && $0.height >= 1 })
  }

  @Test("strokes suit the size: the network's own up to a megapixel, then in proportion to the short side")
  func automatic() {
    for (width, height) in [(1, 1), (512, 512), (1024, 1024), (10_000_000, 1)] {
      #expect(BrushSizes.automaticStroke(width: width, height: height) == 1)
    }
    #expect(BrushSizes.automaticStroke(width: 2560, height: 1536) == 3)
    #expect(BrushSizes.automaticStroke(width: 1536, height: 2560) == 3)
    #expect(BrushSizes.automaticStroke(width: 10_000_000, height: 10_000_000) == 64)
  }

  /// A picture as an RGB store and as a luma.
  private static func stores(
    _ picture: OwnedPicture, _ width: Int, _ height: Int, limit: Int = .max
  ) throws -> (rgb: PixelStore, luma: PixelStore) {
    let rgb = try PixelStore("p", width: width, height: height, channels: 3, format: .uint16, limit: limit)
    let luma = try PixelStore("g", width: width, height: height, channels: 1, format: .uint8, limit: limit)
    let scratch = try RowScratch(for: [rgb, luma], threads: 1)
    for y in 0..<height {
      try picture.floats.withUnsafeBufferPointer { floats in
        let row = floats.baseAddress! + 3 * width * y
        try rgb.write(row: y, rgb: row, scratch: scratch[0])
        try luma.write(row: y, rgb: row, scratch: scratch[0])
      }
    }
    return (rgb, luma)
  }

  private static func reduced(_ picture: OwnedPicture, _ width: Int, _ height: Int) throws -> OwnedPicture {
    let result = try OwnedPicture(width: width, height: height)
    try picture.with { from in try result.with { try PictureSize.reduce(from, crop: false, into: $0) } }
    return result
  }

  @Test(
    "what is enlarged gets the guide's edges, from memory and from a temporary file", arguments: [Int.max, 0])
  func edges(_ limit: Int) throws {
    // Black and white halves: where p = G, a is 1 and the result is G itself. Tall enough for several bands.
    let (width, height) = (64, 480)
    let picture = try OwnedPicture(width: width, height: height)
    picture.with { view in
      let out = view.data.assumingMemoryBound(to: Float.self)
      for i in 0..<3 * width * height { out[i] = i / 3 % width < 30 ? 0.1 : 0.9 }
    }
    let (_, guide) = try Self.stores(picture, width, height, limit: limit)
    let (small, smallGuide) = try Self.stores(try Self.reduced(picture, 16, 120), 16, 120, limit: limit)
    for threads in [1, 3] {
      let enlargement = try GuidedEnlargement(
        small, smallGuide: smallGuide, guide: guide,
        executor: Executor(kernels: KernelSet.current.kernels, threads: threads))
      var y = 0
      while y < height {
        let range = enlargement.nextRows(from: y)
        var rows = [Float](repeating: .nan, count: 3 * width * range.count)
        try rows.withUnsafeMutableBufferPointer { try enlargement.make(range, into: $0.baseAddress!) }
        let wanted = picture.floats[3 * width * y..<3 * width * range.upperBound]
        #expect(zip(rows, wanted).allSatisfy { abs($0 - $1) <= 0.02 })
        y = range.upperBound
      }
    }
  }

  @Test(
    "a constant stays constant, whatever the sizes",
    arguments: [(1, 1, 1, 1), (1, 1, 4, 4), (3, 40, 7, 97), (33, 2, 100, 5)])
  func constant(_ width: Int, _ height: Int, _ large: Int, _ tall: Int) throws {
    func grey(_ width: Int, _ height: Int) throws -> OwnedPicture {
      let picture = try OwnedPicture(width: width, height: height)
      picture.with {
        $0.data.assumingMemoryBound(to: Float.self).update(repeating: 0.4, count: 3 * width * height)
      }
      return picture
    }
    let (small, smallGuide) = try Self.stores(try grey(width, height), width, height)
    let (_, guide) = try Self.stores(try grey(large, tall), large, tall)
    let enlargement = try GuidedEnlargement(
      small, smallGuide: smallGuide, guide: guide,
      executor: Executor(kernels: KernelSet.current.kernels, threads: 2))
    var y = 0
    while y < tall {
      let range = enlargement.nextRows(from: y)
      var rows = [Float](repeating: .nan, count: 3 * large * range.count)
      try rows.withUnsafeMutableBufferPointer { try enlargement.make(range, into: $0.baseAddress!) }
      #expect(rows.allSatisfy { abs($0 - 0.4) < 1e-3 })
      y = range.upperBound
    }
  }

  private static func stylised(
    _ stroke: Double?, threads: Int = 2, detail: Float = 0.5, memory: Int? = nil,
    progress: (@Sendable (Double) -> Bool)? = nil
  ) throws -> [UInt8] {
    let model = try ModelTests.model()
    let picture = try ModelTests.picture(90, 61)
    let style = try picture.with { try model.style(of: $0) }
    var options = RunOptions(threads: threads, featureMemory: memory, progress: progress)
    options.stroke = stroke
    options.detail = detail
    return try ModelTests.stylise(model, picture, style, options)
  }

  @Test("threads and temporary files do not change a byte, 1 is the network alone")
  func sameBytes() throws {
    let broad = try Self.stylised(2.7, threads: 1)
    #expect(try Self.stylised(2.7, threads: 3) == broad)
    #expect(try Self.stylised(2.7, memory: 0) == broad)
    #expect(try Self.stylised(1) == Self.stylised(nil))
    #expect(try Self.stylised(64).count == broad.count)
  }

  @Test("the model inside paints other pictures in broad strokes, and with more or less detail")
  func otherPictures() throws {
    let model = try Model.embedded()
    let style = try NamedStyle("great-wave").style
    let picture = try ModelTests.picture(32, 24)
    var results: [[UInt8]] = []
    for (stroke, detail) in [(1.0, 0.5), (2, 0), (2, 0.5), (2, 1)] as [(Double, Float)] {
      var options = RunOptions()
      options.stroke = stroke
      options.detail = detail
      results.append(try ModelTests.stylise(model, picture, style, options))
    }
    #expect(Set(results).count == 4)
  }

  @Test(
    "what is out of range is an error before anything else",
    arguments: [
      (0.99, 0.5, 1), (65, 0.5, 1), (.nan, 0.5, 1), (2, -0.1, 1), (2, 1.1, 1), (2, .nan, 1), (2, 0.5, -1),
      (2, 0.5, 1025),
    ] as [(Double, Float, Int)])
  func outOfRange(_ stroke: Double, _ detail: Float, _ threads: Int) throws {
    #expect(throws: AdaINError.self) { try Self.stylised(stroke, threads: threads, detail: detail) }
  }

  /// Progress, as it comes.
  private final class Steps: @unchecked Sendable {
    var values: [Double] = []
  }

  @Test("progress rises over the whole call to 1, and any of its steps can end it", arguments: [2.7, 20])
  func progress(_ stroke: Double) throws {
    let steps = Steps()
    _ = try Self.stylised(stroke) {
      steps.values.append($0)
      return true
    }
    #expect(steps.values == steps.values.sorted())
    #expect(abs(steps.values.last! - 1) < 1e-9)
    #expect(steps.values.filter { $0 > 1 - 1e-9 }.count == 1)
    let count = steps.values.count
    for limit in stride(from: 0, to: count, by: max(1, count / 30)) {
      let taken = Steps()
      #expect(throws: AdaINError(.cancelled, "cancelled by the progress callback")) {
        try Self.stylised(stroke) {
          taken.values.append($0)
          return taken.values.count <= limit
        }
      }
      #expect(taken.values.count == limit + 1)
    }
  }

  @Test("painted from rows, the content renders any rectangle of what one call makes")
  func rows() throws {
    let model = try ModelTests.model()
    let picture = try ModelTests.picture(90, 61)
    let style = try picture.with { try model.style(of: $0) }
    var options = RunOptions()
    options.stroke = 2.7
    let whole = try ModelTests.stylise(model, picture, style, options)
    let analysis = try Analysis(model: model, width: 90, height: 61, options: options)
    #expect(throws: AdaINError.self) { try analysis.paint(style: style, options: options) }
    try picture.with { view in
      for y in 0..<61 {
        try analysis.push(
          PixelView(
            "row", data: view.data + y * view.stride, width: 90, height: 1, format: view.format, channels: 3))
      }
    }
    #expect(throws: AdaINError.self) { try analysis.finish() }
    for _ in 0..<2 {  // as often as styles are wanted
      let painted = try analysis.paint(style: style, options: options)
      let result = try OwnedPicture(width: 90, height: 61, format: .uint8)
      try result.with { try painted.render(style: style, x: 0, y: 0, into: $0) }
      #expect(result.bytes == whole)
    }
    #expect(throws: AdaINError.self) { try picture.with { try model.analyse($0, options: options) } }
    let plain = try Analysis(model: model, width: 90, height: 61)
    try picture.with { try plain.push($0) }
    #expect(throws: AdaINError.self) { try plain.paint(style: style) }
  }
}
