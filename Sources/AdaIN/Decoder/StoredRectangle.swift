/// What makes a rectangle's pixels, row by row from the top down.
protocol RectangleSource: AnyObject {
  /// Make the rectangle's rows above `end`.
  /// - Throws: `.io`, `.cancelled`.
  func run(until end: Int, progress: ((Double) -> Bool)?) throws(AdaINError)
}

extension Decoder: RectangleSource {}

/// A rectangle of a picture that is finished and kept.
final class StoredRectangle: RectangleSource {
  private let picture: PixelStore
  private let columns: Range<Int>
  private let rows: Range<Int>
  private let executor: Executor
  private let sink: LastStage.Sink
  private let scratch: RowScratch
  private let lines: Table<Float>
  private var next: Int

  /// - Throws: `.memory`.
  init(
    _ picture: PixelStore, columns: Range<Int>, rows: Range<Int>, executor: Executor,
    sink: @escaping LastStage.Sink
  ) throws(AdaINError) {
    self.picture = picture
    self.columns = columns
    self.rows = rows
    self.executor = executor
    self.sink = sink
    scratch = try RowScratch(for: [picture], threads: executor.threads)
    lines = try Table("rows of the picture", count: 3 * picture.width * executor.threads)
    next = rows.lowerBound
  }

  func run(until end: Int, progress: ((Double) -> Bool)?) throws(AdaINError) {
    let end = min(end, rows.upperBound)
    while next < end {
      let count = min(16 * executor.threads, end - next)
      try executor.tryRun(count: count) { item, slot throws(AdaINError) in
        let line = lines.pointer + 3 * picture.width * slot
        try picture.read(row: next + item, into: line, scratch: scratch[slot])
        sink(next + item, columns.lowerBound, columns.count, line + 3 * columns.lowerBound)
      }
      next += count
      if let progress, !progress(Double(next - rows.lowerBound) / Double(rows.count)) {
        throw AdaINError(.cancelled, "cancelled by the progress callback")
      }
    }
  }
}
