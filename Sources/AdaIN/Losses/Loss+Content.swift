extension Loss {
  /// The content loss: the mean squared difference
  ///
  ///     L = Σ (a − b)² / (C H W)              a, b (H, W, C)
  ///
  /// Huang & Belongie (arXiv:1703.06868, equation 12) take it at relu4_1 between the encoded result
  /// and the AdaIN target; Gatys et al. between the result's and the content's features. The mean in
  /// place of the paper's norm is the original implementation's.
  /// - Throws: `.argument` for maps of different sizes.
  public static func content(_ a: FeatureMap, _ b: FeatureMap) throws(AdaINError) -> Double {
    try content(a, b, on: FeatureMap.executor())
  }

  static func content(_ a: FeatureMap, _ b: FeatureMap, on executor: Executor) throws(AdaINError)
    -> Double
  {
    try checkChannels(a, b)
    guard a.height == b.height, a.width == b.width else {
      throw AdaINError(
        .argument,
        "the feature maps have \(a.height) x \(a.width) and \(b.height) x \(b.width) cells, not as many"
      )
    }
    let rows = [Double](unsafeUninitializedCapacity: a.height) { sums, count in
      nonisolated(unsafe) let sums = sums.baseAddress!
      executor.run(count: a.height) { y, _ in
        let (p, q) = (a.rows.row(y), b.rows.row(y))
        var sum = 0.0
        // The padding's zeros add nothing.
        for i in 0..<a.width * a.rows.channels {
          let difference = Double(p[i]) - Double(q[i])
          sum += difference * difference
        }
        sums[y] = sum
      }
      count = a.height
    }
    return rows.reduce(0, +) / (Double(a.cells) * Double(a.channels))
  }
}
