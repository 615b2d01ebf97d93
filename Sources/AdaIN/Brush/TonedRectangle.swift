/// A rectangle of a picture in fine strokes, made with the tones of the broad ones under them.
///
/// The cells around the rectangle are decoded whole, so that its pixels do not depend on where it lies.
/// Memory: the rows of some five cells, and the means of as many.
final class TonedRectangle: RectangleSource {
  private let tones: BroadTones
  private let columns: Range<Int>
  private let rows: Range<Int>
  private let executor: Executor
  private let sink: LastStage.Sink

  private let fine: any RectangleSource
  private let fineRows: FineRows
  /// Cells that the rectangle reads, across; and what to add to them: (rows of cells in a ring, cells, RGB).
  private let cellColumns: Range<Int>
  private let cellRing: Int
  private let differences: Table<Float>
  private let scratch: RowScratch
  /// For each thread a row of cells, and one of pixels.
  private let cellLines: Table<Float>
  private let pixelLines: Table<Float>
  /// The next row of cells, and of pixels, to be made.
  private var nextCell: Int
  private var next: Int

  /// Rows that are made at a time.
  private static let chunk = 32

  /// The decoder's rows, until their cells' means are known.
  private final class FineRows: @unchecked Sendable {
    let columns: Range<Int>
    let capacity: Int
    let values: Table<Float>

    init(columns: Range<Int>, capacity: Int) throws(AdaINError) {
      self.columns = columns
      self.capacity = capacity
      values = try Table("rows in fine strokes", count: 3 * columns.count * capacity)
    }

    /// Where the pixel of a row and column lies.
    func place(_ y: Int, _ x: Int) -> UnsafeMutablePointer<Float> {
      values.pointer + 3 * (y % capacity * columns.count + x - columns.lowerBound)
    }

    /// Kept as they would be written, so that what is clamped away is made up for, too.
    func write(_ y: Int, _ x: Int, _ count: Int, _ rgb: UnsafePointer<Float>) {
      let to = place(y, x)
      for i in 0..<3 * count { to[i] = max(0, min(1, rgb[i])) }
    }
  }

  /// - Parameters:
  ///   - columns, rows: the rectangle.
  ///   - sink: receives its pixels.
  ///   - fine: makes a rectangle in fine strokes, whose pixels its sink receives.
  /// - Throws: `.memory`, and what `fine` does.
  init(
    _ tones: BroadTones, columns: Range<Int>, rows: Range<Int>, executor: Executor,
    sink: @escaping LastStage.Sink,
    fine: (_ columns: Range<Int>, _ rows: Range<Int>, _ sink: @escaping LastStage.Sink) throws(AdaINError)
      -> any RectangleSource
  ) throws(AdaINError) {
    self.tones = tones
    self.columns = columns
    self.rows = rows
    self.executor = executor
    self.sink = sink
    cellColumns = tones.enlargedAcross.oldSamples(of: columns)
    let cellRows = tones.enlargedDown.oldSamples(of: rows)
    let fineColumns = tones.meansAcross.oldSamples(of: cellColumns)
    let rowsOfFine = tones.meansDown.oldSamples(of: cellRows)
    // From the first row of a chunk to the last row of the last cell that its last row reads: two cells
    // beyond it, of at most so many rows, and one that is begun.
    fineRows = try FineRows(
      columns: fineColumns, capacity: min(rowsOfFine.count, Self.chunk + 4 * tones.meansDown.taps))
    cellRing = min(cellRows.count, Self.chunk + 4)
    differences = try Table("the broad strokes' tones", count: 3 * cellColumns.count * cellRing)
    scratch = try RowScratch(for: [tones.cells], threads: executor.threads)
    cellLines = try Table("the broad strokes' tones", count: 3 * tones.cells.width * executor.threads)
    pixelLines = try Table("rows of the picture", count: 3 * columns.count * executor.threads)
    nextCell = cellRows.lowerBound
    next = rows.lowerBound
    self.fine = try fine(fineColumns, rowsOfFine, fineRows.write)
  }

  func run(until end: Int, progress: ((Double) -> Bool)?) throws(AdaINError) {
    let end = min(end, rows.upperBound)
    // The picture is whole when its last rows are written, somewhat after they are decoded.
    let underWay = progress.map { progress in { (share: Double) in share >= 1 || progress(share) } }
    while next < end {
      let chunk = next..<min(next + Self.chunk, end)
      let cells = nextCell..<max(nextCell, tones.enlargedDown.oldSamples(of: chunk).upperBound)
      if !cells.isEmpty {
        try fine.run(until: tones.meansDown.oldSamples(of: cells).upperBound, progress: underWay)
        try executor.tryRun(count: cells.count) { item, slot throws(AdaINError) in
          try makeDifferences(cells.lowerBound + item, slot)
        }
        nextCell = cells.upperBound
      }
      executor.run(count: chunk.count) { item, slot in makeRow(chunk.lowerBound + item, slot) }
      next = chunk.upperBound
    }
    if next == rows.upperBound, let progress, !progress(1) {
      throw AdaINError(.cancelled, "cancelled by the progress callback")
    }
  }

  private func differences(of y: Int) -> UnsafeMutablePointer<Float> {
    differences.pointer + 3 * cellColumns.count * (y % cellRing)
  }

  /// tones − means(f) of a row of cells.
  private func makeDifferences(_ y: Int, _ slot: Int) throws(AdaINError) {
    let wanted = cellLines.pointer + 3 * tones.cells.width * slot
    try tones.cells.read(row: y, into: wanted, scratch: scratch[slot])
    let result = differences(of: y)
    for cell in cellColumns {
      var sum = SIMD3<Float>.zero
      tones.meansDown.forEachTap(of: y) { row, down in
        tones.meansAcross.forEachTap(of: cell) { column, across in
          let pixel = fineRows.place(row, column)
          sum += down * across * SIMD3(pixel[0], pixel[1], pixel[2])
        }
      }
      let to = result + 3 * (cell - cellColumns.lowerBound)
      for c in 0..<3 { to[c] = wanted[3 * cell + c] - sum[c] }
    }
  }

  /// f + up(differences) of a row of pixels.
  private func makeRow(_ y: Int, _ slot: Int) {
    let count = 3 * cellColumns.count
    let line = cellLines.pointer + 3 * tones.cells.width * slot
    for i in 0..<count { line[i] = 0 }
    tones.enlargedDown.forEachTap(of: y) { from, weight in
      let row = differences(of: from)
      for i in 0..<count { line[i] += weight * row[i] }
    }
    let out = pixelLines.pointer + 3 * columns.count * slot
    for x in columns {
      let pixel = fineRows.place(y, x)
      var sum = SIMD3(pixel[0], pixel[1], pixel[2])
      tones.enlargedAcross.forEachTap(of: x) { from, weight in
        let cell = line + 3 * (from - cellColumns.lowerBound)
        sum += weight * SIMD3(cell[0], cell[1], cell[2])
      }
      let to = out + 3 * (x - columns.lowerBound)
      for c in 0..<3 { to[c] = sum[c] }
    }
    sink(y, columns.lowerBound, columns.count, out)
  }
}
