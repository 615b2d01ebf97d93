/// A picture's RGB samples in memory: (height, width, 3).
struct SampleGrid {
  let width: Int
  let height: Int
  let samples: Table<Float>

  /// - Throws: `.argument` for a sample that is not a finite number; `.memory`.
  init(_ picture: PixelView, name: String, on executor: Executor) throws(AdaINError) {
    try self.init(width: picture.width, height: picture.height)
    let reader = PixelReader(picture, name: name)
    try executor.tryRun(count: height) { [self] y, _ throws(AdaINError) in
      try reader.readRow(y, into: row(y))
    }
  }

  private init(width: Int, height: Int) throws(AdaINError) {
    self.width = width
    self.height = height
    samples = try Table("the samples of a picture", count: 3 * width * height)
  }

  func row(_ y: Int) -> UnsafeMutablePointer<Float> { samples.pointer + 3 * width * y }

  /// What varies within 9 × 9 pixels: samples less their means over as many. Beyond the edges the picture
  /// is mirrored.
  func detail(on executor: Executor) throws(AdaINError) -> SampleGrid {
    let reach = 4
    let across = try SampleGrid(width: width, height: height)
    let result = try SampleGrid(width: width, height: height)
    executor.run(count: height) { y, _ in
      let (from, to) = (row(y), across.row(y))
      for x in 0..<width {
        for c in 0..<3 {
          var sum: Float = 0
          for i in x - reach...x + reach { sum += from[3 * bounced(abs(i), width) + c] }
          to[3 * x + c] = sum
        }
      }
    }
    executor.run(count: height) { y, _ in
      let (from, to) = (row(y), result.row(y))
      for i in 0..<3 * width { to[i] = 0 }
      for other in y - reach...y + reach {
        let sums = across.row(bounced(abs(other), height))
        for i in 0..<3 * width { to[i] += sums[i] }
      }
      for i in 0..<3 * width { to[i] = from[i] - to[i] / 81 }
    }
    return result
  }

  /// `Model.Measurement.FoldedEnergy.energy`. Windows overlap by half.
  func foldedEnergy(window: Int, period: Int, on executor: Executor) throws(AdaINError) -> Double {
    let (down, right) = (WindowRow(height, window, period), WindowRow(width, window, period))
    guard down.count > 0, right.count > 0 else { return 0 }
    let phases = 3 * period * period
    let sums = try Table<Double>("sums of phases", count: executor.threads * phases)
    let energies = try Table<Double>("energies of windows", count: down.count)
    executor.run(count: down.count) { i, slot in
      let sum = sums.pointer + slot * phases
      var energy = 0.0
      for j in 0..<right.count {
        for phase in 0..<phases { sum[phase] = 0 }
        for y in down.pixels(i) {
          let line = row(y) + 3 * right.pixels(j).lowerBound
          let phase = sum + 3 * period * (y % period)
          for x in 0..<right.pixels(j).count {
            for c in 0..<3 { phase[3 * (x % period) + c] += Double(line[3 * x + c]) }
          }
        }
        energy +=
          Self.variance(sum, period: period) / Double(down.cells * down.cells * right.cells * right.cells)
      }
      energies[i] = energy
    }
    return energies.array.reduce(0, +) / Double(down.count * right.count)
  }

  /// Mean over the colours.
  private static func variance(_ phases: UnsafePointer<Double>, period: Int) -> Double {
    let count = Double(period * period)
    var result = 0.0
    for c in 0..<3 {
      let values = (0..<period * period).map { phases[3 * $0 + c] }
      let mean = values.reduce(0, +) / count
      result += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    }
    return result / 3
  }
}

/// Windows along one side, in whole cells of a period, each half a window after the one before.
private struct WindowRow {
  let period: Int
  /// Of a window.
  let cells: Int
  let step: Int
  let count: Int

  init(_ side: Int, _ window: Int, _ period: Int) {
    let available = side / period
    self.period = period
    cells = min(window / period, available)
    step = max(1, cells / 2)
    count = cells == 0 ? 0 : (available - cells) / step + 1
  }

  func pixels(_ i: Int) -> Range<Int> { i * step * period..<(i * step + cells) * period }
}
