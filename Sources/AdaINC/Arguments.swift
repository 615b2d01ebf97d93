import AdaIN
import CAdaIN

extension RunOptions {
  /// The caller's options; NULL means the defaults. Their ranges are the engine's to check.
  ///
  /// A struct larger than ours comes from a newer header: what we do not know is passed over. A
  /// smaller one comes from an older header, which had no members behind `progress_data`.
  init(_ options: UnsafePointer<adain_options>?) throws(AdaINError) {
    self.init()
    guard let options else { return }
    let size = UnsafeRawPointer(options).load(as: Int.self)
    guard size >= Self.firstSize || size < 0 else {
      throw AdaINError(
        .argument, "options: struct_size is \(size); begin with ADAIN_OPTIONS_INIT")
    }
    strength = options.pointee.strength
    threads = Int(options.pointee.threads)
    if let progress = options.pointee.progress {
      nonisolated(unsafe) let data = options.pointee.progress_data
      self.progress = { progress($0, data) == 0 }
    }
    guard size >= Self.secondSize || size < 0 else { return }
    // Swift sees size_t as Int; half of what is addressable is as good as no limit.
    let memory = options.pointee.feature_memory
    if memory != 0 { featureMemory = memory < 0 ? .max : memory }
    guard size >= MemoryLayout<adain_options>.size || size < 0 else { return }
    if options.pointee.stroke != 0 { stroke = Double(options.pointee.stroke) }
  }

  /// What `struct_size` was before the struct grew: once, and twice.
  private static var firstSize: Int { MemoryLayout<adain_options>.offset(of: \.feature_memory)! }
  private static var secondSize: Int { MemoryLayout<adain_options>.offset(of: \.stroke)! }
}

extension PixelView {
  /// The caller's view; every member is checked.
  init(_ name: String, _ pixels: UnsafePointer<adain_pixels>?) throws(AdaINError) {
    let pixels = try required(name, pixels).pointee
    let format: PixelFormat
    switch pixels.format {
    case ADAIN_FORMAT_U8: format = .uint8
    case ADAIN_FORMAT_U16: format = .uint16
    case ADAIN_FORMAT_F32: format = .float32
    default:
      throw AdaINError(.argument, "\(name): format is \(pixels.format.rawValue), not an adain_format")
    }
    // Swift sees size_t as Int.
    guard pixels.stride >= 0 else {
      throw AdaINError(
        .argument, "\(name): stride is \(UInt(bitPattern: pixels.stride)), more than addressable")
    }
    try self.init(
      name, data: pixels.data, stride: pixels.stride, width: Int(pixels.width),
      height: Int(pixels.height), format: format, channels: Int(pixels.channels))
  }

  /// Whether two views share bytes without being the same.
  func overlaps(_ other: PixelView) -> Bool {
    if data == other.data, stride == other.stride, format == other.format,
      channels == other.channels, width == other.width, height == other.height
    {
      return false
    }
    return data < other.end && other.data < end
  }

  private var end: UnsafeMutableRawPointer {
    data + (height - 1) * stride + width * channels * format.byteCount
  }
}
