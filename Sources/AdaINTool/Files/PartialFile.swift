import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is being written: under a name of its own in the folder of its target, so that the
/// target appears whole or not at all. Removed when it is not published, also by a signal.
struct PartialFile: ~Copyable {
  let path: String
  private let target: String

  private static let unfinished = Mutex<Set<String>>([])

  /// - Parameter suffix: of the name; it tells libvips the format.
  init(target: String, suffix: String) {
    let folder = target[..<(target.lastIndex(of: "/").map(target.index(after:)) ?? target.startIndex)]
    // Not made from the target's name, which may already be as long as a name can be.
    let path = folder + ".adain-" + String(UInt64.random(in: 0...UInt64.max), radix: 16) + suffix
    self.path = String(path)
    self.target = target
    Self.unfinished.withLock { _ = $0.insert(self.path) }
  }

  deinit {
    unlink(path)
    let path = path
    Self.unfinished.withLock { _ = $0.remove(path) }
  }

  /// Write it whole.
  func write(_ bytes: [UInt8]) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .system(target, "cannot be created") }
    let written = Terminal.write(bytes, to: file)
    let code = errno
    guard close(file) == 0, written else {
      throw .system(target, "cannot be written", written ? errno : code)
    }
  }

  /// Give the file its target's name.
  func publish() throws(Failure) {
    // To the disk first: after a loss of power a name without a file's bytes would pass for done.
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(target, "cannot be written") }
    let synced = fsync(file)
    close(file)
    guard synced == 0, rename(path, target) == 0 else {
      throw .system(target, "cannot be written")
    }
  }

  /// Remove all and end: no file can be begun or published any more.
  static func removeAll(then end: () -> Never) -> Never {
    unfinished.withLock { paths in
      for path in paths { unlink(path) }
      end()
    }
  }
}
