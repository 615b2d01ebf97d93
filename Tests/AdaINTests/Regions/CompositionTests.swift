import Testing

@testable import AdaIN

/// Several styles, each where its mask says.
@Suite("Compositions") struct CompositionTests {
  /// A mask of one value, or of several in columns.
  static func mask(_ values: [Float], height: Int = 3) throws -> OwnedPicture {
    let mask = try OwnedPicture(width: values.count, height: height, channels: 1)
    mask.with { view in
      let floats = view.data.assumingMemoryBound(to: Float.self)
      for i in 0..<values.count * height { floats[i] = values[i % values.count] }
    }
    return mask
  }

  static func views<R>(_ pictures: [OwnedPicture], _ body: ([PixelView]) throws -> R) rethrows -> R {
    func collect(_ rest: ArraySlice<OwnedPicture>, _ views: [PixelView]) throws -> R {
      guard let first = rest.first else { return try body(views) }
      return try first.with { try collect(rest.dropFirst(), views + [$0]) }
    }
    return try collect(pictures[...], [])
  }

  @Test("pixels are PyTorch's", arguments: ["one", "two"], [Composition.Statistics.regions, .whole])
  func parity(_ name: String, _ statistics: Composition.Statistics) throws {
    let dump = try Dump("masks.safetensors")
    let model = try Model(path: Dump.url("narrow-vgg16-model.safetensors").path)
    let styles = try (0..<2).map { i in
      try dump.picture("painting.\(i)").with { try model.style(of: $0) }
    }
    let content = try dump.picture("picture").with { try model.analyse($0) }
    let masks = try (0..<(name == "one" ? 1 : 2)).map { i in
      let values = dump["mask.\(i)"]
      let mask = try OwnedPicture(width: values.shape[1], height: values.shape[0], channels: 1)
      mask.with { view in
        view.data.assumingMemoryBound(to: Float.self).update(
          from: values.floats, count: values.floats.count)
      }
      return mask
    }
    try Self.views(masks) { masks in
      let composition = try Composition(
        of: content, styles: styles, masks: masks, statistics: statistics)
      for strength in [Float(1), 0.5] {
        let result = try OwnedPicture(width: content.width, height: content.height)
        try result.with {
          try composition.render(options: RunOptions(strength: strength), x: 0, y: 0, into: $0)
        }
        let expected = dump["\(name).\(statistics).\(strength)"].floats
        let largest = zip(result.floats, expected).map { abs($0 - $1) }.max()!
        #expect(largest <= 1e-4, "\(name), \(statistics), strength \(strength)")
      }
    }
  }

  @Test("masks of any size are averaged over the cells", arguments: [0, 1])
  func cells(_ i: Int) throws {
    let dump = try Dump("masks.safetensors")
    let values = dump["mask.\(i)"]
    let mask = try OwnedPicture(width: values.shape[1], height: values.shape[0], channels: 1)
    let picture = dump["picture"].shape
    let expected = dump["cells.\(i)"]
    try mask.with { view in
      view.data.assumingMemoryBound(to: Float.self).update(
        from: values.floats, count: values.floats.count)
      var cells = try MaskCells(view, name: "mask", width: picture[1], height: picture[0])
      var result = Array(repeating: Float(-1), count: expected.floats.count)
      try result.withUnsafeMutableBufferPointer { buffer in
        for row in 0..<expected.shape[0] {
          try cells.read(row: row, into: buffer.baseAddress! + row * expected.shape[1], step: 1)
        }
      }
      #expect(zip(result, expected.floats).allSatisfy { abs($0 - $1) <= 1e-6 })
    }
  }

  @Test(
    "white is the first style alone and black the second, bit for bit",
    arguments: [Composition.Statistics.regions, .whole])
  func extremes(_ statistics: Composition.Statistics) throws {
    let model = try ModelTests.model()
    let content = try ModelTests.picture(61, 43).with { try model.analyse($0) }
    let styles = try [2, 3].map { seed in
      try ModelTests.picture(32, 24, seed: seed).with { try model.style(of: $0) }
    }
    for (value, style) in [(Float(1), styles[0]), (0, styles[1])] {
      let alone = try OwnedPicture(width: 61, height: 43)
      try alone.with { try content.render(style: style, x: 0, y: 0, into: $0) }
      let result = try OwnedPicture(width: 61, height: 43)
      try Self.mask([value]).with { mask in
        let composition = try Composition(
          of: content, styles: styles, masks: [mask], statistics: statistics)
        try result.with { try composition.render(x: 0, y: 0, into: $0) }
      }
      #expect(result.floats == alone.floats)
    }
  }

  @Test("what no mask covers is the content as the decoder sees it")
  func nothing() throws {
    let model = try ModelTests.model()
    let content = try ModelTests.picture(40, 24).with { try model.analyse($0) }
    let style = try ModelTests.picture(32, 24, seed: 2).with { try model.style(of: $0) }
    let none = try OwnedPicture(width: 40, height: 24)
    try none.with {
      try content.render(style: style, options: RunOptions(strength: 0), x: 0, y: 0, into: $0)
    }
    let result = try OwnedPicture(width: 40, height: 24)
    try Self.mask([0]).with { mask in
      let composition = try Composition(of: content, styles: [style], masks: [mask])
      try result.with { try composition.render(x: 0, y: 0, into: $0) }
    }
    #expect(zip(result.floats, none.floats).allSatisfy { abs($0 - $1) <= 1e-5 })
  }

  @Test("threads, rectangles, rows and a map in a file do not change a byte", arguments: availableKernels)
  func sameBytes(_ kernels: KernelSet) throws {
    let (width, height) = (150, 121)
    let model = try ModelTests.model(kernels)
    let picture = try ModelTests.picture(width, height)
    let styles = try [2, 3, 4].map { seed in
      try ModelTests.picture(32, 24, seed: seed).with { try model.style(of: $0) }
    }
    let masks = [try Self.mask([1, 0.5, 0, 0.25]), try Self.mask([0, 0.75, 0.6])]
    var results: [[Float]] = []
    for (threads, memory) in [(1, Int.max), (2, .max), (5, 0)] {
      var options = RunOptions(threads: threads)
      options.featureMemory = memory
      let content = try picture.with { try model.analyse($0, options: options) }
      let composition = try Self.views(masks) {
        try Composition(of: content, styles: styles, masks: $0, options: options)
      }
      let whole = try OwnedPicture(width: width, height: height)
      try whole.with { try composition.render(options: options, x: 0, y: 0, into: $0) }
      results.append(whole.floats)

      let part = try OwnedPicture(width: 50, height: 40)
      try part.with { try composition.render(options: options, x: 61, y: 33, into: $0) }
      for row in 0..<40 {
        let first = 3 * ((33 + row) * width + 61)
        #expect(part.floats[150 * row..<150 * (row + 1)] == whole.floats[first..<first + 150])
      }
      let rendering = try Rendering(of: composition, options: options)
      let rows = try OwnedPicture(width: width, height: height)
      try rows.with { try rendering.pull($0) }
      #expect(rows.floats == whole.floats)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test("what cannot be composed is an error that says what")
  func errors() throws {
    let model = try ModelTests.model()
    let content = try ModelTests.picture(40, 24).with { try model.analyse($0) }
    let style = try ModelTests.picture(32, 24, seed: 2).with { try model.style(of: $0) }
    func sentence(_ styles: [Style], _ masks: [OwnedPicture]) -> String {
      do {
        _ = try Self.views(masks) { try Composition(of: content, styles: styles, masks: $0) }
        return ""
      } catch { return "\(error)" }
    }
    let white = try Self.mask([1])
    #expect(sentence([], []).contains("styles: 0"))
    #expect(sentence([style], [white, white]).contains("masks: 2 for 1 styles"))
    #expect(sentence([style, style, style], [white]).contains("masks: 1 for 3 styles"))
    #expect(sentence([style, style], [try Self.mask([1, .nan])]).contains("mask 0: the sample at (1, 0)"))
    #expect(sentence([style], [try OwnedPicture(width: 2, height: 2)]).contains("has 3 channels"))
    #expect(sentence([style], []) == "")
  }
}
