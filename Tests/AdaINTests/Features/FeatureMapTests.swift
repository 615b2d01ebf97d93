import Testing

@testable import AdaIN

/// A map of random values; each channel with a mean and a deviation of its own.
func randomMap(_ height: Int, _ width: Int, _ channels: Int, seed: UInt64) throws -> FeatureMap {
  var random = SeededRandom(seed)
  let scales = random.floats(channels, 0.5...3)
  let means = random.floats(channels, -2...2)
  var values = random.floats(height * width * channels)
  for i in values.indices { values[i] = values[i] * scales[i % channels] + means[i % channels] }
  return try FeatureMap(height: height, width: width, channels: channels, values: values)
}

/// The sentence of the error that `body` throws; nil when it throws none.
func sentence<Result>(_ body: () throws(AdaINError) -> Result) -> String? {
  do throws(AdaINError) {
    _ = try body()
    return nil
  } catch {
    return error.message
  }
}

@Suite("Feature maps") struct FeatureMapTests {
  @Test("values come back as they went in, channels innermost")
  func layout() throws {
    let values = (0..<2 * 3 * 5).map(Float.init)
    let map = try FeatureMap(height: 2, width: 3, channels: 5, values: values)
    #expect(map.values == values)
    #expect(map[2, 1, 4] == 29)
    #expect(map[1, 0, 2] == 7)
  }

  @Test("hostile sizes and values are refused in a sentence")
  func refused() {
    func message(_ height: Int, _ width: Int, _ channels: Int, _ values: [Float]) -> String? {
      sentence { () throws(AdaINError) in
        try FeatureMap(height: height, width: width, channels: channels, values: values)
      }
    }
    #expect(message(0, 3, 1, []) == "the feature map's size 0 x 3 with 1 channels is empty")
    #expect(message(1, -1, 1, [1]) == "the feature map's size 1 x -1 with 1 channels is empty")
    #expect(message(1, 1, 0, []) == "the feature map's size 1 x 1 with 0 channels is empty")
    #expect(
      message(1, 1, 4097, Array(repeating: 0, count: 4097))
        == "the feature map's 4097 channels are more than 4096")
    #expect(
      message(2, 2, 2, [1]) == "values: 1 are not those of 2 x 2 cells with 2 channels")
    #expect(message(.max, .max, 2, [1])?.hasPrefix("values: 1 are not those of") == true)
    #expect(message(.max, 1, 2, [1])?.hasPrefix("values: 1 are not those of") == true)
    for value in [Float.nan, .infinity, -.infinity] {
      #expect(
        message(1, 2, 2, [1, 2, 3, value]) == "values: channel 1 at (1, 0) is not a finite number")
    }
    #expect(message(1, 1, 1, [.greatestFiniteMagnitude]) == nil)
  }

  @Test("statistics under both divisors, and of one cell")
  func statistics() throws {
    let map = try FeatureMap(height: 1, width: 4, channels: 1, values: [1, 2, 3, 6])
    let sample = try ChannelStatistics(
      of: map, variance: try VarianceConvention(divisor: .countMinusOne, epsilon: 2))
    #expect(sample.mean == [3])
    #expect(abs(sample.deviation[0] - (14.0 / 3 + 2).squareRoot()) < 1e-12)
    let population = try ChannelStatistics(
      of: map, variance: try VarianceConvention(divisor: .count, epsilon: 0.5))
    #expect(population.deviation == [2])
    let cell = try FeatureMap(height: 1, width: 1, channels: 1, values: [7])
    for divisor in [VarianceConvention.Divisor.count, .countMinusOne] {
      let one = try ChannelStatistics(
        of: cell, variance: try VarianceConvention(divisor: divisor, epsilon: 0.25))
      #expect(one.deviation == [0.5])
    }
  }

  @Test("conventions and statistics that cannot be are refused in a sentence")
  func conventions() {
    for epsilon in [-1, Double.nan, .infinity] {
      #expect(
        sentence { () throws(AdaINError) in
          try VarianceConvention(divisor: .count, epsilon: epsilon)
        } == "epsilon: \(epsilon) is not a finite number from 0 on")
    }
    func message(_ mean: [Double], _ deviation: [Double]) -> String? {
      sentence { () throws(AdaINError) in
        try ChannelStatistics(mean: mean, deviation: deviation)
      }
    }
    #expect(message([], []) == "mean: there are no channels")
    #expect(message([1], [1, 2]) == "deviation: 2 for 1 means; one each is needed")
    #expect(message([.nan], [1]) == "mean: nan of channel 0 is not a finite number")
    #expect(message([1], [-1]) == "deviation: -1.0 of channel 0 is not a finite number from 0 on")
    #expect(message([1], [0]) == nil)
  }
}
