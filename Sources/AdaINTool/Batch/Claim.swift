#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A result that this process makes and no other, of those that ask for claims.
///
/// A lock on a file beside it, which the system drops with the process, however that ends.
final class Claim {
  private let file: Int32
  private let path: String

  /// - Parameter target: the result's file.
  /// - Returns: nil when another process has it. Where there can be no lock nobody is kept from working.
  init?(_ target: String) {
    let target = FileName.resolved(target)
    // Of the name in the folder, by whatever path that is reached, and short (FNV-1a): it may be as long as a
    // name can be.
    let hash = String(FileName.last(of: target)).native.dropLast().reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64(UInt8(bitPattern: $1))) &* 0x100_0000_01b3
    }
    path = FileName.folder(of: target) + ".adain-lock-" + String(hash, radix: 16)
    while true {
      let file = open(path.native, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard file >= 0 else { break }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let isTaken = errno == EWOULDBLOCK
        close(file)
        if isTaken { return nil }
        break
      }
      // Who had it before may have removed the file between the two calls; then the name is another's.
      var status = stat()
      guard fstat(file, &status) == 0, status.st_nlink > 0 else {
        close(file)
        continue
      }
      self.file = file
      PartialFile.removeAtEnd(path)
      return
    }
    file = -1
  }

  deinit {
    guard file >= 0 else { return }
    unlink(path.native)
    close(file)
    PartialFile.forget(path)
  }
}
