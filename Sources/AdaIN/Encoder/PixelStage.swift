/// The encoder's source: rows of the caller's pixels as floats, extended to multiples of 8 and by
/// one reflected pixel on the left and on the right. A unit is a row of the extended picture.
final class PixelStage: Stage {
  let name = "pixels"
  let units: Range<Int>
  var next = 0
  let quantum: Int
  let unitCost: Double
  let input: FeatureRows? = nil
  let output: FeatureRows?

  private let width: Int
  private let height: Int
  private let extendedWidth: Int
  /// The rows that were pushed last, and the picture's row at which they begin.
  private var source: (reader: PixelReader, firstRow: Int)?

  /// How many rows the band keeps for the extension at the bottom, which adds up to 7: row height + k shows
  /// row height − 2 − k, so the farthest one lies 14 rows above.
  static let mirroredRows = 16

  init(width: Int, height: Int, output: FeatureRows, quantum: Int) {
    self.width = width
    self.height = height
    self.output = output
    self.quantum = quantum
    extendedWidth = extended(width)
    units = 0..<extended(height)
    unitCost = Double(3 * width)
  }

  func setSource(_ reader: PixelReader, firstRow: Int) { source = (reader, firstRow) }

  func inputRows(through unit: Int) -> Int { 0 }
  func firstInputRow(of unit: Int) -> Int { unit }
  func outputRows(through unit: Int) -> Int { unit }

  func run(_ units: Range<Int>, on executor: Executor) throws(AdaINError) {
    let output = output!
    let own = units.clamped(to: 0..<height)
    if !own.isEmpty {
      let (reader, firstRow) = source!
      try executor.tryRun(count: own.count) { item, _ throws(AdaINError) in
        let y = own.lowerBound + item
        let row = output.row(y)
        try reader.readRow(y - firstRow, into: row + 3)
        extend(row)
      }
    }
    for y in units where y >= height {
      output.row(y).update(from: output.row(bounced(y, height)), count: 3 * (extendedWidth + 2))
    }
  }

  /// Columns beyond the picture's right edge, then the reflected pixel on both sides. `row` begins
  /// with the pixel at −1.
  private func extend(_ row: UnsafeMutablePointer<Float>) {
    func copy(_ from: Int, to: Int) {
      for colour in 0..<3 { row[3 * (to + 1) + colour] = row[3 * (from + 1) + colour] }
    }
    for x in width..<extendedWidth { copy(bounced(x, width), to: x) }
    copy(1, to: -1)
    copy(extendedWidth - 2, to: extendedWidth)
  }
}
