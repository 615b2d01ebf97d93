#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Style {
  /// Read a style file.
  /// - Throws: `.io`, `.format`; the sentence names the file.
  public init(path: String) throws(AdaINError) { try self.init(path: FilePath(path)) }

  package init(path: FilePath) throws(AdaINError) {
    self = try FileBytes.withContents(of: path, maximumSize: Self.maximumFileSize) {
      (bytes: UnsafeRawBufferPointer) throws(AdaINError) -> Style in
      do throws(AdaINError) {
        return try Style(serialized: bytes)
      } catch {
        throw AdaINError(error.kind, "\(path.name): \(error.message)")
      }
    }
  }

  /// Write a style file: the old one, if any, is replaced whole or stays as it is.
  /// - Throws: `.io`; the sentence names the file.
  public func save(to path: String) throws(AdaINError) { try save(to: FilePath(path)) }

  package func save(to path: FilePath) throws(AdaINError) {
    // A file beside it takes its name once it is whole and on the disk.
    let (file, temporary) = try Self.createFile(beside: path)
    var written = false
    defer { if !written { unlink(temporary) } }

    let bytes = serialized()
    var count = 0
    var failure: Int32 = 0
    while count < bytes.count, failure == 0 {
      let done = bytes.withUnsafeBytes { bytes in
        FileSizeSignal.held { write(file, bytes.baseAddress! + count, bytes.count - count) }
      }
      if done >= 0 { count += done } else if errno != EINTR { failure = errno }
    }
    if failure == 0, fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, path.bytes) != 0 { failure = errno }
    guard failure == 0 else {
      throw AdaINError(.io, "\(path.name): cannot be written: \(FileBytes.systemError(failure))")
    }
    written = true
  }

  /// Open a new file in the folder of `path` for writing; returns its descriptor and name.
  ///
  /// Not by mkstemp: it makes a file for its owner alone, and giving it the usual mode means asking
  /// for the process's mask, which can only be done by changing it under other threads' hands.
  private static func createFile(beside path: FilePath) throws(AdaINError) -> (Int32, [CChar]) {
    while true {
      // Not made from the file's name, which may already be as long as a name can be.
      let name = path.sibling(".adain-" + String(UInt64.random(in: 0...UInt64.max), radix: 16))
      let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if file >= 0 { return (file, name) }
      guard errno == EEXIST || errno == EINTR else {
        throw AdaINError(.io, "\(path.name): cannot be created: \(FileBytes.systemError())")
      }
    }
  }
}
