import Testing

@testable import AdaIN

@Suite("Statistics of feature maps") struct StatisticsTests {
  @Test("they agree with double precision", arguments: [(1, 1), (3, 1), (40, 33), (512, 200)])
  func statistics(_ size: (Int, Int)) throws {
    let (width, height) = size
    var random = SeededRandom(9)
    // A large mean and a small deviation: where naive sums lose their digits.
    let values = random.floats(width * height * 16, 999...1001)
    let rows = try featureRows(values, width: width, height: height, channels: 16)
    // As the rows arrive: a few at a time.
    var moments = ChannelMoments(channels: 16)
    for first in stride(from: 0, to: height, by: 7) {
      let some = try ChannelMoments.Rows(count: min(7, height - first), channels: 16)
      for row in 0..<some.count { some.sum(row, rows.row(first + row), width: width) }
      moments.merge(some, cellsPerRow: width)
    }
    let statistics = ChannelStatistics(moments, variance: .adaptive)
    for channel in 0..<16 {
      let own = stride(from: channel, to: values.count, by: 16).map { Double(values[$0]) }
      let mean = own.reduce(0, +) / Double(own.count)
      let squares = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(max(1, own.count - 1)) + 1e-5).squareRoot()
      #expect(abs(statistics.mean[channel] / mean - 1) < 1e-9)
      #expect(abs(statistics.deviation[channel] / deviation - 1) < 1e-6)
    }
  }

  @Test("of sixteen million cells too, whose mean drifts from row to row")
  func gigapixel() throws {
    // A picture of 32,768 x 32,768; the cells of a row are made when they are wanted.
    let side = 4096
    func row(_ y: Int) -> [Float] {
      var random = SeededRandom(UInt64(y))
      var row = random.floats(side, 0...3)
      for x in row.indices { row[x] += 100 + Float(y) / 256 }
      return row
    }
    var moments = ChannelMoments(channels: 1)
    for y in 0..<side {
      let rows = try ChannelMoments.Rows(count: 1, channels: 1)
      rows.sum(0, row(y), width: side)
      moments.merge(rows, cellsPerRow: side)
    }
    let statistics = ChannelStatistics(moments, variance: .adaptive)

    // Two passes, in double precision.
    let count = Double(side * side)
    let mean = (0..<side).reduce(0) { sum, y in row(y).reduce(sum) { $0 + Double($1) } } / count
    let squares = (0..<side).reduce(0) { sum, y in
      row(y).reduce(sum) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    }
    let deviation = (squares / (count - 1) + 1e-5).squareRoot()
    #expect(abs(statistics.mean[0] / mean - 1) < 1e-5)
    #expect(abs(statistics.deviation[0] / deviation - 1) < 1e-5)
  }

  @Test("constant and saturated pictures have finite styles and results", arguments: [0, 128, 255])
  func constant(_ level: UInt8) throws {
    let model = try Model.embedded()
    let values = [Float](repeating: Float(level), count: 40 * 24 * 3)
    let picture = try OwnedPicture(bytes: values, width: 40, height: 24)
    let painting = try ModelTests.picture(40, 24)
    let flat = try picture.with { try model.style(of: $0) }
    let lively = try painting.with { try model.style(of: $0) }
    #expect(flat.deviation.allSatisfy { $0.isFinite && $0 > 0 })
    for (content, style) in [(picture, lively), (painting, flat), (picture, flat)] {
      let result = try OwnedPicture(width: 40, height: 24)
      try content.with { content in
        try result.with { try model.stylise(content, style: style, into: $0) }
      }
      #expect(result.floats.allSatisfy { $0.isFinite })
    }
  }
}
