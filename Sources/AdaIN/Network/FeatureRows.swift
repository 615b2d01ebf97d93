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

  private let buffer: AlignedBuffer
  private let rowStride: Int

  init(_ what: String, x: Int, width: Int, channels: Int, capacity: Int) throws(AdaINError) {
    self.x = x
    self.width = width
    self.channels = channels
    self.capacity = capacity
    // Whole cache lines; an odd number of them, so that the rows of a tile do not compete for the
    // same lines of the cache.
    rowStride = ((width * channels + 15) / 16 | 1) * 16
    let (count, overflow) = rowStride.multipliedReportingOverflow(by: capacity)
    buffer = try AlignedBuffer(what, count: overflow ? .max : count, recycled: true)
  }

  /// The pixel in column `x` of row `y`.
  @inline(__always)
  func row(_ y: Int) -> UnsafeMutablePointer<Float> {
    buffer.floats + (y % capacity) * rowStride
  }
}
