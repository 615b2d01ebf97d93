import Foundation
import Testing

@testable import AdaIN

/// The losses of whole pictures, through the engine's encoder.
@Suite("Measurement") struct MeasurementTests {
  /// PyTorch's losses in double precision of its own result (weights/dumps/make_loss_dumps.py).
  @Test(
    "every loss of every layer is PyTorch's", arguments: availableKernels, ["vgg16", "vgg19"])
  func parity(_ kernels: KernelSet, _ architecture: String) throws {
    let dump = try Dump("losses.safetensors")
    let model = try Model(weights: ParityTests.weights(architecture), kernels: kernels)
    let measurement = try dump.picture("content").with { content in
      try dump.picture("painting").with { style in
        try dump.picture("\(architecture).output").with { output in
          try model.measure(content: content, style: style, output: output)
        }
      }
    }
    var worst = 0.0
    func compare(_ value: Double, _ expected: Float, _ what: String) {
      let error = abs(value / Double(expected) - 1)
      worst = max(worst, error)
      #expect(error <= 1e-3, "\(what)")
    }
    compare(measurement.contentLoss, dump["\(architecture).content"].floats[0], "content")
    let expected = dump["\(architecture).layers"].floats
    #expect(measurement.layers.map(\.name) == ["relu1_1", "relu2_1", "relu3_1", "relu4_1"])
    for (i, layer) in measurement.layers.enumerated() {
      compare(layer.mean, expected[4 * i], "\(layer.name) means")
      compare(layer.deviation, expected[4 * i + 1], "\(layer.name) deviations")
      compare(layer.gram, expected[4 * i + 2], "\(layer.name) Gram")
      compare(layer.histogram, expected[4 * i + 3], "\(layer.name) histogram")
    }
    func sum(_ terms: [Int]) -> Float {
      (0..<4).reduce(0) { sum, i in terms.reduce(sum) { $0 + expected[4 * i + $1] } }
    }
    compare(measurement.styleLoss, sum([0, 1]), "style")
    compare(measurement.gramLoss, sum([2]), "Gram")
    compare(measurement.histogramLoss, sum([3]), "histogram")
    print("\(kernels) \(architecture): \(worst) relative")
  }

  @Test("palette and lattice are PyTorch's")
  func pictures() throws {
    let dump = try Dump("losses.safetensors")
    let executor = Executor(kernels: KernelSet.current.kernels, threads: 0)
    let (lattices, distance) = try dump.picture("lattice.picture").with { picture in
      try dump.picture("painting").with { painting in
        (
          try Model.Measurement.Lattice.measure(picture, name: "picture", on: executor),
          try Palette(of: picture).distance(to: Palette(of: painting))
        )
      }
    }
    func same(_ value: Double?, _ expected: Float, _ what: String) throws {
      #expect(abs(try #require(value) / Double(expected) - 1) < 1e-3, "\(what)")
    }
    try same(distance, dump["lattice.palette"].floats[0], "palette")
    #expect(lattices.map(\.period) == [2, 4, 8])
    // PyTorch's order: windows of 128 at 2, 4 and 8, then of 32 at 2 and 4.
    let folded = dump["lattice.folded"].floats
    let expected: [[Int: Float]] = [
      [128: folded[0], 32: folded[3]], [128: folded[1], 32: folded[4]], [128: folded[2]],
    ]
    for (i, lattice) in lattices.enumerated() {
      try same(lattice.spectralRatio, dump["lattice.spectral"].floats[i], "spectrum at \(lattice.period)")
      #expect(Set(lattice.folded.map(\.window)) == Set(expected[i].keys))
      for folded in lattice.folded {
        try same(
          folded.energy, try #require(expected[i][folded.window]), "\(folded.window) at \(lattice.period)")
      }
    }
  }

  @Test("a picture of one colour has no lattice, and a small one no spectrum")
  func flat() throws {
    for side in [1, 7, 31, 64] {
      let grey = try OwnedPicture(width: side, height: side)
      grey.with { view in
        view.data.assumingMemoryBound(to: Float.self).update(repeating: 0.3137, count: 3 * side * side)
      }
      let lattices = try Self.measure(grey, grey, grey).lattice
      #expect(lattices.map(\.spectralRatio) == Array(repeating: side < 32 ? nil : 1, count: 3))
      #expect(lattices.allSatisfy { $0.folded.allSatisfy { $0.energy < 1e-12 } })
    }
  }

  static func measure(
    _ content: OwnedPicture, _ style: OwnedPicture, _ output: OwnedPicture,
    _ options: RunOptions = RunOptions()
  ) throws -> Model.Measurement {
    let model = try ModelTests.model()
    return try content.with { content in
      try style.with { style in
        try output.with {
          try model.measure(content: content, style: style, output: $0, options: options)
        }
      }
    }
  }

  @Test("a picture in its own style has no loss")
  func none() throws {
    let picture = try ModelTests.picture(50, 37)
    let measurement = try Self.measure(picture, picture, picture)
    #expect(measurement.styleLoss == 0)
    #expect(measurement.gramLoss == 0)
    #expect(measurement.histogramLoss == 0)
    // The target is the picture's own map up to rounding.
    #expect(measurement.contentLoss < 1e-12)
  }

  @Test("the number of threads does not change a bit")
  func threads() throws {
    let pictures = try (1...3).map {
      try ModelTests.picture($0 == 2 ? 41 : 90, 70, seed: UInt64($0))
    }
    let one = try Self.measure(
      pictures[0], pictures[1], pictures[2], RunOptions(threads: 1))
    for threads in [0, 2, 5] {
      #expect(
        try Self.measure(pictures[0], pictures[1], pictures[2], RunOptions(threads: threads))
          == one)
    }
  }

  @Test("the smallest pictures can be measured", arguments: [(1, 1), (1, 9), (8, 1)])
  func smallest(_ size: (Int, Int)) throws {
    let measurement = try Self.measure(
      ModelTests.picture(size.0, size.1), ModelTests.picture(3, 2, seed: 2),
      ModelTests.picture(size.0, size.1, seed: 3))
    #expect(measurement.styleLoss.isFinite)
    #expect(measurement.histogramLoss > 0)
  }

  @Test("JSON holds the sums and the layers, and comes back as it was")
  func json() throws {
    let measurement = try Self.measure(
      ModelTests.picture(24, 24), ModelTests.picture(16, 16, seed: 2),
      ModelTests.picture(24, 24, seed: 3))
    let data = try JSONEncoder().encode(measurement)
    #expect(try JSONDecoder().decode(Model.Measurement.self, from: data) == measurement)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      Set(object.keys)
        == ["contentLoss", "styleLoss", "gramLoss", "histogramLoss", "paletteDistance", "lattice", "layers"])
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(
      layers.map { Set($0.keys) }
        == Array(
          repeating: ["name", "mean", "deviation", "gram", "histogram"], count: 4))
  }

  @Test("another size of output, a pixel that is no number and cancelling are errors")
  func refused() throws {
    let content = try ModelTests.picture(16, 16)
    func message(
      _ style: OwnedPicture, _ output: OwnedPicture, _ options: RunOptions = RunOptions()
    ) -> String? {
      do {
        _ = try Self.measure(content, style, output, options)
        return nil
      } catch {
        return (error as? AdaINError)?.message
      }
    }
    #expect(
      message(content, try ModelTests.picture(16, 17))
        == "output: the size 16 x 17 is not the content's 16 x 16")
    let hole = try OwnedPicture(width: 2, height: 2)
    hole.with { view in
      view.data.assumingMemoryBound(to: Float.self).update(repeating: .nan, count: 12)
    }
    #expect(
      message(hole, content)
        == "style: the sample at (0, 0), channel 0, is not a finite number")
    #expect(
      message(content, content, RunOptions(threads: -1))
        == "options: threads is -1, not between 0 and 1024")
    for limit in [0.0, 0.5, 0.9] {
      #expect(
        message(content, content, RunOptions(progress: { $0 < limit }))
          == "cancelled by the progress callback")
    }
  }
}
