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

  init(_ sum: Sum) {
    mean = sum.mean
    deviation = sum.squares.map { ($0 / max(1, sum.count - 1) + Self.epsilon).squareRoot() }
  }
}

// Each row is summed by itself, around its own mean, and the rows are merged from the top down
// (Chan, Golub & LeVeque 1983), so neither the number of threads, nor the rows that arrive together,
// nor the size of the mean against the deviation moves the result.

extension ChannelStatistics {
  /// The cells so far: their number, means, and sums of squared differences from these.
  struct Sum: Sendable {
    private(set) var count = 0.0
    private(set) var mean: [Double]
    private(set) var squares: [Double]

    init(channels: Int) {
      mean = Array(repeating: 0, count: channels)
      squares = mean
    }

    /// Merge rows that lie below those so far.
    mutating func add(_ rows: borrowing Rows, cellsPerRow: Int) {
      let width = Double(cellsPerRow)
      for row in 0..<rows.count {
        let after = count + width
        for channel in mean.indices {
          let difference = rows.mean(row)[channel] - mean[channel]
          mean[channel] += difference * width / after
          squares[channel] +=
            rows.squares(row)[channel] + difference * difference * count * width / after
        }
        count = after
      }
    }
  }

  /// The sums of some rows, each of which another thread may make.
  struct Rows: ~Copyable, @unchecked Sendable {
    let count: Int
    private let channels: Int
    private let moments: UnsafeMutablePointer<Double>

    init(count: Int, channels: Int) {
      self.count = count
      self.channels = channels
      moments = .allocate(capacity: 2 * count * channels)
    }

    deinit { moments.deallocate() }

    func mean(_ row: Int) -> UnsafeMutablePointer<Double> { moments + 2 * row * channels }
    func squares(_ row: Int) -> UnsafeMutablePointer<Double> { moments + (2 * row + 1) * channels }

    /// Sum up the cells of one row, (width, channels).
    func sum(_ row: Int, _ cells: UnsafePointer<Float>, width: Int) {
      let mean = mean(row)
      let squares = squares(row)
      for channel in 0..<channels {
        mean[channel] = 0
        squares[channel] = 0
      }
      for x in 0..<width {
        let cell = cells + x * channels
        for channel in 0..<channels { mean[channel] += Double(cell[channel]) }
      }
      for channel in 0..<channels { mean[channel] /= Double(width) }
      for x in 0..<width {
        let cell = cells + x * channels
        for channel in 0..<channels {
          let difference = Double(cell[channel]) - mean[channel]
          squares[channel] += difference * difference
        }
      }
    }
  }
}
