#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error.
enum Terminal {
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) != 0 }

  /// Columns of the terminal that standard error is.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func writeError(_ line: String) { write(Array((line + "\n").utf8), to: STDERR_FILENO) }

  static func drawError(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }

  /// - Returns: whether all was written; if not, `errno` says why.
  @discardableResult
  static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { write($0, to: file) }
  }

  @discardableResult
  static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      #if canImport(Glibc)
        let count = Glibc.write(file, bytes.baseAddress! + written, bytes.count - written)
      #else
        let count = Darwin.write(file, bytes.baseAddress! + written, bytes.count - written)
      #endif
      if count >= 0 { written += count } else if errno != EINTR { return false }
    }
    return true
  }
}
