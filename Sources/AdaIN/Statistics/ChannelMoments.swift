/// Mean and sum of squared differences from it, for each channel, over `count` cells: what can be
/// merged, of rows into a map and of maps into a batch.
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
  ///
  /// Each row is summed by itself, around its own mean, and the rows are merged from the top down,
  /// so neither the number of threads nor the size of the mean against the deviation moves the
  /// result.
  init(of map: FeatureRows, channels: Int, height: Int, on executor: Executor) {
    self.init(channels: channels)
    let stride = map.channels
    let width = map.width
    let rows = [Double](unsafeUninitializedCapacity: height * 2 * stride) { moments, count in
      nonisolated(unsafe) let moments = moments.baseAddress!
      executor.run(count: height) { y, _ in
        Self.moments(
          of: map.row(y), width: width, channels: stride, mean: moments + y * 2 * stride,
          squares: moments + (y * 2 + 1) * stride)
      }
      count = height * 2 * stride
    }
    rows.withUnsafeBufferPointer { rows in
      for y in 0..<height {
        let row = rows.baseAddress! + y * 2 * stride
        merge(mean: row, squares: row + stride, count: Double(width))
      }
    }
  }

  /// Add the cells behind other moments of as many channels.
  mutating func merge(_ other: ChannelMoments) {
    other.mean.withUnsafeBufferPointer { mean in
      other.squares.withUnsafeBufferPointer { squares in
        merge(mean: mean.baseAddress!, squares: squares.baseAddress!, count: other.count)
      }
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

  /// Mean and sum of squared differences from it of one row of cells.
  private static func moments(
    of row: UnsafePointer<Float>, width: Int, channels: Int, mean: UnsafeMutablePointer<Double>,
    squares: UnsafeMutablePointer<Double>
  ) {
    for channel in 0..<channels {
      mean[channel] = 0
      squares[channel] = 0
    }
    for x in 0..<width {
      let cell = row + x * channels
      for channel in 0..<channels { mean[channel] += Double(cell[channel]) }
    }
    for channel in 0..<channels { mean[channel] /= Double(width) }
    for x in 0..<width {
      let cell = row + x * channels
      for channel in 0..<channels {
        let difference = Double(cell[channel]) - mean[channel]
        squares[channel] += difference * difference
      }
    }
  }
}
