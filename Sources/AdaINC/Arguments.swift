import AdaIN
import CAdaIN

extension RunOptions {
  /// The caller's options; NULL means the defaults. Their ranges are the engine's to check.
  ///
  /// `struct_size` tells the header that the caller was built with. An older one had fewer members. A
  /// newer one has more: 0 stands for the default of each that will ever be added, and an option that
  /// is set but unknown here is refused, since passing over it would give another picture.
  init(_ options: UnsafePointer<adain_options>?) throws(AdaINError) {
    self.init()
    guard let options else { return }
    let bytes = UnsafeRawPointer(options)
    // Swift sees size_t as Int: a size of which half is more than addressable is negative.
    let size = bytes.load(as: Int.self)
    guard (Self.firstSize...Self.largestSize).contains(size) else {
      throw AdaINError(
        .argument,
        "options: struct_size is \(UInt(bitPattern: size)); begin with ADAIN_OPTIONS_INIT")
    }
    strength = options.pointee.strength
    threads = Int(options.pointee.threads)
    if let progress = options.pointee.progress {
      nonisolated(unsafe) let data = options.pointee.progress_data
      self.progress = { progress($0, data) == 0 }
    }
    guard size >= Self.secondSize else { return }
    // Half of what is addressable is as good as no limit.
    let memory = options.pointee.feature_memory
    if memory != 0 { featureMemory = memory < 0 ? .max : memory }
    guard size >= Self.thirdSize else { return }
    if options.pointee.stroke != 0 { stroke = Double(options.pointee.stroke) }
    guard size >= Self.knownSize else { return }
    let detail = options.pointee.detail
    if detail != 0 { self.detail = detail == ADAIN_DETAIL_NONE ? 0 : Float(detail) }
    for offset in Self.knownSize..<size
    where bytes.load(fromByteOffset: offset, as: UInt8.self) != 0 {
      throw AdaINError(
        .argument,
        "options: an option at byte \(offset) is set, but this library, older than the program's header, knows \(Self.knownSize) bytes"
      )
    }
  }

  // What `struct_size` was before the struct grew, once, twice and three times, and what it is. A new member
  // begins at the struct's present end, never in padding such as the four bytes behind `stroke`: they are not
  // 0 in programs that exist, and `struct_size` would not tell them from the member.
  private static var firstSize: Int { MemoryLayout<adain_options>.offset(of: \.feature_memory)! }
  private static var secondSize: Int { MemoryLayout<adain_options>.offset(of: \.stroke)! }
  private static var thirdSize: Int { MemoryLayout<adain_options>.offset(of: \.detail)! }
  private static var knownSize: Int { MemoryLayout<adain_options>.stride }

  /// No header will have more: a larger number is no size, and must not have bytes read behind it.
  private static let largestSize = 4096
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
    guard data < other.end && other.data < end else { return false }
    // Rows may lie between or beside those of the other, as two halves of one picture do.
    var (i, j) = (0, 0)
    while i < height, j < other.height {
      let (row, otherRow) = (data + i * stride, other.data + j * other.stride)
      if row + rowBytes <= otherRow {
        i += 1
      } else if otherRow + other.rowBytes <= row {
        j += 1
      } else {
        return true
      }
    }
    return false
  }

  private var rowBytes: Int { width * channels * format.byteCount }

  private var end: UnsafeMutableRawPointer { data + (height - 1) * stride + rowBytes }
}
