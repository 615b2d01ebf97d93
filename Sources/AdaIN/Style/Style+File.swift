#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Style {
  /// Read a style file.
  /// - Throws: `.io`, `.format`; the sentence names the file.
  public init(path: String) throws(AdaINError) {
    self = try FileBytes.withContents(of: path, maximumSize: Self.maximumFileSize) {
      (bytes: UnsafeRawBufferPointer) throws(AdaINError) -> Style in
      do throws(AdaINError) {
        return try Style(serialized: bytes)
      } catch {
        throw AdaINError(error.kind, "\(path): \(error.message)")
      }
    }
  }

  /// Write a style file: the old one, if any, is replaced whole or stays as it is.
  /// - Throws: `.io`; the sentence names the file.
  public func save(to path: String) throws(AdaINError) {
    // A file beside it takes its name once it is whole and on the disk.
    var template = Array("\(path).XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else {
      throw AdaINError(.io, "\(path): cannot be created: \(FileBytes.systemError())")
    }
    var written = false
    defer { if !written { unlink(template) } }

    let bytes = serialized()
    var count = 0
    var failure: Int32 = 0
    while count < bytes.count, failure == 0 {
      let done = bytes.withUnsafeBytes { write(file, $0.baseAddress! + count, $0.count - count) }
      if done >= 0 { count += done } else if errno != EINTR { failure = errno }
    }
    // mkstemp makes a file for its owner alone; a new file is as others are.
    let mask = umask(0)
    umask(mask)
    if failure == 0, fchmod(file, 0o666 & ~mask) != 0 { failure = errno }
    if failure == 0, fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(template, path) != 0 { failure = errno }
    guard failure == 0 else {
      throw AdaINError(.io, "\(path): cannot be written: \(FileBytes.systemError(failure))")
    }
    written = true
  }
}
