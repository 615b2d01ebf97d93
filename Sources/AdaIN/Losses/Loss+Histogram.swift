extension Loss {
  /// One layer's histogram loss (Risser, Wilmot & Barnes 2017, arXiv:1701.08893, equation 8): the mean
  /// squared difference between a map and itself after each of its channels was matched to the
  /// histogram of the other map's.
  ///
  ///     L = Σ over channels of ∫₀¹ (Q_a(u) − Q_b(u))² du / C          a, b (any height, any width, C)
  ///
  /// Q is a channel's quantile function: its values in ascending order, each on an equal part of
  /// 0…1. That is histogram matching without bins: the k-th smallest value is matched to the k-th
  /// smallest, and with different numbers of cells to what lies at the same part of the order. The
  /// paper's bins approach it as they become narrower, its norm is a mean here. In other words, it is
  /// the mean squared 2-Wasserstein distance of the channels, symmetric in a and b.
  ///
  /// For each thread it takes 4 bytes for each cell of both maps and of the larger one.
  /// - Throws: `.argument` for maps of different numbers of channels; `.memory`.
  public static func histogram(_ a: FeatureMap, _ b: FeatureMap) throws(AdaINError) -> Double {
    try histogram(a, b, on: FeatureMap.executor())
  }

  static func histogram(_ a: FeatureMap, _ b: FeatureMap, on executor: Executor) throws(AdaINError)
    -> Double
  {
    try checkChannels(a, b)
    try executor.reserve(a.cells + b.cells + max(a.cells, b.cells))
    let channels = [Double](unsafeUninitializedCapacity: a.channels) { distances, count in
      nonisolated(unsafe) let distances = distances.baseAddress!
      executor.run(count: a.channels) { channel, slot in
        let floats = UnsafeMutableRawPointer(executor.scratch(slot))
        let keys = floats.bindMemory(
          to: UInt32.self, capacity: a.cells + b.cells + max(a.cells, b.cells))
        let (p, q) = (keys, keys + a.cells)
        let other = q + b.cells
        a.gather(channel, into: p)
        b.gather(channel, into: q)
        SortedKeys.sort(p, count: a.cells, other: other)
        SortedKeys.sort(q, count: b.cells, other: other)
        distances[channel] = squaredDistance(p, a.cells, q, b.cells)
      }
      count = a.channels
    }
    return channels.reduce(0, +) / Double(a.channels)
  }

  /// ∫₀¹ (Q_p(u) − Q_q(u))² du of sorted keys.
  private static func squaredDistance(
    _ p: UnsafePointer<UInt32>, _ pCount: Int, _ q: UnsafePointer<UInt32>, _ qCount: Int
  ) -> Double {
    // A value of p lasts qCount steps, one of q pCount: whole numbers, so that no step is lost.
    var (i, j) = (0, 0)
    var (pSteps, qSteps) = (qCount, pCount)
    var sum = 0.0
    while i < pCount, j < qCount {
      let steps = min(pSteps, qSteps)
      let difference = Double(SortedKeys.value(p[i])) - Double(SortedKeys.value(q[j]))
      sum += Double(steps) * difference * difference
      pSteps -= steps
      qSteps -= steps
      if pSteps == 0 {
        i += 1
        pSteps = qCount
      }
      if qSteps == 0 {
        j += 1
        qSteps = pCount
      }
    }
    return sum / (Double(pCount) * Double(qCount))
  }
}

extension FeatureMap {
  /// The keys of a channel's values, one for each cell.
  fileprivate func gather(_ channel: Int, into keys: UnsafeMutablePointer<UInt32>) {
    for y in 0..<height {
      let row = rows.row(y) + channel
      for x in 0..<width { keys[y * width + x] = SortedKeys.key(row[x * rows.channels]) }
    }
  }
}
