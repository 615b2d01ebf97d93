/// Turns the network's RGB floats into a caller's pixels: clamped to 0…1, rounded to nearest,
/// grey as luma 0.2126 R + 0.7152 G + 0.0722 B (Rec. 709, on encoded values).
///
/// Different parts may be written by several threads at once.
struct PixelWriter: Sendable {
  /// What becomes of a fourth channel.
  enum Alpha: Sendable {
    case opaque
    /// Taken from the same place of a picture with four channels, scaled to the result's format.
    case copied(from: PixelView)
  }

  let view: PixelView
  let alpha: Alpha

  init(_ view: PixelView, alpha: Alpha) {
    self.view = view
    self.alpha = alpha
  }

  /// Write `count` pixels of row `y`, from column `x` on.
  func writeRow(_ y: Int, from x: Int, count: Int, rgb: UnsafePointer<Float>) {
    let pixel = view.channels * view.format.byteCount
    let row = view.data + y * view.stride + x * pixel
    switch view.format {
    case .uint8:
      write(row.assumingMemoryBound(to: UInt8.self), count, rgb, opaque: 255) {
        UInt8(truncatingIfNeeded: Self.nearest($0 * 255))
      }
    case .uint16:
      write(row.assumingMemoryBound(to: UInt16.self), count, rgb, opaque: 65535) {
        UInt16(truncatingIfNeeded: Self.nearest($0 * 65535))
      }
    case .float32:
      write(row.assumingMemoryBound(to: Float.self), count, rgb, opaque: 1) { $0 }
    }
    if view.channels == 4, case .copied(let content) = alpha {
      copyAlpha(from: content, y, x, count, row)
    }
  }

  /// The integer nearest to a number from 0 to 65535, in the low bits; a tie goes to the even one.
  ///
  /// A float from 2²³ to 2²⁴ has no bits for fractions, so the addition rounds. Unlike `rounded()`,
  /// which calls the C library where the processor may lack SSE4.1, and a conversion, which checks
  /// for overflow, this vectorises: a tenth of the time.
  @inline(__always)
  private static func nearest(_ value: Float) -> UInt32 { (value + 0x1p23).bitPattern }

  @inline(__always)
  private func write<Sample>(
    _ row: UnsafeMutablePointer<Sample>, _ count: Int, _ rgb: UnsafePointer<Float>,
    opaque: Sample, _ sample: (Float) -> Sample
  ) {
    // Written so that NaN becomes 0.
    func clamped(_ value: Float) -> Float { min(1, value > 0 ? value : 0) }
    switch view.channels {
    case 3:
      for i in 0..<3 * count { row[i] = sample(clamped(rgb[i])) }
    case 1:
      for x in 0..<count {
        let luma = 0.2126 * rgb[3 * x] + 0.7152 * rgb[3 * x + 1] + 0.0722 * rgb[3 * x + 2]
        row[x] = sample(clamped(luma))
      }
    default:
      for x in 0..<count {
        for colour in 0..<3 { row[4 * x + colour] = sample(clamped(rgb[3 * x + colour])) }
        if case .opaque = alpha { row[4 * x + 3] = opaque }
      }
    }
  }

  private func copyAlpha(
    from content: PixelView, _ y: Int, _ x: Int, _ count: Int, _ row: UnsafeMutableRawPointer
  ) {
    for i in 0..<count {
      let source =
        content.data + y * content.stride + (4 * (x + i) + 3) * content.format.byteCount
      let target = row + (4 * i + 3) * view.format.byteCount
      switch (content.format, view.format) {
      case (.uint8, .uint8): target.storeBytes(of: source.load(as: UInt8.self), as: UInt8.self)
      case (.uint16, .uint16): target.storeBytes(of: source.load(as: UInt16.self), as: UInt16.self)
      case (.uint8, .uint16):
        target.storeBytes(of: UInt16(source.load(as: UInt8.self)) * 257, as: UInt16.self)
      case (.uint16, .uint8):
        let value = (UInt32(source.load(as: UInt16.self)) + 128) / 257
        target.storeBytes(of: UInt8(value), as: UInt8.self)
      default:
        let value = alphaValue(source, content.format)
        switch view.format {
        case .uint8:
          target.storeBytes(of: UInt8(truncatingIfNeeded: Self.nearest(value * 255)), as: UInt8.self)
        case .uint16:
          target.storeBytes(of: UInt16(truncatingIfNeeded: Self.nearest(value * 65535)), as: UInt16.self)
        case .float32: target.storeBytes(of: value, as: Float.self)
        }
      }
    }
  }

  /// Alpha as a float from 0 to 1; not a number counts as 0.
  private func alphaValue(_ source: UnsafeRawPointer, _ format: PixelFormat) -> Float {
    switch format {
    case .uint8: return Float(source.load(as: UInt8.self)) / 255
    case .uint16: return Float(source.load(as: UInt16.self)) / 65535
    case .float32:
      let value = source.load(as: Float.self)
      return value > 0 ? min(1, value) : 0
    }
  }
}
