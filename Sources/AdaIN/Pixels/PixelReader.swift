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
    // Division, not multiplication by the reciprocal: every value is the nearest float.
    switch view.format {
    case .uint8: read(row.assumingMemoryBound(to: UInt8.self), rgb) { Float($0) / 255 }
    case .uint16: read(row.assumingMemoryBound(to: UInt16.self), rgb) { Float($0) / 65535 }
    case .float32: try readFloats(row.assumingMemoryBound(to: Float.self), y, rgb)
    }
  }

  /// One loop for each number of channels, so that the compiler can vectorise it.
  @inline(__always)
  private func read<Sample>(
    _ row: UnsafePointer<Sample>, _ rgb: UnsafeMutablePointer<Float>, _ value: (Sample) -> Float
  ) {
    switch view.channels {
    case 3:
      for i in 0..<3 * view.width { rgb[i] = value(row[i]) }
    case 1:
      for x in 0..<view.width {
        let grey = value(row[x])
        for colour in 0..<3 { rgb[3 * x + colour] = grey }
      }
    default:
      for x in 0..<view.width {
        for colour in 0..<3 { rgb[3 * x + colour] = value(row[4 * x + colour]) }
      }
    }
  }

  private func readFloats(
    _ row: UnsafePointer<Float>, _ y: Int, _ rgb: UnsafeMutablePointer<Float>
  ) throws(AdaINError) {
    // Infinities and NaNs, and they alone, have an exponent of ones, which one more carries over
    // into the sign bit: a single test at the end of the row.
    var carried: UInt32 = 0
    read(row, rgb) { sample in
      carried |= (sample.bitPattern & 0x7f80_0000) &+ 0x0080_0000
      return max(0, min(1, sample))
    }
    if carried < 0x8000_0000 { return }
    for x in 0..<view.width {
      for channel in 0..<min(3, view.channels) where !row[x * view.channels + channel].isFinite {
        throw AdaINError(
          .argument, "\(name): the sample at (\(x), \(y)), channel \(channel), is not a finite number")
      }
    }
  }
}
