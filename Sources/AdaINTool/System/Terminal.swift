#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error.
///
/// Standard output is a picture's, or the lines' that were asked for. Libraries print there, too, where a
/// variable of the environment says so; they get standard error instead.
enum Terminal {
  /// Where standard output is now; below 0 where the process was started without one.
  nonisolated(unsafe) private(set) static var output: Int32 = -1

  /// Call once, before anything is printed.
  static func keepOutput() {
    output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    dup2(STDERR_FILENO, STDOUT_FILENO)
  }

  /// A line on standard output. Ends the process, with a sentence, when it cannot be written.
  static func print(_ line: String) { writeOutput((line + "\n").nativeBytes) }

  /// Whoever read the lines may be gone: end as others do then.
  static func writeOutput(_ bytes: [UInt8]) {
    guard !write(bytes, to: output) else { return }
    if errno == EPIPE { Termination.end(by: SIGPIPE) }
    writeError(Failure.system("standard output", "cannot be written").line)
    exit(1)
  }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) != 0 }

  /// Columns of the terminal that standard error is.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func writeError(_ line: String) { write((line + "\n").nativeBytes, to: STDERR_FILENO) }

  static func drawError(_ text: String) { write(text.nativeBytes, to: STDERR_FILENO) }

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
