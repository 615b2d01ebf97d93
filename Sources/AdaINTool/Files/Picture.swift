import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A picture that libvips reads, once, from top to bottom.
///
/// Its errors are libvips' own words, without a name: the caller knows which file it was.
struct Picture: ~Copyable {
  private let image: OpaquePointer

  private init(_ image: OpaquePointer?) throws(Failure) {
    guard let image else { throw .fromVips() }
    self.image = image
  }

  deinit { cvips_close(image) }

  init(path: String) throws(Failure) {
    try Self.checkReadable(path)
    try self.init(cvips_open(path))
  }

  static func standardInput() throws(Failure) -> Picture {
    try Picture(cvips_open_stdin())
  }

  var width: Int { Int(cvips_width(image)) }
  var height: Int { Int(cvips_height(image)) }

  /// The picture with all its pixels made, in memory.
  func inMemory() throws(Failure) -> Picture {
    try Picture(cvips_read(image))
  }

  /// The suffix of the format that it was read from, if it is one of the common ones.
  var suffix: String? { cvips_suffix(image).map { String(cString: $0) } }

  /// What the system says of a file is clearer than what libvips does.
  static func checkReadable(_ path: String) throws(Failure) {
    let name = FileName(path)
    let file = open(name.path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(path, "cannot be opened") }
    close(file)
    guard FileName.kind(of: name.path) != .folder else { throw Failure("\(path): is a folder") }
    guard cvips_can_read(name.path) != 0 else {
      throw Failure("\(path): is not a picture in a format that libvips reads")
    }
  }

  /// The picture in the style; read now, made when it is written.
  func stylised(
    _ look: [UInt8], strength: Double, model: String?, progress: @escaping (Double) -> Void
  ) throws(Failure) -> Picture {
    let receiver = ProgressReceiver(progress)
    var options = cvips_options()
    options.strength = strength
    options.progress = { done, data in
      Unmanaged<ProgressReceiver>.fromOpaque(data!).takeUnretainedValue().call(done)
    }
    // The picture holds the callback until it is closed.
    options.progress_data = Unmanaged.passRetained(receiver).toOpaque()
    options.progress_free = { Unmanaged<ProgressReceiver>.fromOpaque($0!).release() }
    let result = look.withUnsafeBytes { bytes in
      withOptionalCString(model) { model in
        options.style = bytes.baseAddress
        options.style_length = bytes.count
        options.model = model
        return cvips_stylise(image, &options)
      }
    }
    return try Picture(result)
  }

  func write(to path: String) throws(Failure) {
    guard cvips_write_file(image, path) == 0 else { throw .fromVips() }
  }

  /// To standard output, after the last pixel was encoded: nothing is written of a picture that
  /// fails on the way.
  func writeToStandardOutput(suffix: String) throws(Failure) {
    var data: UnsafeMutableRawPointer?
    var size = 0
    guard cvips_write_memory(image, suffix, &data, &size) == 0 else { throw .fromVips() }
    defer { cvips_free(data) }
    guard Terminal.write(UnsafeRawBufferPointer(start: data, count: size), to: STDOUT_FILENO) else {
      throw .system("standard output", "cannot be written")
    }
  }
}

private final class ProgressReceiver {
  let call: (Double) -> Void
  init(_ call: @escaping (Double) -> Void) { self.call = call }
}

func withOptionalCString<Result>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) throws -> Result
) rethrows -> Result {
  if let text { try text.withCString(body) } else { try body(nil) }
}
