extension RegionWeights {
  /// The content's statistics over each style's region, every cell weighted as the mask weights it; the
  /// whole picture's where a region is all of it, or nothing.
  ///
  /// The feature map is read once. Sums run in a fixed order: the same for every number of threads.
  /// - Throws: `.io` when the feature map cannot be read back, `.memory`.
  func statistics(of content: Content, on executor: Executor) throws(AdaINError)
    -> [ChannelStatistics]
  {
    let store = content.features
    let channels = content.statistics.mean.count
    let parts = (0..<styles).filter { !isWhole($0) }
    guard !parts.isEmpty else { return Array(repeating: content.statistics, count: styles) }
    try executor.reserve(FeatureStore.scratchCount)

    let band = min(height, 2 * executor.threads)
    let rowCount = width * store.channels
    let buffer = try AlignedBuffer("a band of the feature map", count: band * rowCount)
    var moments = parts.map { _ in ChannelMoments(channels: channels) }
    for first in stride(from: 0, to: height, by: band) {
      let count = min(band, height - first)
      var rows: [Box] = []
      for _ in parts {
        rows.append(Box(try ChannelMoments.Rows(count: count, channels: store.channels)))
      }
      try executor.tryRun(count: count) { item, slot throws(AdaINError) in
        let cells = buffer.floats + item * rowCount
        try store.read(
          row: first + item, columns: 0..<width, into: cells, scratch: executor.scratch(slot))
        for (i, style) in parts.enumerated() {
          rows[i].rows.sum(
            item, cells, width: width, weights: row(first + item) + style, step: styles)
        }
      }
      for i in parts.indices {
        let counts = (0..<count).map { weight(ofRow: first + $0, style: parts[i]) }
        moments[i].merge(rows[i].rows, counts: counts)
      }
    }
    var result = Array(repeating: content.statistics, count: styles)
    for (i, style) in parts.enumerated() where moments[i].count > 0 {
      result[style] = ChannelStatistics(moments[i], variance: .adaptive)
    }
    return result
  }

  private func weight(ofRow y: Int, style: Int) -> Double {
    let weights = row(y)
    var sum = 0.0
    for x in 0..<width { sum += Double(weights[x * styles + style]) }
    return sum
  }
}

/// A value that cannot be copied, in an array.
private final class Box: Sendable {
  let rows: ChannelMoments.Rows
  init(_ rows: consuming ChannelMoments.Rows) { self.rows = rows }
}
