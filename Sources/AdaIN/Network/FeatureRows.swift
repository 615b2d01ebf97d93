/// Rows of a feature map (or of pixels), channels innermost, of which the last `capacity` are kept:
/// row y stands at place y mod capacity. With the capacity of the whole height it is the whole map.
///
///     row(y) → (width, channels) floats of columns x ..< x + width
///
/// Rows and columns keep the layer's own coordinates, whatever part of it is here.
final class FeatureRows {
  /// Floats of a pixel.
  let channels: Int
  /// The first column that is here.
  let x: Int
  let width: Int
  let capacity: Int
  /// Rows up to this one (exclusive) have been written.
  var available = 0

  /// Floats from one row to the next: whole cache lines, an odd number of them, so that the rows of
  /// a tile do not compete for the same lines of the cache.
  private let rowStride: Int
  private var buffer: AlignedBuffer?
  private var base: UnsafeMutablePointer<Float>!

  /// Rows without memory; `allocate` gives it to them before the first is written.
  init(x: Int, width: Int, channels: Int, capacity: Int) {
    self.x = x
    self.width = width
    self.channels = channels
    self.capacity = capacity
    rowStride = ((width * channels + 15) / 16 | 1) * 16
  }

  /// The pixel in column `x` of row `y`.
  @inline(__always)
  func row(_ y: Int) -> UnsafeMutablePointer<Float> {
    base + (y % capacity) * rowStride
  }

  /// One piece of memory for all of `rows`: what one picture leaves, the next takes whole.
  /// - Parameter what: names them in the error's sentence.
  static func allocate(_ what: String, _ rows: [FeatureRows]) throws(AdaINError) {
    var total = 0
    var overflow = false
    for part in rows {
      let (count, tooMany) = part.rowStride.multipliedReportingOverflow(by: part.capacity)
      let (sum, tooLarge) = total.addingReportingOverflow(count)
      overflow = overflow || tooMany || tooLarge
      total = sum
    }
    let buffer = try AlignedBuffer(what, count: overflow ? .max : total, recycled: true)
    var offset = 0
    for part in rows {
      part.buffer = buffer
      part.base = buffer.floats + offset
      offset += part.rowStride * part.capacity
    }
  }
}
