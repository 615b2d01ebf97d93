import Testing

@testable import AdaIN

/// What must hold of the normalisations whatever the numbers are.
@Suite("Normalisations") struct NormalisationTests {
  static let tolerance: Float = 1e-6

  @Test("AdaIN with the content's own statistics is the identity")
  func identity() throws {
    let map = try randomMap(9, 13, 20, seed: 1)
    let same = try AdaptiveInstanceNormalisation().normalise(map, style: map)
    #expect(relativeError(same.values, map.values) <= Self.tolerance)
  }

  @Test(
    "the output's mean and deviation are the style's",
    arguments: [VarianceConvention.Divisor.count, .countMinusOne])
  func statistics(_ divisor: VarianceConvention.Divisor) throws {
    // With ε = 0: otherwise a deviation is, rightly, not quite the style's.
    let variance = try VarianceConvention(divisor: divisor, epsilon: 0)
    let content = try randomMap(9, 13, 20, seed: 2)
    let style = try randomMap(7, 3, 20, seed: 3)
    let output = try AdaptiveInstanceNormalisation(variance: variance)
      .normalise(content, style: style)
    let made = try ChannelStatistics(of: output, variance: variance)
    let wanted = try ChannelStatistics(of: style, variance: variance)
    #expect(relativeError(made.mean.map(Float.init), wanted.mean.map(Float.init)) <= 1e-6)
    #expect(
      relativeError(made.deviation.map(Float.init), wanted.deviation.map(Float.init)) <= 1e-6)
  }

  @Test("strength 0 leaves the map as it is, one half is half way")
  func strength() throws {
    let content = try randomMap(5, 6, 7, seed: 4)
    let style = try randomMap(5, 6, 7, seed: 5)
    let adaptive = AdaptiveInstanceNormalisation()
    let none = try adaptive.normalise(content, style: style, strength: 0)
    #expect(none.values == content.values)
    let full = try adaptive.normalise(content, style: style).values
    let half = try adaptive.normalise(content, style: style, strength: 0.5).values
    let middle = zip(content.values, full).map { ($0 + $1) / 2 }
    #expect(relativeError(half, middle) <= Self.tolerance)
  }

  @Test(
    "conditional instance normalisation with the style's statistics is AdaIN",
    arguments: [VarianceConvention.adaptive, .population])
  func conditional(_ variance: VarianceConvention) throws {
    let content = try randomMap(8, 5, 20, seed: 6)
    var table: [ScaleAndShift] = []
    var adapted: [[Float]] = []
    for seed in 7..<10 {
      let style = try randomMap(4, 6, 20, seed: UInt64(seed))
      let statistics = try ChannelStatistics(of: style, variance: variance)
      table.append(
        try ScaleAndShift(
          gamma: statistics.deviation.map(Float.init), beta: statistics.mean.map(Float.init)))
      adapted.append(
        try AdaptiveInstanceNormalisation(variance: variance)
          .normalise(content, style: style).values)
    }
    let conditional = try ConditionalInstanceNormalisation(styles: table, variance: variance)
    for i in table.indices {
      let values = try conditional.normalise(content, style: i).values
      #expect(relativeError(values, adapted[i]) <= Self.tolerance)
    }
  }

  @Test("the engine's fused map is AdaIN")
  func engine() throws {
    let content = try randomMap(6, 6, 20, seed: 10)
    let style = try ChannelStatistics(of: randomMap(6, 6, 20, seed: 11))
    let stored = Style(
      mean: style.mean.map(Float.init), deviation: style.deviation.map(Float.init),
      encoderFingerprint: 0)
    let affine = try ChannelAffine(
      content: try ChannelStatistics(of: content), style: stored, strength: 0.7, paddedChannels: 32)
    let fused = content.values.enumerated().map { i, value in
      affine.scale.floats[i % 20] * value + affine.offset.floats[i % 20]
    }
    let plain = try AdaptiveInstanceNormalisation()
      .normalise(content, to: ChannelStatistics(stored), strength: 0.7)
    #expect(relativeError(fused, plain.values) <= 2e-6)
  }

  @Test("batch normalisation of one map is instance normalisation")
  func batchOfOne() throws {
    let map = try randomMap(7, 4, 20, seed: 12)
    var random = SeededRandom(13)
    let affine = try ScaleAndShift(gamma: random.floats(20), beta: random.floats(20))
    let batch = try BatchNormalisation(affine).normalise(batch: [map])
    #expect(batch.count == 1)
    #expect(batch[0].values == (try InstanceNormalisation(affine).normalise(map).values))
  }

  @Test("a batch has mean 0 and deviation 1 over all its cells, whatever the maps' sizes")
  func batch() throws {
    let variance = try VarianceConvention(divisor: .count, epsilon: 0)
    let batch = [
      try randomMap(7, 4, 5, seed: 14), try randomMap(3, 9, 5, seed: 15),
      try randomMap(1, 1, 5, seed: 16),
    ]
    let normalised = try BatchNormalisation(.identity(channels: 5), variance: variance)
      .normalise(batch: batch)
    let cells = normalised.flatMap(\.values)
    let statistics = try ChannelStatistics(
      of: try FeatureMap(height: 1, width: cells.count / 5, channels: 5, values: cells),
      variance: variance)
    #expect(statistics.mean.allSatisfy { abs($0) < 1e-6 })
    #expect(statistics.deviation.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test("with momentum 1 the running statistics are the last batch's")
  func momentum() throws {
    let map = try randomMap(7, 4, 20, seed: 17)
    let affine = try ScaleAndShift.identity(channels: 20)
    var layer = try BatchNormalisation(affine, momentum: 1, runningDivisor: .count)
    try layer.observe(batch: [try randomMap(3, 3, 20, seed: 18)])
    try layer.observe(batch: [map])
    let instance = try InstanceNormalisation(affine).normalise(map).values
    #expect(relativeError(try layer.normalise(map).values, instance) <= Self.tolerance)
  }

  @Test("a large mean beside a small deviation keeps its digits")
  func largeMean() throws {
    // Values at 4096 in steps of a float's last digit: folded in floats, nothing would remain.
    let values = (0..<64).map { 4096 + Float($0 % 8) / 2048 }
    let map = try FeatureMap(height: 8, width: 8, channels: 1, values: values)
    let variance = try VarianceConvention(divisor: .count, epsilon: 0)
    let output = try InstanceNormalisation(.identity(channels: 1), variance: variance)
      .normalise(map).values
    let steps = (0..<64).map { (Float($0 % 8) - 3.5) / Float(5.25).squareRoot() }
    #expect(relativeError(output, steps) <= 1e-5)
  }

  @Test("mismatching shapes and impossible arguments are refused in a sentence")
  func refused() throws {
    let map = try randomMap(2, 2, 3, seed: 19)
    let other = try randomMap(2, 2, 4, seed: 20)
    let three = try ScaleAndShift.identity(channels: 3)
    let four = try ScaleAndShift.identity(channels: 4)
    func expect<Result>(_ message: String, _ body: () throws(AdaINError) -> Result) {
      #expect(sentence(body) == message)
    }
    expect("gamma: there are no channels") { () throws(AdaINError) in
      try ScaleAndShift(gamma: [], beta: [])
    }
    expect("beta: 1 for 2 of gamma; one each is needed") { () throws(AdaINError) in
      try ScaleAndShift(gamma: [1, 2], beta: [1])
    }
    expect("beta: inf of channel 0 is not a finite number") { () throws(AdaINError) in
      try ScaleAndShift(gamma: [1], beta: [.infinity])
    }
    for channels in [0, -1, 4097, Int.max] {
      expect("channels: \(channels) is not between 1 and 4096") { () throws(AdaINError) in
        try ScaleAndShift.identity(channels: channels)
      }
    }
    expect("map: 4 channels are not the 3 needed") { () throws(AdaINError) in
      try InstanceNormalisation(three).normalise(other)
    }
    expect("styles: there are none") { () throws(AdaINError) in
      try ConditionalInstanceNormalisation(styles: [])
    }
    expect("styles: style 1 has 4 channels, the first has 3") { () throws(AdaINError) in
      try ConditionalInstanceNormalisation(styles: [three, four])
    }
    let table = try ConditionalInstanceNormalisation(styles: [three])
    for style in [-1, 1] {
      expect("style: \(style) is not between 0 and 0") { () throws(AdaINError) in
        try table.normalise(map, style: style)
      }
    }
    let adaptive = AdaptiveInstanceNormalisation()
    expect("style: 4 channels are not the 3 needed") { () throws(AdaINError) in
      try adaptive.normalise(map, style: other)
    }
    expect("strength: nan is not between 0 and 1") { () throws(AdaINError) in
      try adaptive.normalise(map, style: map, strength: .nan)
    }
    let layer = try BatchNormalisation(three)
    expect("batch: there are no maps") { () throws(AdaINError) in
      try layer.normalise(batch: [])
    }
    expect("batch: map 1: 4 channels are not the 3 needed") { () throws(AdaINError) in
      try layer.normalise(batch: [map, other])
    }
    expect("map: 4 channels are not the 3 needed") { () throws(AdaINError) in
      try layer.normalise(other)
    }
    expect("momentum: 1.5 is not between 0 and 1") { () throws(AdaINError) in
      try BatchNormalisation(three, momentum: 1.5)
    }
    expect("running mean: 1 values for 3 channels") { () throws(AdaINError) in
      try BatchNormalisation(three, runningMean: [1])
    }
    expect("running variance: -1.0 of channel 2 is negative") { () throws(AdaINError) in
      try BatchNormalisation(three, runningVariance: [1, 1, -1])
    }
    let constant = try FeatureMap(height: 1, width: 2, channels: 1, values: [3, 3])
    let noEpsilon = try VarianceConvention(divisor: .count, epsilon: 0)
    let plain = try ScaleAndShift.identity(channels: 1)
    expect("the normalised feature map: channel 0 at (0, 0) is not a finite number") {
      () throws(AdaINError) in
      try InstanceNormalisation(plain, variance: noEpsilon).normalise(constant)
    }
  }
}
