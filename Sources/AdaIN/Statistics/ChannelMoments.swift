/// Mean and sum of squared differences from it, for each channel, over `count` cells: what can be
/// merged, of rows into a map and of maps into a batch.
///
/// Each row is summed by itself, around its own mean, and the rows are merged from the top down, so
/// neither the number of threads, nor the rows that arrive together, nor the size of the mean
/// against the deviation moves the result.
struct ChannelMoments: Sendable {
  private(set) var mean: [Double]
  private(set) var squares: [Double]
  private(set) var count = 0.0

  /// No cells yet.
  init(channels: Int) {
    mean = Array(repeating: 0, count: channels)
    squares = Array(repeating: 0, count: channels)
  }

  /// - Parameter map: a whole feature map; `channels` of it are the network's own.
  /// - Throws: `.memory`.
  init(of map: FeatureRows, channels: Int, height: Int, on executor: Executor) throws(AdaINError) {
    self.init(channels: channels)
    let rows = try Rows(count: height, channels: map.channels)
    executor.run(count: height) { y, _ in rows.sum(y, map.row(y), width: map.width) }
    merge(rows, cellsPerRow: map.width)
  }

  /// Add the cells behind other moments of as many channels.
  mutating func merge(_ other: ChannelMoments) {
    other.mean.withUnsafeBufferPointer { mean in
      other.squares.withUnsafeBufferPointer { squares in
        merge(mean: mean.baseAddress!, squares: squares.baseAddress!, count: other.count)
      }
    }
  }

  /// Add rows that lie below those so far, of at least as many channels.
  mutating func merge(_ rows: borrowing Rows, cellsPerRow: Int) {
    for row in 0..<rows.count {
      merge(mean: rows.mean(row), squares: rows.squares(row), count: Double(cellsPerRow))
    }
  }

  /// The same with a number of cells for each row, or a sum of weights; a row of none counts for nothing.
  mutating func merge(_ rows: borrowing Rows, counts: [Double]) {
    for row in 0..<rows.count where counts[row] > 0 {
      merge(mean: rows.mean(row), squares: rows.squares(row), count: counts[row])
    }
  }

  /// Chan, Golub & LeVeque 1983.
  private mutating func merge(
    mean other: UnsafePointer<Double>, squares otherSquares: UnsafePointer<Double>,
    count added: Double
  ) {
    let before = count
    let after = before + added
    for channel in mean.indices {
      let difference = other[channel] - mean[channel]
      mean[channel] += difference * added / after
      squares[channel] +=
        otherSquares[channel] + difference * difference * before * added / after
    }
    count = after
  }

  /// The variance of each channel, without ε.
  func variance(_ divisor: VarianceConvention.Divisor) -> [Double] {
    squares.map { divisor.variance(squares: $0, count: count) }
  }
}

extension ChannelMoments {
  /// The moments of some rows, each of which another thread may sum up.
  struct Rows: ~Copyable, @unchecked Sendable {
    let count: Int
    private let channels: Int
    private let moments: Table<Double>

    /// - Throws: `.memory`.
    init(count: Int, channels: Int) throws(AdaINError) {
      self.count = count
      self.channels = channels
      moments = try Table("the moments of rows", count: 2 * count * channels)
    }

    func mean(_ row: Int) -> UnsafeMutablePointer<Double> {
      moments.pointer + 2 * row * channels
    }
    func squares(_ row: Int) -> UnsafeMutablePointer<Double> {
      moments.pointer + (2 * row + 1) * channels
    }

    /// Sum up the cells of one row, (width, channels).
    func sum(_ row: Int, _ cells: UnsafePointer<Float>, width: Int) {
      sum(row, cells, width: width) { _ in 1 }
    }

    /// The same, each cell as often as its weight says; they lie `step` apart.
    func sum(
      _ row: Int, _ cells: UnsafePointer<Float>, width: Int, weights: UnsafePointer<Float>,
      step: Int
    ) {
      sum(row, cells, width: width) { Double(weights[$0 * step]) }
    }

    @inline(__always)
    private func sum(
      _ row: Int, _ cells: UnsafePointer<Float>, width: Int, weight: (Int) -> Double
    ) {
      let mean = mean(row)
      let squares = squares(row)
      for channel in 0..<channels {
        mean[channel] = 0
        squares[channel] = 0
      }
      var sum = 0.0
      for x in 0..<width {
        let cell = cells + x * channels
        let weight = weight(x)
        sum += weight
        for channel in 0..<channels { mean[channel] += weight * Double(cell[channel]) }
      }
      if sum == 0 { return }
      for channel in 0..<channels { mean[channel] /= sum }
      for x in 0..<width {
        let cell = cells + x * channels
        let weight = weight(x)
        for channel in 0..<channels {
          let difference = Double(cell[channel]) - mean[channel]
          squares[channel] += weight * difference * difference
        }
      }
    }
  }
}
