/// The Gram matrix of a feature map: which channels are active together, wherever that is.
///
///     G[i, j] = Σ over all cells of f_i f_j / (C H W)            f (H, W, C); G (C, C), symmetric
///
/// Gatys, Ecker & Bethge (CVPR 2016, equation 3) introduced it without the divisor; with that of
/// Johnson, Alahi & Fei-Fei (ECCV 2016, arXiv:1603.08155, equation 3), used here, maps of different
/// sizes can be compared.
public struct GramMatrix: Sendable, Equatable {
  /// C, the number of rows and of columns.
  public let channels: Int
  /// (channels, channels), row-major.
  public let values: [Double]

  /// G[i, j], both from 0 to C − 1.
  public subscript(i: Int, j: Int) -> Double {
    precondition(0..<channels ~= i && 0..<channels ~= j)
    return values[i * channels + j]
  }

  /// Cells whose products are summed as 32-bit floats before they join the sum in double precision.
  private static let chunk = 32
  /// Channels of one side of the matrix that a thread works on: the padding's multiple.
  private static let block = 16

  /// The matrix of a map, summed in a fixed order on all processors that are free.
  /// - Throws: `.argument` when products of values leave the range of 32-bit floats.
  public init(of map: FeatureMap) throws(AdaINError) {
    try self.init(of: map, on: FeatureMap.executor())
  }

  init(of map: FeatureMap, on executor: Executor) throws(AdaINError) {
    let channels = map.channels
    let padded = map.rows.channels
    // The upper triangle, blocks on the diagonal whole.
    let sums = [Double](unsafeUninitializedCapacity: padded * padded) { sums, count in
      sums.initialize(repeating: 0)
      nonisolated(unsafe) let sums = sums.baseAddress!
      executor.run(count: padded / Self.block) { block, _ in
        let first = block * Self.block
        for y in 0..<map.height {
          for x in stride(from: 0, to: map.width, by: Self.chunk) {
            let cells = map.rows.row(y) + x * padded
            let count = min(Self.chunk, map.width - x)
            for i in stride(from: first, to: first + Self.block, by: 4) {
              for j in stride(from: first, to: padded, by: 8) {
                Self.add(cells, count: count, channels: padded, i, j, to: sums + i * padded + j)
              }
            }
          }
        }
      }
      count = padded * padded
    }
    guard sums.allSatisfy(\.isFinite) else {
      throw AdaINError(
        .argument, "the feature map's values are too large for a Gram matrix in 32-bit floats")
    }
    let scale = 1 / (Double(channels) * Double(map.cells))
    self.channels = channels
    values = (0..<channels * channels).map { index in
      let (i, j) = index.quotientAndRemainder(dividingBy: channels)
      return sums[min(i, j) * padded + max(i, j)] * scale
    }
  }

  /// Add the products of channels i ..< i + 4 with j ..< j + 8 over some cells to a rectangle of the
  /// matrix: `sum` is its first element, `channels` its row's length.
  @inline(__always)
  private static func add(
    _ cells: UnsafePointer<Float>, count: Int, channels: Int, _ i: Int, _ j: Int,
    to sum: UnsafeMutablePointer<Double>
  ) {
    var row0 = SIMD8<Float>(repeating: 0)
    var row1 = row0
    var row2 = row0
    var row3 = row0
    for cell in 0..<count {
      let values = cells + cell * channels
      let others = UnsafeRawPointer(values + j).loadUnaligned(as: SIMD8<Float>.self)
      row0 += values[i] * others
      row1 += values[i + 1] * others
      row2 += values[i + 2] * others
      row3 += values[i + 3] * others
    }
    for (k, row) in [row0, row1, row2, row3].enumerated() {
      for lane in 0..<8 { sum[k * channels + lane] += Double(row[lane]) }
    }
  }
}
