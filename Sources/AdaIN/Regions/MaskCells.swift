/// A mask at the size of a feature map: the mean of what lies over each cell.
///
/// A mask of any size is laid over the whole picture. What overhangs the picture, where its sides are no
/// multiples of 8, counts for nothing. A mask that is 1 (or 0) all over a cell is exactly 1 (or 0) there.
struct MaskCells {
  private let reader: PixelReader
  /// The cells' edges in the mask's pixels, along either side.
  private let columns: [Double]
  private let rows: [Double]
  private var pixels: [Float]
  /// The mask's row averaged last, and its averages.
  private var averagedRow = -1
  private var averages: [Double]

  /// - Parameter width, height: the picture's.
  /// - Throws: `.argument` for a mask of other than one channel.
  init(_ mask: PixelView, name: String, width: Int, height: Int) throws(AdaINError) {
    guard mask.channels == 1 else {
      throw AdaINError(.argument, "\(name): has \(mask.channels) channels; a mask has 1")
    }
    func edges(_ size: Int, _ maskSize: Int) -> [Double] {
      stride(from: 0, through: extended(size), by: 8).map {
        Double(min($0, size)) * Double(maskSize) / Double(size)
      }
    }
    reader = PixelReader(mask, name: name)
    columns = edges(width, mask.width)
    rows = edges(height, mask.height)
    pixels = Array(repeating: 0, count: 3 * mask.width)
    averages = Array(repeating: 0, count: columns.count - 1)
  }

  /// One row of cells, from the top down, into every `step`-th element.
  /// - Throws: `.argument` for a sample that is not a finite number.
  mutating func read(row: Int, into cells: UnsafeMutablePointer<Float>, step: Int)
    throws(AdaINError)
  {
    var sums = Array(repeating: 0.0, count: averages.count)
    var area = 0.0
    let (top, bottom) = (rows[row], rows[row + 1])
    for y in Int(top)..<max(Int(bottom.rounded(.up)), Int(top) + 1) {
      try average(row: min(y, reader.view.height - 1))
      let overlap = min(bottom, Double(y + 1)) - max(top, Double(y))
      area += overlap
      for cell in sums.indices { sums[cell] += overlap * averages[cell] }
    }
    for cell in sums.indices { cells[cell * step] = Float(sums[cell] / area) }
  }

  private mutating func average(row: Int) throws(AdaINError) {
    if row == averagedRow { return }
    let result: Result<Void, AdaINError> = pixels.withUnsafeMutableBufferPointer { pixels in
      Result { () throws(AdaINError) in try reader.readRow(row, into: pixels.baseAddress!) }
    }
    try result.get()
    averagedRow = row
    for cell in averages.indices {
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
