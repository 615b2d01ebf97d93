#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe or a device that is read by its name, as a shell's process substitution gives one.
struct NamedPipe: ~Copyable {
  let descriptor: Int32

  /// - Throws: when it cannot be opened, or is a pipe into which nobody writes: waiting for somebody could
  ///   last for ever.
  init(_ path: String) throws(Failure) {
    descriptor = open(path.native, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .system(path, "cannot be opened") }
    var status = stat()
    fstat(descriptor, &status)
    if status.st_mode & S_IFMT == S_IFIFO {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, 0) > 0 && waiting.revents & Int16(POLLIN) != 0
      // Nothing to read and nobody who could write: the end of the file is read, and nothing is lost by it.
      var byte: UInt8 = 0
      if !ready, read(descriptor, &byte, 1) == 0 {
        close(descriptor)
        throw Failure("\(path): is a pipe into which nobody writes")
      }
    }
    _ = fcntl(descriptor, F_SETFL, 0)
  }

  // libvips has a copy of its own by then.
  deinit { close(descriptor) }
}
