import AdaIN

/// Mean and standard deviation of each channel of one map, σ = √(Σ (f − μ)² / (n − 1) + ε), as inference has
/// them (equation 8's μ and σ).
struct MapStatistics: Equatable, Sendable {
  var mean: [Float]
  var deviation: [Float]

  static let epsilon = 1e-5

  /// Of each map of a batch; `channels` of them are the network's own.
  static func of(_ maps: FeatureBatch, channels: Int, _ executor: Executor) -> [MapStatistics] {
    let blocks = maps.channels / 16
    let cells = Double(maps.height * maps.width)
    var result = [MapStatistics](
      repeating: MapStatistics(
        mean: Array(repeating: 0, count: maps.channels), deviation: Array(repeating: 0, count: maps.channels)),
      count: maps.count)
    let all = UnsafeMutablePointer<Float>.allocate(capacity: maps.count * maps.channels * 2)
    executor.run(count: maps.count * blocks) { item, _ in
      let (map, block) = item.quotientAndRemainder(dividingBy: blocks)
      // Of each row by itself, then in double precision.
      func sum(_ value: (Block) -> Block) -> SIMD16<Double> {
        var total = SIMD16<Double>()
        for y in 0..<maps.height {
          let row = maps.row(map, y).blocks + block
          var sum = Block()
          for x in 0..<maps.width { sum += value(row[x * blocks]) }
          total += SIMD16<Double>(sum)
        }
        return total
      }
      let mean = sum { $0 } / cells
      let centre = Block(mean)
      let squares = sum { ($0 - centre) * ($0 - centre) }
      let deviation = (squares / max(1, cells - 1) + epsilon).squareRoot()
      for lane in 0..<16 {
        all[2 * (16 * item + lane)] = Float(mean[lane])
        all[2 * (16 * item + lane) + 1] = Float(deviation[lane])
      }
    }
    for map in 0..<maps.count {
      for channel in 0..<channels {
        result[map].mean[channel] = all[2 * (map * maps.channels + channel)]
        result[map].deviation[channel] = all[2 * (map * maps.channels + channel) + 1]
      }
    }
    all.deallocate()
    return result
  }

  /// From these to others: 0 is these, 1 the others (equation 14, for statistics).
  func blended(to other: MapStatistics, _ share: Float) -> MapStatistics {
    func blend(_ a: [Float], _ b: [Float]) -> [Float] { zip(a, b).map { $0 + ($1 - $0) * share } }
    return MapStatistics(mean: blend(mean, other.mean), deviation: blend(deviation, other.deviation))
  }

  /// Σ over channels of the squared distances, as means over them (equation 13), and the gradient with
  /// respect to a map of these statistics: a + b f for each channel.
  func loss(to wanted: MapStatistics, channels: Int, cells: Int) -> (
    loss: Float, offset: [Float], slope: [Float]
  ) {
    var loss = 0.0
    var offset = [Float](repeating: 0, count: mean.count)
    var slope = offset
    for c in 0..<channels {
      let ofMean = Double(mean[c]) - Double(wanted.mean[c])
      let ofDeviation = Double(deviation[c]) - Double(wanted.deviation[c])
      loss += ofMean * ofMean + ofDeviation * ofDeviation
      let b = 2 * ofDeviation / Double(channels) / (Double(max(1, cells - 1)) * Double(deviation[c]))
      slope[c] = Float(b)
      offset[c] = Float(2 * ofMean / Double(channels) / Double(cells) - b * Double(mean[c]))
    }
    return (Float(loss / Double(channels)), offset, slope)
  }
}
