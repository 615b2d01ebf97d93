import AdaINKernels

/// A feature map: `channels` finite numbers for each of `height` × `width` cells, as a layer of the
/// network puts out. Immutable; share it among threads and copy it at no cost.
///
///     values  (height, width, channels): channels innermost, as the engine keeps its own maps.
///             The value of a channel at (x, y) is values[(y · width + x) · channels + channel];
///             a PyTorch tensor (1, C, H, W) has to be permuted to (H, W, C) first.
///
/// A map takes 4 bytes a value, with the channels rounded up to a multiple of 16.
public struct FeatureMap: @unchecked Sendable {
  /// Values of each cell, 1…4096.
  public let channels: Int
  /// Rows of cells.
  public let height: Int
  /// Cells of a row.
  public let width: Int

  /// Whole rows with the channels rounded up as the kernels want them, zeros there. Nobody writes to
  /// them any more.
  let rows: FeatureRows

  /// A map of one's own; the values are copied.
  /// - Throws: `.argument` for an empty size, more than 4096 channels, another number of values than the
  ///   size's, a value that is not finite; `.memory`.
  public init(height: Int, width: Int, channels: Int, values: [Float]) throws(AdaINError) {
    guard height > 0, width > 0, channels > 0 else {
      throw AdaINError(
        .argument,
        "the feature map's size \(height) x \(width) with \(channels) channels is empty")
    }
    guard channels <= NetworkWeights.maximumChannels else {
      throw AdaINError(
        .argument,
        "the feature map's \(channels) channels are more than \(NetworkWeights.maximumChannels)")
    }
    let (cells, tooMany) = height.multipliedReportingOverflow(by: width)
    let (count, tooLarge) = cells.multipliedReportingOverflow(by: channels)
    guard !tooMany, !tooLarge, values.count == count else {
      throw AdaINError(
        .argument,
        "values: \(values.count) are not those of \(height) x \(width) cells with \(channels) channels"
      )
    }
    let rows = try Self.allocate(height: height, width: width, channels: channels)
    for y in 0..<height {
      let row = rows.row(y)
      for x in 0..<width {
        let cell = row + x * rows.channels
        for channel in 0..<channels { cell[channel] = values[(y * width + x) * channels + channel] }
        for channel in channels..<rows.channels { cell[channel] = 0 }
      }
    }
    try self.init(rows, height: height, channels: channels, what: "values")
  }

  /// Rows that were written whole, by this file or by the encoder.
  /// - Parameter what: names the rows in the error's sentence.
  /// - Throws: `.argument` for a value that is not finite: nothing that reads a map asks again.
  init(_ rows: FeatureRows, height: Int, channels: Int, what: String) throws(AdaINError) {
    for y in 0..<height {
      let row = rows.row(y)
      // Zero times a number is zero, or NaN when the number is none; in eight sums, which the
      // compiler keeps in vectors.
      var sums = SIMD8<Float>(repeating: 0)
      for i in stride(from: 0, to: rows.width * rows.channels, by: 8) {
        sums += 0 * UnsafeRawPointer(row + i).loadUnaligned(as: SIMD8<Float>.self)
      }
      if sums.sum() == 0 { continue }
      for x in 0..<rows.width {
        for channel in 0..<channels where !row[x * rows.channels + channel].isFinite {
          throw AdaINError(
            .argument, "\(what): channel \(channel) at (\(x), \(y)) is not a finite number")
        }
      }
    }
    self.rows = rows
    self.height = height
    self.channels = channels
    width = rows.width
  }

  /// The value of a channel at column x, row y, all within the map.
  public subscript(x: Int, y: Int, channel: Int) -> Float {
    precondition(0..<width ~= x && 0..<height ~= y && 0..<channels ~= channel)
    return rows.row(y)[x * rows.channels + channel]
  }

  /// (height, width, channels), a copy.
  public var values: [Float] {
    [Float](unsafeUninitializedCapacity: height * width * channels) { values, count in
      for y in 0..<height {
        for x in 0..<width {
          values.baseAddress!.advanced(by: (y * width + x) * channels)
            .initialize(from: rows.row(y) + x * rows.channels, count: channels)
        }
      }
      count = height * width * channels
    }
  }

  static func allocate(height: Int, width: Int, channels: Int) throws(AdaINError) -> FeatureRows {
    let rows = FeatureRows(
      x: 0, width: width, channels: paddedChannels(channels), capacity: height)
    try FeatureRows.allocate("the feature map", [rows])
    return rows
  }
}

extension FeatureMap {
  /// Cells: height · width.
  var cells: Int { height * width }

  /// What public functions of maps run on: all processors that are free.
  static func executor() -> Executor {
    Executor(kernels: KernelSet.current.kernels, threads: 0)
  }

  /// - Throws: `.memory`.
  func moments(on executor: Executor) throws(AdaINError) -> ChannelMoments {
    try ChannelMoments(of: rows, channels: channels, height: height, on: executor)
  }

  /// Refuse a map of another number of channels.
  /// - Parameter what: names this map in the error's sentence.
  func check(channels expected: Int, _ what: String) throws(AdaINError) {
    guard channels == expected else {
      throw AdaINError(.argument, "\(what): \(channels) channels are not the \(expected) needed")
    }
  }
}
