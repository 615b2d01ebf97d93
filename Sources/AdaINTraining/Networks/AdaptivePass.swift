import AdaIN

/// AdaIN (equation 8) between an encoder and a decoder that learn together, and its adjoint: the paintings' statistics
/// are functions of what is learnt, too.
final class AdaptivePass {
  /// Relu4_1 of the contents, then of the paintings.
  private let maps: FeatureBatch
  private let target: FeatureBatch
  private let targetGradient: FeatureBatch
  private let channels: Int
  private var statistics: [MapStatistics] = []
  private var strengths: [Float] = []

  /// - Parameter channels: those that are the network's own.
  init(maps: FeatureBatch, channels: Int, target: FeatureBatch, targetGradient: FeatureBatch) {
    precondition(maps.count == 2 * target.count && maps.channels == target.channels)
    self.maps = maps
    self.channels = channels
    self.target = target
    self.targetGradient = targetGradient
  }

  /// - Parameter strengths: of each pair; below 1 the statistics lie between the content's own and the painting's.
  func run(strengths: [Float], _ executor: Executor) {
    self.strengths = strengths
    statistics = MapStatistics.of(maps, channels: channels, executor)
    executor.run(count: target.count) { i, _ in
      Self.transfer(
        (maps, i), own: statistics[i], to: wanted(i), into: (target, i), channels: channels)
    }
  }

  private func wanted(_ pair: Int) -> MapStatistics {
    statistics[pair].blended(to: statistics[target.count + pair], strengths[pair])
  }

  /// A map with other statistics.
  static func transfer(
    _ map: (maps: FeatureBatch, index: Int), own: MapStatistics, to wanted: MapStatistics,
    into target: (maps: FeatureBatch, index: Int), channels: Int
  ) {
    for y in 0..<map.maps.height {
      let (from, to) = (map.maps.row(map.index, y), target.maps.row(target.index, y))
      for x in 0..<map.maps.width {
        for c in 0..<channels {
          let at = x * map.maps.channels + c
          to[at] = (from[at] - own.mean[c]) / own.deviation[c] * wanted.deviation[c] + wanted.mean[c]
        }
      }
    }
  }

  /// From the target's gradient g to that of the maps x, which is added. With z = (x − μ) / σ, n cells, strength s, and
  /// Σ g and Σ g z over the cells:
  ///
  ///     content    σ'/σ (g − Σg / n − z Σgz / (n − 1)) + (1 − s) (Σg / n + z Σgz / (n − 1))
  ///     painting                                             s  (Σg / n + z Σgz / (n − 1))
  ///
  /// where z of the painting is its own, and σ' the target's deviation.
  func adjoint() -> Folding.Contribution {
    let pairs = target.count
    let blocks = maps.channels / 16
    // Of each map and block: factors of g and of x, and what is added.
    var factors = [(Block, Block, Block)](repeating: (Block(), Block(), Block()), count: 2 * pairs * blocks)
    for i in 0..<pairs {
      let (own, painting, wanted) = (statistics[i], statistics[pairs + i], wanted(i))
      let sums = sums(i)
      let cells = Double(target.height * target.width)
      let strength = Double(strengths[i])
      for c in 0..<channels {
        let (mean, deviation) = (Double(own.mean[c]), Double(own.deviation[c]))
        let scale = Double(wanted.deviation[c]) / deviation
        let ofMean = sums.gradient[c] / cells
        let ofDeviation = (sums.product[c] - mean * sums.gradient[c]) / deviation / max(1, cells - 1)
        let slope = (1 - strength - scale) * ofDeviation / deviation
        let (block, lane) = c.quotientAndRemainder(dividingBy: 16)
        factors[i * blocks + block].0[lane] = Float(scale)
        factors[i * blocks + block].1[lane] = Float(slope)
        factors[i * blocks + block].2[lane] = Float((1 - strength - scale) * ofMean - slope * mean)
        let styleSlope = strength * ofDeviation / Double(painting.deviation[c])
        let style = (pairs + i) * blocks + block
        factors[style].1[lane] = Float(styleSlope)
        factors[style].2[lane] = Float(strength * ofMean - styleSlope * Double(painting.mean[c]))
      }
    }
    let (maps, targetGradient) = (maps, targetGradient)
    return { map, y, line in
      let (values, out) = (maps.row(map, y).blocks, line.blocks)
      let gradient = targetGradient.row(map % pairs, y).blocks
      for x in 0..<maps.width {
        for block in 0..<blocks {
          let at = x * blocks + block
          let (ofGradient, slope, offset) = factors[map * blocks + block]
          out[at] += ofGradient * gradient[at] + slope * values[at] + offset
        }
      }
    }
  }

  /// Over the cells of a pair: Σ g and Σ g x of each channel.
  private func sums(_ pair: Int) -> (gradient: [Double], product: [Double]) {
    let blocks = target.channels / 16
    var result = (
      gradient: [Double](repeating: 0, count: target.channels),
      product: [Double](repeating: 0, count: target.channels)
    )
    for y in 0..<target.height {
      let (g, x) = (targetGradient.row(pair, y).blocks, maps.row(pair, y).blocks)
      for block in 0..<blocks {
        var (gradient, product) = (Block(), Block())
        for cell in 0..<target.width {
          let at = cell * blocks + block
          gradient += g[at]
          product += g[at] * x[at]
        }
        for lane in 0..<16 {
          result.gradient[16 * block + lane] += Double(gradient[lane])
          result.product[16 * block + lane] += Double(product[lane])
        }
      }
    }
    return result
  }
}
