import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a program says on standard error, taken as it comes: one whose pipe is full would wait for ever.
final class ErrorOutput: Sendable {
  /// The last bytes, of which the last line is told.
  private static let kept = 4096

  private let said = Mutex<[UInt8]>([])

  /// - Parameter file: the pipe's end, closed at its end.
  /// - Returns: the thread that reads, to be joined.
  func read(_ file: Int32) -> pthread_t? {
    Threads.start { [self] in
      var buffer = [UInt8](repeating: 0, count: Self.kept)
      while true {
        let count = Glibc.read(file, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { break }
        said.withLock { $0 = ($0 + buffer[..<count]).suffix(Self.kept) }
      }
      close(file)
    }
  }

  /// What ffmpeg says behind the reason.
  private static let general = [
    "Error marking filters as finished", "Error configuring filter graph", "Conversion failed!",
  ]

  /// nil where nothing was said but warnings, some of which ffmpeg takes for errors.
  var lastLine: String? {
    let bytes = said.withLock { $0 }
    let lines = String(native: bytes).split(whereSeparator: \.isNewline).filter { !$0.contains("] Warning ") }
    let reason = lines.last { line in !Self.general.contains { line.hasPrefix($0) } }
    return (reason ?? lines.last).map(String.init)
  }
}
