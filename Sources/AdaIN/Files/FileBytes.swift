#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bytes of a file that the caller named.
package enum FileBytes {
  /// Read a regular file whole and hand its bytes to `body`.
  ///
  /// The file is read, not mapped: one that another process truncates meanwhile would kill the
  /// process.
  /// - Throws: `.io`, naming the file, when it cannot be opened or read, is not a regular file
  ///   (opening a named pipe must not wait for a writer) or has more than `maximumSize` bytes;
  ///   `.memory`; what `body` throws.
  package static func withContents<R>(
    of path: FilePath, maximumSize: Int, _ body: (UnsafeRawBufferPointer) throws(AdaINError) -> R
  ) throws(AdaINError) -> R {
    let file = open(path.bytes, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      throw AdaINError(.io, "\(path.name): cannot be opened: \(systemError())")
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw AdaINError(.io, "\(path.name): cannot be examined: \(systemError())")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AdaINError(.io, "\(path.name): is not a regular file")
    }
    let size = Int(status.st_size)
    guard size <= maximumSize else {
      throw AdaINError(.io, "\(path.name): has \(size) bytes, more than the \(maximumSize) allowed")
    }
    guard let memory = malloc(max(size, 1)) else {
      throw AdaINError(.memory, "\(path.name): \(size) bytes of memory could not be had")
    }
    defer { free(memory) }
    var count = 0
    while count < size {
      let got = read(file, memory + count, size - count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else {
        throw AdaINError(.io, "\(path.name): cannot be read: \(systemError())")
      }
      if got == 0 { break }  // shorter than a moment ago: its format tells
      count += got
    }
    return try body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// The sentence for errno.
  static func systemError(_ code: Int32 = errno) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
