/// Turns rows of a caller's pixels into the network's: interleaved RGB floats from 0 to 1.
///
/// Grey becomes R = G = B; alpha is passed over. Rows may be read by several threads at once.
struct PixelReader: Sendable {
  let view: PixelView
  /// What error sentences call the picture.
  let name: String

  init(_ view: PixelView, name: String) {
    self.view = view
    self.name = name
  }

  /// Write `width` × 3 floats of row `y`.
  /// - Throws: `.argument` for a sample that is not a finite number.
  func readRow(_ y: Int, into rgb: UnsafeMutablePointer<Float>) throws(AdaINError) {
    let row = UnsafeRawPointer(view.data) + y * view.stride
    switch view.format {
    case .uint8: read(row.assumingMemoryBound(to: UInt8.self), scale: 255, rgb)
    case .uint16: read(row.assumingMemoryBound(to: UInt16.self), scale: 65535, rgb)
    case .float32: try readFloats(row.assumingMemoryBound(to: Float.self), y, rgb)
    }
  }

  @inline(__always)
  private func read<Sample: FixedWidthInteger>(
    _ row: UnsafePointer<Sample>, scale: Float, _ rgb: UnsafeMutablePointer<Float>
  ) {
    // Division, not multiplication by the reciprocal: 255 must give exactly 1.
    let channels = view.channels
    if channels == 3 {
      for i in 0..<3 * view.width { rgb[i] = Float(row[i]) / scale }
    } else {
      let second = channels == 1 ? 0 : 1
      let third = channels == 1 ? 0 : 2
      for x in 0..<view.width {
        let pixel = row + x * channels
        rgb[3 * x] = Float(pixel[0]) / scale
        rgb[3 * x + 1] = Float(pixel[second]) / scale
        rgb[3 * x + 2] = Float(pixel[third]) / scale
      }
    }
  }

  private func readFloats(
    _ row: UnsafePointer<Float>, _ y: Int, _ rgb: UnsafeMutablePointer<Float>
  ) throws(AdaINError) {
    let channels = view.channels
    let second = channels == 1 ? 0 : 1
    let third = channels == 1 ? 0 : 2
    // A NaN or an infinity times 0 is NaN, and NaN stays: one test for the whole row.
    var poison: Float = 0
    for x in 0..<view.width {
      let pixel = row + x * channels
      poison += 0 * (pixel[0] + pixel[second] + pixel[third])
      rgb[3 * x] = max(0, min(1, pixel[0]))
      rgb[3 * x + 1] = max(0, min(1, pixel[second]))
      rgb[3 * x + 2] = max(0, min(1, pixel[third]))
    }
    if poison == 0 { return }
    // Found only now, and perhaps a false alarm: the sum of huge numbers is infinite too.
    for x in 0..<view.width {
      for channel in 0..<min(3, channels) where !row[x * channels + channel].isFinite {
        throw AdaINError(
          .argument, "\(name): the sample at (\(x), \(y)), channel \(channel), is not a finite number")
      }
    }
  }
}
