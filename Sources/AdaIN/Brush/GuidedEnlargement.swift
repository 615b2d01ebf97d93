/// A small picture p enlarged, with the luma G of a larger one for a guide: its edges become the larger
/// one's.
///
/// After the guided filter (He, Sun & Tang, TPAMI 2013; He & Sun, "Fast guided filter", 2015): around
/// every pixel p is taken for a linear function of the luma,
///
///     p ≈ a G + b,   a = cov(G, p) / (var G + ε)
///
/// The filter's own a G + b would wash out every stroke that the guide does not have. So p is enlarged
/// plainly, which keeps the strokes, and gets from the guide only what reducing took away:
///
///     out = up(p) + up(a) (G − up(down(G)))
///
/// Rows are made in order, a band of small ones at a time; a row's values do not depend on the bands.
final class GuidedEnlargement {
  /// Of the windows, in small pixels.
  static let radius = 2
  /// ε, of lumas from 0 to 1: contrasts below 4 of 255 are noise.
  static let epsilon: Float = (4.0 / 255) * (4.0 / 255)
  /// Small rows of a band.
  private static let bandRows = 32

  private let picture: PixelStore
  private let smallGuide: PixelStore
  private let guide: PixelStore
  private let executor: Executor
  private let rows: Resampling
  private let columns: Resampling
  /// p, a and down(G) of small rows: (rows of a band and four more, width, 7).
  private let band: Table<Float>
  /// The band's rows as they are read, and on the way to a: (rows, width, 8) and (rows, width, 3).
  private let products: Table<Float>
  private let slopes: Table<Float>
  private let scratch: RowScratch
  /// For each thread a small row of 8 channels and a large one of luma.
  private let smallLines: Table<Float>
  private let lumaLines: Table<Float>

  /// - Parameters:
  ///   - picture: p, RGB.
  ///   - smallGuide: down(G), of p's size.
  ///   - guide: G, of the size to which p is enlarged.
  /// - Throws: `.memory`.
  init(_ picture: PixelStore, smallGuide: PixelStore, guide: PixelStore, executor: Executor)
    throws(AdaINError)
  {
    self.picture = picture
    self.smallGuide = smallGuide
    self.guide = guide
    self.executor = executor
    rows = try Resampling.cubic(from: picture.height, to: guide.height)
    columns = try Resampling.cubic(from: picture.width, to: guide.width)
    let (width, reach) = (picture.width, Self.radius)
    band = try Table("the brush's rows", count: (Self.bandRows + 4) * width * 7)
    slopes = try Table("the brush's rows", count: (Self.bandRows + 4 + 2 * reach) * width * 3)
    products = try Table("the brush's rows", count: (Self.bandRows + 4 + 4 * reach) * width * 8)
    smallLines = try Table("the brush's rows", count: executor.threads * width * 8)
    lumaLines = try Table("the brush's rows", count: executor.threads * guide.width)
    scratch = try RowScratch(for: [picture, smallGuide, guide], threads: executor.threads)
  }

  /// Of the guide, to which the picture is enlarged.
  var width: Int { guide.width }
  var height: Int { guide.height }

  /// The large rows that are made next, from `y` on: those whose first small row lies in the same band.
  func nextRows(from y: Int) -> Range<Int> {
    let begin = clampedFirst(y) / Self.bandRows * Self.bandRows
    var end = y + 1
    while end < guide.height, clampedFirst(end) < begin + Self.bandRows { end += 1 }
    return y..<end
  }

  /// Make the rows of `nextRows`, (rows, width, 3) RGB floats that may leave 0…1 a little.
  /// - Throws: `.io`.
  func make(_ range: Range<Int>, into result: UnsafeMutablePointer<Float>) throws(AdaINError) {
    let begin = clampedFirst(range.lowerBound) / Self.bandRows * Self.bandRows
    let end = min(picture.height, begin + Self.bandRows + 4)
    try makeBand(begin..<end)
    let (width, large) = (picture.width, guide.width)
    try executor.tryRun(count: range.count) { item, slot throws(AdaINError) in
      let y = range.lowerBound + item
      let line = smallLines.pointer + slot * width * 8
      for i in 0..<width * 7 { line[i] = 0 }
      rows.forEachTap(of: y) { from, weight in
        let row = band.pointer + (from - begin) * width * 7
        for i in 0..<width * 7 { line[i] += weight * row[i] }
      }
      let luma = lumaLines.pointer + slot * large
      try guide.read(row: y, into: luma, scratch: scratch[slot])
      let out = result + item * large * 3
      for x in 0..<large {
        var values = SIMD8<Float>.zero
        columns.forEachTap(of: x) { from, weight in
          let at = line + from * 7
          values += weight * SIMD8(at[0], at[1], at[2], at[3], at[4], at[5], at[6], 0)
        }
        let detail = luma[x] - values[6]
        out[3 * x] = values[0] + values[3] * detail
        out[3 * x + 1] = values[1] + values[4] * detail
        out[3 * x + 2] = values[2] + values[5] * detail
      }
    }
  }

  /// The first small row that a large one reads.
  private func clampedFirst(_ y: Int) -> Int { max(0, min(picture.height - 1, rows.first[y])) }

  /// p, a and down(G) of small rows. Windows at the edges hold fewer rows and columns.
  private func makeBand(_ range: Range<Int>) throws(AdaINError) {
    let (width, height, reach) = (picture.width, picture.height, Self.radius)
    func around(_ range: Range<Int>, _ reach: Int) -> Range<Int> {
      max(0, range.lowerBound - reach)..<min(height, range.upperBound + reach)
    }
    let slopeRows = around(range, reach)
    let productRows = around(range, 2 * reach)
    func product(_ y: Int) -> UnsafeMutablePointer<Float> {
      products.pointer + (y - productRows.lowerBound) * width * 8
    }
    func slope(_ y: Int) -> UnsafeMutablePointer<Float> {
      slopes.pointer + (y - slopeRows.lowerBound) * width * 3
    }
    func result(_ y: Int) -> UnsafeMutablePointer<Float> { band.pointer + (y - range.lowerBound) * width * 7 }

    // G, G², p and G p, as means across.
    try executor.tryRun(count: productRows.count) { item, slot throws(AdaINError) in
      let y = productRows.lowerBound + item
      let line = smallLines.pointer + slot * width * 8
      let into = product(y)
      // The row that is made is room for what is read, until it is made.
      try picture.read(row: y, into: into, scratch: scratch[slot])
      try smallGuide.read(row: y, into: into + 3 * width, scratch: scratch[slot])
      for x in 0..<width {
        let (to, luma) = (line + 8 * x, into[3 * width + x])
        to[0] = luma
        to[1] = luma * luma
        for c in 0..<3 {
          to[2 + c] = into[3 * x + c]
          to[5 + c] = luma * into[3 * x + c]
        }
      }
      if range.contains(y) {
        let kept = result(y)
        for x in 0..<width {
          for c in 0..<3 { kept[7 * x + c] = into[3 * x + c] }
          kept[7 * x + 6] = into[3 * width + x]
        }
      }
      Self.meansAcross(line, into: into, width: width, channels: 8)
    }
    executor.run(count: slopeRows.count) { item, slot in
      let y = slopeRows.lowerBound + item
      let inside = around(y..<y + 1, reach)
      let line = smallLines.pointer + slot * width * 8
      for i in 0..<width * 8 { line[i] = 0 }
      for other in inside {
        let row = product(other)
        for i in 0..<width * 8 { line[i] += row[i] }
      }
      let share = 1 / Float(inside.count)
      let (from, into) = (line, slope(y))
      for x in 0..<width {
        // In place: a's three values take the place of the first three of eight that are read.
        let m = from + 8 * x
        let mean = m[0] * share
        let variance = m[1] * share - mean * mean
        let a = SIMD3(m[5], m[6], m[7]) * share - mean * share * SIMD3(m[2], m[3], m[4])
        let slope = a / (variance + Self.epsilon)
        for c in 0..<3 { from[3 * x + c] = slope[c] }
      }
      Self.meansAcross(from, into: into, width: width, channels: 3)
    }
    executor.run(count: range.count) { item, _ in
      let y = range.lowerBound + item
      let inside = around(y..<y + 1, reach)
      let into = result(y)
      for x in 0..<width {
        for c in 0..<3 {
          var sum: Float = 0
          for other in inside { sum += slope(other)[3 * x + c] }
          into[7 * x + 3 + c] = sum / Float(inside.count)
        }
      }
    }
  }

  /// Means of 2 r + 1 pixels around each, fewer at the ends.
  private static func meansAcross(
    _ row: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, width: Int, channels: Int
  ) {
    for x in 0..<width {
      let inside = max(0, x - radius)...min(width - 1, x + radius)
      for c in 0..<channels {
        var sum: Float = 0
        for i in inside { sum += row[i * channels + c] }
        result[x * channels + c] = sum / Float(inside.count)
      }
    }
  }
}

/// Room for each thread to read or write a row of any of some pictures.
struct RowScratch {
  private let bytes: Table<UInt8>
  private let rowBytes: Int

  /// - Throws: `.memory`.
  init(for pictures: [PixelStore], threads: Int) throws(AdaINError) {
    // Every row begins at a whole line of the cache.
    rowBytes = (pictures.map(\.rowBytes).max()! + 63) / 64 * 64
    bytes = try Table("rows of a picture", count: rowBytes * threads)
  }

  subscript(slot: Int) -> UnsafeMutableRawPointer { UnsafeMutableRawPointer(bytes.pointer + slot * rowBytes) }
}
