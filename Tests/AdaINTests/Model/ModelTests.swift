import Testing

@testable import AdaIN

/// The engine as a whole, on a narrow seeded model: cheap enough for an emulated processor.
@Suite("Model") struct ModelTests {
  static func model(_ kernels: KernelSet = .current, packing: Packing = .once) throws -> Model {
    let file = SafetensorsWriter(widths: [16, 16, 16, 32]).file
    return try Model(weights: parse(file), kernels: kernels, packing: packing)
  }

  static func picture(_ width: Int, _ height: Int, seed: UInt64 = 1) throws -> OwnedPicture {
    var random = SeededRandom(seed)
    return try OwnedPicture(
      bytes: random.floats(3 * width * height, 0...255), width: width, height: height)
  }

  static func stylise(
    _ model: Model, _ picture: OwnedPicture, _ style: Style, _ options: RunOptions = RunOptions()
  ) throws -> [UInt8] {
    try picture.with { content in
      let result = try OwnedPicture(width: content.width, height: content.height, format: .uint8)
      try result.with { try model.stylise(content, style: style, options: options, into: $0) }
      return result.bytes
    }
  }

  @Test("instruction sets agree within 1/255")
  func kernelsAgree() throws {
    let picture = try Self.picture(61, 43)
    var results: [[UInt8]] = []
    for kernels in availableKernels {
      let model = try Self.model(kernels)
      let style = try Self.picture(32, 24, seed: 2).with { try model.style(of: $0) }
      results.append(try Self.stylise(model, picture, style))
    }
    for result in results.dropFirst() {
      #expect(zip(result, results[0]).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }
    // Tests/qemu.sh wants to see that the emulated processor has no more than it should.
    print("kernels: " + availableKernels.map(\.rawValue).joined(separator: " "))
  }

  @Test("weights packed for each block of tiles anew do not change a byte", arguments: availableKernels)
  func packing(_ kernels: KernelSet) throws {
    let picture = try Self.picture(150, 121)
    let results = try [Packing.once, .perBlock].map { packing in
      let model = try Self.model(kernels, packing: packing)
      #expect(model.network.encoder.allSatisfy { ($0.panelScratch > 0) == (packing == .perBlock) })
      let style = try picture.with { try model.style(of: $0) }
      return try Self.stylise(model, picture, style, RunOptions(threads: 2))
    }
    #expect(results[0] == results[1])
  }

  @Test("threads, rectangles and bands do not change a byte", arguments: availableKernels)
  func sameBytes(_ kernels: KernelSet) throws {
    let model = try Self.model(kernels)
    let (width, height) = (150, 121)
    let picture = try Self.picture(width, height)
    let style = try picture.with { try model.style(of: $0) }
    let whole = try Self.stylise(model, picture, style, RunOptions(threads: 1))
    for threads in [2, 3, 8] {
      #expect(try Self.stylise(model, picture, style, RunOptions(threads: threads)) == whole)
    }
    let content = try picture.with { try model.analyse($0) }
    var random = SeededRandom(5)
    for _ in 0..<20 {
      let x = Int.random(in: 0..<width, using: &random)
      let y = Int.random(in: 0..<height, using: &random)
      let part = try OwnedPicture(
        width: .random(in: 1...width - x, using: &random),
        height: .random(in: 1...height - y, using: &random), format: .uint8)
      try part.with { view in
        try content.render(style: style, x: x, y: y, into: view)
        var expected: [UInt8] = []
        for row in y..<y + view.height {
          let begin = 3 * (row * width + x)
          expected += whole[begin..<begin + 3 * view.width]
        }
        #expect(part.bytes == expected)
      }
    }
  }

  @Test("a picture of one colour has statistics and a result")
  func constant() throws {
    let model = try Self.model()
    for value in [Float(0), 128, 255] {
      let picture = try OwnedPicture(
        bytes: Array(repeating: value, count: 3 * 24 * 24), width: 24, height: 24)
      let content = try picture.with { try model.analyse($0) }
      // All that varies is rounding: the deviation is √1e-5.
      for deviation in content.statistics.deviation {
        #expect(abs(deviation - VarianceConvention.adaptive.epsilon.squareRoot()) < 1e-5)
      }
      let style = try Self.picture(32, 32).with { try model.style(of: $0) }
      _ = try Self.stylise(model, picture, style)
    }
  }

  @Test("AdaIN with the content's own statistics is the identity")
  func identity() throws {
    let model = try Self.model()
    let picture = try Self.picture(40, 40)
    let own = try picture.with { try model.style(of: $0) }
    let full = try Self.stylise(model, picture, own)
    let none = try Self.stylise(model, picture, own, RunOptions(strength: 0))
    #expect(zip(full, none).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }

  @Test("quotas of control groups round up to whole processors")
  func quotas() {
    #expect(ProcessorCount.processors(quota: 150_000, period: 100_000) == 2)
    #expect(ProcessorCount.processors(quota: 10_000, period: 100_000) == 1)
    #expect(ProcessorCount.processors(quota: -1, period: 100_000) == nil)
    #expect(ProcessorCount.processors(quota: nil, period: 100_000) == nil)
    #expect(ProcessorCount.available >= 1)
  }
}
