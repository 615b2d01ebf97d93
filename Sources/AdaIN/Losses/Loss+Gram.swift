extension Loss {
  /// One layer's term of the style loss on Gram matrices, with Johnson's normalisation
  /// (arXiv:1603.08155, equation 4): the squared Frobenius norm of the difference,
  ///
  ///     L = Σ over i, j of (G(a)[i, j] − G(b)[i, j])²          a, b (any height, any width, C)
  ///
  /// with G divided by C H W; see `GramMatrix`. For maps of one size the term of Gatys et al. (CVPR
  /// 2016, equation 4) is a quarter of it.
  /// - Throws: `.argument` for maps of different numbers of channels, or with products beyond the
  ///   range of 32-bit floats.
  public static func gram(_ a: FeatureMap, _ b: FeatureMap) throws(AdaINError) -> Double {
    try gram(a, b, on: FeatureMap.executor())
  }

  static func gram(_ a: FeatureMap, _ b: FeatureMap, on executor: Executor) throws(AdaINError)
    -> Double
  {
    try checkChannels(a, b)
    let (p, q) = (try GramMatrix(of: a, on: executor), try GramMatrix(of: b, on: executor))
    return zip(p.values, q.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
