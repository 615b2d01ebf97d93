import CVips
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is being written: under a name of its own in the folder of its target, so that the
/// target appears whole or not at all. Removed when it is not published, also by a signal.
///
/// Where the target is a symbolic link the file behind it is written. A file that is replaced hands on its
/// permissions, its owner where that is allowed, and its extended attributes, access lists among them.
struct PartialFile: ~Copyable {
  let path: String
  /// As it was named, for sentences; and the file behind links.
  private let name: String
  private let target: String

  private static let unfinished = Mutex<Set<[CChar]>>([])

  /// - Parameter suffix: of the name; it tells libvips the format.
  /// - Throws: when the target is there and cannot be written, or is no regular file.
  init(target name: String, suffix: String) throws(Failure) {
    let target = FileName.resolved(name)
    try Attributes.checkReplaceable(target, name: name)
    // Not made from the target's name, which may already be as long as a name can be.
    let path = String(
      FileName.folder(of: target) + ".adain-" + String(UInt64.random(in: 0...UInt64.max), radix: 16) + suffix)
    Self.removeAtEnd(path)
    // By us, as libvips asks for fewer permissions than umask or the folder's access list would give.
    let file = open(path.native, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else {
      let code = errno
      Self.forget(path)
      throw .system(name, "cannot be created", code)
    }
    close(file)
    self.path = path
    self.name = name
    self.target = target
  }

  deinit {
    unlink(path.native)
    Self.forget(path)
  }

  /// What went wrong with it, with the name that the user gave for this one's, which ffmpeg calls an address.
  func named(_ failure: Failure) -> Failure {
    Failure(failure.sentence.replacing("file:" + path, with: name).replacing(path, with: name)).named(name)
  }

  /// Write it whole.
  func write(_ bytes: [UInt8]) throws(Failure) {
    let file = open(path.native, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(name, "cannot be written") }
    let written = Terminal.write(bytes, to: file)
    let code = errno
    guard close(file) == 0, written else {
      throw .system(name, "cannot be written", written ? errno : code)
    }
  }

  /// Give the file its target's name.
  func publish() throws(Failure) {
    // To the disk first: after a loss of power a name without a file's bytes would pass for done.
    let file = open(path.native, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(name, "cannot be written") }
    Attributes.copyAttributes(from: target, to: file)
    // Some file systems, and some sandboxes, have nothing of the kind.
    let synced = fsync(file) == 0 || errno == EINVAL || errno == ENOSYS
    close(file)
    guard synced, rename(path.native, target.native) == 0 else {
      throw .system(name, "cannot be written")
    }
  }

  /// A file that a signal's end removes, too.
  static func removeAtEnd(_ path: String) { unfinished.withLock { _ = $0.insert(path.native) } }

  static func forget(_ path: String) { unfinished.withLock { _ = $0.remove(path.native) } }

  /// Remove all and end: no file can be begun or published any more.
  static func removeAll(then end: () -> Never) -> Never {
    unfinished.withLock { paths in
      for path in paths { unlink(path) }
      end()
    }
  }
}

/// What belongs to a file beside its bytes.
private enum Attributes {
  static func checkReplaceable(_ path: String, name: String) throws(Failure) {
    guard let status = FileName.status(of: path) else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Failure("\(name): is a folder")
    default: throw Failure("\(name): is a pipe or a device, not a file that could be replaced")
    }
    // Root, too, means it when nobody may write a file.
    guard status.st_mode & 0o222 != 0, access(path.native, W_OK) == 0 else {
      throw .system(name, "cannot be written", EACCES)
    }
  }

  /// What cannot be handed on, as the owner's name by anybody but root, is left as it is.
  static func copyAttributes(from path: String, to file: Int32) {
    guard let status = FileName.status(of: path) else { return }
    // The owner first: a change of owner takes some permissions away.
    _ = fchown(file, status.st_uid, status.st_gid)
    _ = fchmod(file, status.st_mode & 0o7777)
    cvips_copy_extended_attributes(path.native, file)
  }
}
