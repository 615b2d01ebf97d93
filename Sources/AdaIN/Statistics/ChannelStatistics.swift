/// Mean and standard deviation of each channel of a feature map over all its cells.
///
///     σ² = Σ (f − μ)² / (n − 1) + 1e-5          (one cell: σ² = 1e-5)
///
/// n − 1 and 1e-5 are those of the original implementation, with which published decoders were
/// trained.
struct ChannelStatistics: Sendable {
  let mean: [Double]
  let deviation: [Double]

  static let epsilon = 1e-5

  /// - Parameter map: a whole feature map; `channels` of it are the network's own.
  ///
  /// Each row is summed by itself, around its own mean, and the rows are merged from the top down
  /// (Chan, Golub & LeVeque 1983), so neither the number of threads nor the size of the mean
  /// against the deviation moves the result.
  init(of map: FeatureRows, channels: Int, height: Int, on executor: Executor) {
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

    var mean = [Double](repeating: 0, count: channels)
    var squares = [Double](repeating: 0, count: channels)
    for y in 0..<height {
      let before = Double(y) * Double(width)
      let after = before + Double(width)
      for channel in 0..<channels {
        let difference = rows[y * 2 * stride + channel] - mean[channel]
        mean[channel] += difference * Double(width) / after
        squares[channel] +=
          rows[(y * 2 + 1) * stride + channel] + difference * difference * before
          * Double(width) / after
      }
    }
    let count = Double(width) * Double(height)
    self.mean = mean
    deviation = squares.map { ($0 / max(1, count - 1) + Self.epsilon).squareRoot() }
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
