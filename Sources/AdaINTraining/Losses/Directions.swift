import AdaIN

/// A map whose cells are scaled to length 1, d = x / √(|x|² + ε): what the perceptual loss compares with.
/// Kept as the upper half of each float, as a pool of crops has many.
struct Directions: Sendable {
  let channels: Int
  /// (height, width, channels).
  let halves: Table<UInt16>

  /// Of one map of a batch.
  init(of maps: FeatureBatch, _ map: Int, _ executor: Executor) throws(AdaINError) {
    channels = maps.channels
    halves = try Table("directions", count: maps.height * maps.width * channels, recycled: true)
    let (halves, blocks) = (halves, channels / 16)
    executor.run(count: maps.height) { y, _ in
      let row = maps.row(map, y).blocks
      let out = UnsafeMutableRawPointer(halves.pointer).assumingMemoryBound(to: SIMD16<UInt16>.self)
      for x in 0..<maps.width {
        let cell = row + x * blocks
        let scale = 1 / Self.length(cell, blocks)
        for block in 0..<blocks {
          let bits = unsafeBitCast(cell[block] * scale, to: SIMD16<UInt32>.self)
          // To the nearest: nothing here is near overflow.
          out[(y * maps.width + x) * blocks + block] = SIMD16(truncatingIfNeeded: (bits &+ 0x8000) &>> 16)
        }
      }
    }
  }

  static func length(_ cell: UnsafePointer<Block>, _ blocks: Int) -> Float {
    var sum = Block()
    for block in 0..<blocks { sum += cell[block] * cell[block] }
    return (sum.sum() + Float(MapStatistics.epsilon)).squareRoot()
  }

  static func length(_ cell: UnsafeMutablePointer<Block>, _ blocks: Int) -> Float {
    length(UnsafePointer(cell), blocks)
  }

  /// R. Zhang et al.: The Unreasonable Effectiveness of Deep Features as a Perceptual Metric
  /// (arXiv:1801.03924), equation 1 with equal weights: of one row, the sum over its cells of |d − wanted|²,
  /// and `weight` times its gradient, added to `line`.
  func loss(
    _ row: UnsafePointer<Float>, y: Int, width: Int, weight: Float,
    addingTo line: UnsafeMutablePointer<Float>?
  ) -> Double {
    let blocks = channels / 16
    let cells = UnsafeRawPointer(row).assumingMemoryBound(to: Block.self)
    let wanted = UnsafeRawPointer(halves.pointer).assumingMemoryBound(to: SIMD16<UInt16>.self)
    let out = line?.blocks
    var total = 0.0
    for x in 0..<width {
      let cell = cells + x * blocks
      let scale = 1 / Self.length(cell, blocks)
      func differences(_ block: Int) -> (Block, Block) {
        let bits = SIMD16<UInt32>(truncatingIfNeeded: wanted[(y * width + x) * blocks + block]) &<< 16
        let direction = cell[block] * scale
        return (direction, direction - unsafeBitCast(bits, to: Block.self))
      }
      var squares = Block()
      var along = Block()
      for block in 0..<blocks {
        let (direction, difference) = differences(block)
        squares += difference * difference
        along += direction * difference
      }
      total += Double(squares.sum())
      guard let out else { continue }
      let share = along.sum()
      let factor = 2 * weight * scale
      for block in 0..<blocks {
        let (direction, difference) = differences(block)
        out[x * blocks + block] += factor * (difference - direction * share)
      }
    }
    return total
  }
}
