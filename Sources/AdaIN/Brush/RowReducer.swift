/// Reduces a picture as its rows pass by, to the means of its samples: each of the result's stands for as
/// large a part of the picture.
///
/// Rows are read and reduced across by all threads, then added one after the other: sums run in a fixed
/// order.
final class RowReducer {
  let width: Int
  let height: Int
  /// Rows that are taken at a time, at most.
  let chunk: Int

  private let channels: Int
  private let oldWidth: Int
  private let oldHeight: Int
  private let executor: Executor
  private let columns: Resampling
  /// For each thread a row of the picture; for each row of a chunk what is left of it across.
  private let lines: Table<Float>
  private let across: Table<Float>
  /// Sums of the row under way and of the one behind it, (2, width, channels): a row of the picture belongs
  /// to two of the result's at most.
  private let sums: Table<Float>
  private var added = 0
  private var current = 0

  /// - Parameters: sizes in pixels; the new ones are at most the old ones.
  /// - Throws: `.memory`.
  init(
    width oldWidth: Int, height oldHeight: Int, channels: Int, to size: (width: Int, height: Int),
    executor: Executor
  ) throws(AdaINError) {
    (width, height) = size
    self.channels = channels
    self.oldWidth = oldWidth
    self.oldHeight = oldHeight
    self.executor = executor
    chunk = 8 * executor.threads
    columns = try Resampling.means(from: oldWidth, to: size.width)
    lines = try Table("rows that are reduced", count: oldWidth * channels * executor.threads)
    across = try Table("rows that are reduced", count: size.width * channels * chunk)
    sums = try Table("rows that are reduced", count: 2 * size.width * channels, zeroed: true)
  }

  /// Add the picture's next rows.
  /// - Parameters:
  ///   - count: of rows, at most `chunk`.
  ///   - read: writes row `item` of them, (old width, channels); called on several threads.
  ///   - finished: receives each row of the result that is complete, (width, channels), in order; it must not
  ///     keep the pointer.
  func add(
    _ count: Int,
    read: (_ item: Int, _ slot: Int, _ row: UnsafeMutablePointer<Float>) throws(AdaINError) -> Void,
    finished: (_ y: Int, _ row: UnsafeMutablePointer<Float>) throws(AdaINError) -> Void
  ) throws(AdaINError) {
    try executor.tryRun(count: count) { item, slot throws(AdaINError) in
      let line = lines.pointer + oldWidth * channels * slot
      try read(item, slot, line)
      reduceAcross(line, into: across.pointer + width * channels * item)
    }
    for item in 0..<count { try add(across.pointer + width * channels * item, finished: finished) }
  }

  /// The picture's whole height, chunk by chunk.
  func addAll(
    read: (_ y: Int, _ slot: Int, _ row: UnsafeMutablePointer<Float>) throws(AdaINError) -> Void,
    finished: (_ y: Int, _ row: UnsafeMutablePointer<Float>) throws(AdaINError) -> Void
  ) throws(AdaINError) {
    for begin in stride(from: 0, to: oldHeight, by: chunk) {
      try add(
        min(chunk, oldHeight - begin),
        read: { item, slot, row throws(AdaINError) in try read(begin + item, slot, row) }, finished: finished)
    }
  }

  private func reduceAcross(_ row: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    for x in 0..<width {
      let to = result + x * channels
      for c in 0..<channels { to[c] = 0 }
      columns.forEachTap(of: x) { from, weight in
        for c in 0..<channels { to[c] += weight * row[from * channels + c] }
      }
    }
  }

  private func add(
    _ row: UnsafePointer<Float>,
    finished: (_ y: Int, _ row: UnsafeMutablePointer<Float>) throws(AdaINError) -> Void
  ) throws(AdaINError) {
    let count = width * channels
    let step = Double(oldHeight) / Double(height)
    let (begin, end) = (Double(added), Double(added + 1))
    added += 1
    while current < height {
      let first = Double(current) * step
      let last = current + 1 == height ? Double(oldHeight) : Double(current + 1) * step
      let weight = Float(max(0, min(end, last) - max(begin, first)) / step)
      let sum = sums.pointer + current % 2 * count
      for i in 0..<count { sum[i] += weight * row[i] }
      if last > end { return }
      try finished(current, sum)
      sum.update(repeating: 0, count: count)
      current += 1
      if last == end { return }
    }
  }
}
