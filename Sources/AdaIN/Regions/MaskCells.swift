/// A mask at the size of a feature map: the mean of what lies over each cell.
///
/// A mask of any size is laid over the whole picture. What overhangs the picture, where its sides are no
/// multiples of 8, counts for nothing. A mask that is 1 (or 0) all over a cell is exactly 1 (or 0) there.
struct MaskCells {
  private let reader: PixelReader
  /// The cells' edges in the mask's pixels, along either side.
  private let columns: Table<Double>
  private let rows: Table<Double>
  /// A row of the mask.
  private let pixels: Table<Float>
  /// The mask's row averaged last, and its averages.
  private var averagedRow = -1
  private let averages: Table<Double>
  /// Of the row of cells that is read.
  private let sums: Table<Double>

  /// - Parameter width, height: the picture's.
  /// - Throws: `.argument` for a mask of other than one channel; `.memory`.
  init(_ mask: PixelView, name: String, width: Int, height: Int) throws(AdaINError) {
    guard mask.channels == 1 else {
      throw AdaINError(.argument, "\(name): has \(mask.channels) channels; a mask has 1")
    }
    func edges(_ size: Int, _ maskSize: Int) throws(AdaINError) -> Table<Double> {
      let edges = try Table<Double>(name, count: extended(size) / 8 + 1)
      for i in 0..<edges.count {
        edges[i] = Double(min(8 * i, size)) * Double(maskSize) / Double(size)
      }
      return edges
    }
    reader = PixelReader(mask, name: name)
    columns = try edges(width, mask.width)
    rows = try edges(height, mask.height)
    pixels = try Table(name, count: 3 * mask.width)
    averages = try Table(name, count: columns.count - 1)
    sums = try Table(name, count: columns.count - 1)
  }

  /// One row of cells, from the top down, into every `step`-th element.
  /// - Throws: `.argument` for a sample that is not a finite number.
  mutating func read(row: Int, into cells: UnsafeMutablePointer<Float>, step: Int)
    throws(AdaINError)
  {
    for cell in 0..<sums.count { sums[cell] = 0 }
    var area = 0.0
    let (top, bottom) = (rows[row], rows[row + 1])
    for y in Int(top)..<max(Int(bottom.rounded(.up)), Int(top) + 1) {
      try average(row: min(y, reader.view.height - 1))
      let overlap = min(bottom, Double(y + 1)) - max(top, Double(y))
      area += overlap
      for cell in 0..<sums.count { sums[cell] += overlap * averages[cell] }
    }
    for cell in 0..<sums.count { cells[cell * step] = Float(sums[cell] / area) }
  }

  private mutating func average(row: Int) throws(AdaINError) {
    if row == averagedRow { return }
    try reader.readRow(row, into: pixels.pointer)
    averagedRow = row
    for cell in 0..<averages.count {
      let (left, right) = (columns[cell], columns[cell + 1])
      var sum = 0.0
      var length = 0.0
      for x in Int(left)..<max(Int(right.rounded(.up)), Int(left) + 1) {
        let overlap = min(right, Double(x + 1)) - max(left, Double(x))
        length += overlap
        sum += overlap * Double(pixels[3 * min(x, reader.view.width - 1)])
      }
      averages[cell] = sum / length
    }
  }
}
