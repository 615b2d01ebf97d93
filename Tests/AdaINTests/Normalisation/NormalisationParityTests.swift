import Testing

@testable import AdaIN

extension Dump {
  /// A tensor (height, width, channels) as a feature map.
  func map(_ name: String) throws -> FeatureMap {
    let values = self[name]
    return try FeatureMap(
      height: values.shape[0], width: values.shape[1], channels: values.shape[2],
      values: values.floats)
  }
}

/// The normalisations against PyTorch in double precision (weights/dumps/make_loss_dumps.py).
@Suite("Normalisations as PyTorch has them") struct NormalisationParityTests {
  static let tolerance: Float = 1e-6
  let dump: Dump
  let content: FeatureMap
  let styles: [ScaleAndShift]

  init() throws {
    let dump = try Dump("normalisations.safetensors")
    self.dump = dump
    content = try dump.map("map.0")
    let (gamma, beta) = (dump["gamma"], dump["beta"])
    let channels = gamma.shape[1]
    styles = try (0..<gamma.shape[0]).map { style in
      let row = style * channels..<(style + 1) * channels
      return try ScaleAndShift(gamma: Array(gamma.floats[row]), beta: Array(beta.floats[row]))
    }
  }

  private func compare(_ values: [Float], _ name: String) {
    let error = relativeError(values, dump[name].floats)
    print("\(name): \(error)")
    #expect(error <= Self.tolerance, "\(name)")
  }

  @Test("instance normalisation, n and 1e-5, and n − 1 and 0.5")
  func instance() throws {
    compare(try InstanceNormalisation(styles[0]).normalise(content).values, "conditional.0")
    let variance = try VarianceConvention(divisor: .countMinusOne, epsilon: 0.5)
    compare(
      try InstanceNormalisation(styles[0], variance: variance).normalise(content).values,
      "instance.unbiased")
  }

  @Test("conditional instance normalisation, every row of the table")
  func conditional() throws {
    let table = try ConditionalInstanceNormalisation(styles: styles)
    for i in styles.indices {
      compare(try table.normalise(content, style: i).values, "conditional.\(i)")
    }
  }

  @Test("adaptive instance normalisation, two strengths", arguments: [Float(1), 0.3])
  func adaptive(_ strength: Float) throws {
    compare(
      try AdaptiveInstanceNormalisation()
        .normalise(content, style: dump.map("style"), strength: strength).values,
      "adaptive.\(strength)")
  }

  @Test("batch normalisation, with a batch's statistics and with running ones")
  func batch() throws {
    let batch = try (0..<3).map { try dump.map("map.\($0)") }
    let later = try (0..<3).map { try dump.map("later.\($0)") }
    var layer = try BatchNormalisation(styles[0])
    for (i, map) in try layer.normalise(batch: batch).enumerated() {
      compare(map.values, "batch.\(i)")
    }
    try layer.observe(batch: batch)
    try layer.observe(batch: later)
    compare(layer.runningMean.map(Float.init), "running.mean")
    compare(layer.runningVariance.map(Float.init), "running.variance")
    compare(try layer.normalise(content).values, "running")
  }
}
