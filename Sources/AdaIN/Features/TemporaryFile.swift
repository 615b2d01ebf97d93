import CSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file without a name, in the folder that the environment variable TMPDIR names, or /tmp: it
/// vanishes with the process, however that ends. Reads and writes of disjoint parts may run on
/// different threads.
final class TemporaryFile: Sendable {
  private let descriptor: Int32
  private let folder: String
  private let what: String

  /// - Parameters:
  ///   - what: names the contents in the error's sentence.
  ///   - size: bytes, set aside at once, so that a full disk shows before the work and not after.
  /// - Throws: `.io`, naming the folder and the bytes.
  init(_ what: String, size: Int) throws(AdaINError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    self.folder = folder.isEmpty ? "/tmp" : folder
    self.what = what
    var path = Array((self.folder + "/adain-XXXXXX").utf8CString)
    descriptor = csupport_temporary_file(&path)
    guard descriptor >= 0 else {
      throw AdaINError(
        .io,
        "\(self.folder): no temporary file of \(size) bytes for \(what) can be made there: \(Self.reason(errno))"
      )
    }
    unlink(path)
    let refusal = FileSizeSignal.held { Self.setAside(descriptor, size) }
    guard refusal == 0 else {
      close(descriptor)
      throw AdaINError(
        .io, "\(self.folder): no room for the \(size) bytes of \(what): \(Self.reason(refusal))")
    }
  }

  deinit { close(descriptor) }

  private static func setAside(_ descriptor: Int32, _ size: Int) -> Int32 {
    #if os(Linux)
      var refusal: Int32
      repeat { refusal = posix_fallocate(descriptor, 0, size) } while refusal == EINTR
      return refusal
    #else
      return ftruncate(descriptor, off_t(size)) == 0 ? 0 : errno
    #endif
  }

  func write(_ bytes: UnsafeRawPointer, count: Int, at offset: Int) throws(AdaINError) {
    var done = 0
    while done < count {
      let written = FileSizeSignal.held {
        pwrite(descriptor, bytes + done, count - done, off_t(offset + done))
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else {
        throw AdaINError(.io, "\(folder): \(what) cannot be written there: \(Self.reason(errno))")
      }
      done += written
    }
  }

  func read(into bytes: UnsafeMutableRawPointer, count: Int, at offset: Int) throws(AdaINError) {
    var done = 0
    while done < count {
      let got = pread(descriptor, bytes + done, count - done, off_t(offset + done))
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else {
        let reason = got == 0 ? "the file ends early" : Self.reason(errno)
        throw AdaINError(.io, "\(folder): \(what) cannot be read back from there: \(reason)")
      }
      done += got
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
