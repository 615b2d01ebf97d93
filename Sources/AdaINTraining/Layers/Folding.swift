import AdaIN

/// From the gradient of what a layer read, with reflected cells around it, to that of the sums of the layer
/// before: the reflected cells' gradients go to the cells that they show, enlarged cells' are added up, those
/// of a maximum go to where it was found; what losses want of the map itself is added; ReLU lets through what
/// it let through.
struct Folding {
  /// (height + 2, width + 2) of the map that the convolution saw.
  let padded: FeatureBatch
  /// What the layer before made, after ReLU.
  let made: FeatureBatch
  /// Its sums' gradient, of the same size.
  let gradient: FeatureBatch
  let kind: Kind
  /// Whether `made` went through ReLU.
  var rectified = true

  enum Kind {
    /// The convolution saw `made`; enlarged ×2; reduced to the maxima of 2×2.
    case same, enlarged, pooled
  }

  /// Adds to a row's gradient, (width, channels), what losses want of map and row.
  typealias Contribution = (_ map: Int, _ y: Int, _ line: UnsafeMutablePointer<Float>) -> Void

  /// Scratch memory of a thread, in floats.
  var scratchCount: Int { 2 * padded.width * padded.channels }

  func run(_ executor: Executor, adding contribution: Contribution? = nil) {
    let rows = kind == .pooled ? made.height / 2 : made.height
    executor.run(count: made.count * rows) { item, slot in
      let (map, y) = item.quotientAndRemainder(dividingBy: rows)
      let line = executor.scratch(slot)
      switch kind {
      case .same:
        folded(map, y, into: line)
        finish(map, y, line, contribution)
      case .enlarged:
        let second = line + padded.width * padded.channels
        folded(map, 2 * y, into: line)
        folded(map, 2 * y + 1, into: second)
        addPairs(line, second)
        finish(map, y, line, contribution)
      case .pooled:
        folded(map, y, into: line)
        spread(map, y, line)
      }
    }
  }

  /// A row of what the convolution saw.
  private func folded(_ map: Int, _ y: Int, into line: UnsafeMutablePointer<Float>) {
    let height = padded.height - 2
    let width = padded.width - 2
    let blocks = padded.channels / 16
    let line = line.blocks
    let first = padded.row(map, y + 1).blocks
    let upper = y == 1 ? padded.row(map, 0).blocks : nil
    let lower = y == height - 2 ? padded.row(map, height + 1).blocks : nil
    func column(_ x: Int, _ block: Int) -> Block {
      let at = x * blocks + block
      var sum = first[at]
      if let upper { sum += upper[at] }
      if let lower { sum += lower[at] }
      return sum
    }
    for x in 0..<width {
      for block in 0..<blocks { line[x * blocks + block] = column(x + 1, block) }
    }
    for block in 0..<blocks {
      line[blocks + block] += column(0, block)
      line[(width - 2) * blocks + block] += column(width + 1, block)
    }
  }

  /// Both rows, then pairs of columns.
  private func addPairs(_ line: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>) {
    let blocks = padded.channels / 16
    let (line, second) = (line.blocks, second.blocks)
    for x in 0..<made.width {
      for block in 0..<blocks {
        let left = 2 * x * blocks + block
        line[x * blocks + block] = (line[left] + line[left + blocks]) + (second[left] + second[left + blocks])
      }
    }
  }

  /// The same where nothing comes from behind: of the last layer, for which only losses ask.
  static func begin(
    _ made: FeatureBatch, _ gradient: FeatureBatch, _ executor: Executor, adding: @escaping Contribution
  ) {
    let folding = Folding(padded: gradient, made: made, gradient: gradient, kind: .same)
    executor.run(count: made.count * made.height) { item, slot in
      let (map, y) = item.quotientAndRemainder(dividingBy: made.height)
      let line = executor.scratch(slot)
      line.update(repeating: 0, count: made.width * made.channels)
      folding.finish(map, y, line, adding)
    }
  }

  private func finish(
    _ map: Int, _ y: Int, _ line: UnsafeMutablePointer<Float>, _ contribution: Contribution?
  ) {
    contribution?(map, y, line)
    let values = line.blocks
    let seen = made.row(map, y).blocks
    let out = gradient.row(map, y).blocks
    let blocks = made.channels / 16
    for i in 0..<made.width * blocks {
      out[i] = rectified ? values[i].replacing(with: 0, where: seen[i] .<= 0) : values[i]
    }
    for i in made.width * blocks..<(made.width + 1) * blocks { out[i] = Block() }
  }

  /// Each maximum's gradient to the first of the four cells that has it.
  private func spread(_ map: Int, _ y: Int, _ line: UnsafeMutablePointer<Float>) {
    let values = line.blocks
    let blocks = made.channels / 16
    let seen = (made.row(map, 2 * y).blocks, made.row(map, 2 * y + 1).blocks)
    let out = (gradient.row(map, 2 * y).blocks, gradient.row(map, 2 * y + 1).blocks)
    for x in 0..<made.width / 2 {
      for block in 0..<blocks {
        let left = 2 * x * blocks + block
        let right = left + blocks
        let cells = (seen.0[left], seen.0[right], seen.1[left], seen.1[right])
        let largest = larger(larger(cells.0, cells.1), larger(cells.2, cells.3))
        let value = values[x * blocks + block].replacing(with: 0, where: largest .<= 0)
        var open = SIMDMask<Block.MaskStorage>(repeating: true)
        func share(_ cell: Block) -> Block {
          let here = open .& (cell .== largest)
          open .&= .!here
          return Block().replacing(with: value, where: here)
        }
        out.0[left] = share(cells.0)
        out.0[right] = share(cells.1)
        out.1[left] = share(cells.2)
        out.1[right] = share(cells.3)
      }
    }
    for block in 0..<blocks {
      out.0[made.width * blocks + block] = Block()
      out.1[made.width * blocks + block] = Block()
    }
  }
}

/// Maxima of 2×2 cells.
func pool(_ maps: FeatureBatch, into result: FeatureBatch, _ executor: Executor) {
  let blocks = maps.channels / 16
  executor.run(count: result.count * result.height) { item, _ in
    let (map, y) = item.quotientAndRemainder(dividingBy: result.height)
    let upper = maps.row(map, 2 * y).blocks
    let lower = maps.row(map, 2 * y + 1).blocks
    let out = result.row(map, y).blocks
    for x in 0..<result.width {
      for block in 0..<blocks {
        let left = 2 * x * blocks + block
        out[x * blocks + block] = larger(
          larger(upper[left], upper[left + blocks]), larger(lower[left], lower[left + blocks]))
      }
    }
  }
}

/// The standard library's `pointwiseMax` goes lane by lane.
@inline(__always)
private func larger(_ a: Block, _ b: Block) -> Block { a.replacing(with: b, where: a .< b) }
