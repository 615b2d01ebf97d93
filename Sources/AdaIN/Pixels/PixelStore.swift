/// A picture that is kept between two passes: in memory or, when it is larger than the limit, in a temporary
/// file.
///
/// Rows are written once, each by one thread, and read by any thread afterwards. Integers, as they take the
/// least room: RGB in 16 bits, or luma in 8 or 16.
final class PixelStore: @unchecked Sendable {
  let width: Int
  let height: Int
  let channels: Int
  let format: PixelFormat

  private enum Storage {
    case memory(Table<UInt8>)
    case file(TemporaryFile)
  }
  private let storage: Storage

  /// - Parameters:
  ///   - what: names the picture in an error's sentence.
  ///   - channels: 3, or 1 for luma.
  ///   - limit: bytes of memory that the picture may take.
  /// - Throws: `.memory`; `.io` when a temporary file cannot be had or has too little room.
  init(_ what: String, width: Int, height: Int, channels: Int, format: PixelFormat, limit: Int)
    throws(AdaINError)
  {
    self.width = width
    self.height = height
    self.channels = channels
    self.format = format
    let (bytes, overflow) = (width * channels * format.byteCount).multipliedReportingOverflow(by: height)
    guard !overflow else { throw AdaINError(.memory, "\(what): more than addressable") }
    storage =
      bytes <= limit
      ? .memory(try Table(what, count: bytes)) : .file(try TemporaryFile(what, size: bytes))
  }

  /// Bytes of a row, which is the scratch memory that a thread needs to write or read one.
  var rowBytes: Int { width * channels * format.byteCount }

  /// Keep row `y`, of RGB floats from 0 to 1, clamped and rounded as any result is.
  /// - Throws: `.io`.
  func write(row y: Int, rgb: UnsafePointer<Float>, scratch: UnsafeMutableRawPointer) throws(AdaINError) {
    let row = try place(of: y, or: scratch)
    PixelWriter(try view(row), alpha: .opaque).writeRow(0, from: 0, count: width, rgb: rgb)
    if case .file(let file) = storage { try file.write(row, count: rowBytes, at: y * rowBytes) }
  }

  /// Row `y` as floats from 0 to 1, `width` × `channels` of them.
  /// - Throws: `.io`.
  func read(row y: Int, into values: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer)
    throws(AdaINError)
  {
    let row = try place(of: y, or: scratch)
    if case .file(let file) = storage { try file.read(into: row, count: rowBytes, at: y * rowBytes) }
    let count = width * channels
    switch format {
    case .uint8:
      let samples = row.assumingMemoryBound(to: UInt8.self)
      for i in 0..<count { values[i] = Float(samples[i]) * (1 / 255) }
    default:
      let samples = row.assumingMemoryBound(to: UInt16.self)
      for i in 0..<count { values[i] = Float(samples[i]) * (1 / 65535) }
    }
  }

  private func place(of y: Int, or scratch: UnsafeMutableRawPointer) throws(AdaINError)
    -> UnsafeMutableRawPointer
  {
    guard case .memory(let bytes) = storage else { return scratch }
    return UnsafeMutableRawPointer(bytes.pointer + y * rowBytes)
  }

  private func view(_ row: UnsafeMutableRawPointer) throws(AdaINError) -> PixelView {
    try PixelView("a row", data: row, width: width, height: 1, format: format, channels: channels)
  }
}
