#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SIGXFSZ, by which the system ends a process that writes beyond its limit on the size of files. The
/// application may leave it so; our own writes get an error instead.
enum FileSizeSignal {
  /// `body`, with the signal held back from this thread, and taken away if the body raised it. `errno` is the
  /// body's.
  static func held<Result>(_ body: () -> Result) -> Result {
    var only = sigset_t()
    var before = sigset_t()
    var pending = sigset_t()
    sigemptyset(&only)
    sigaddset(&only, SIGXFSZ)
    sigpending(&pending)
    pthread_sigmask(SIG_BLOCK, &only, &before)
    let result = body()
    let code = errno
    #if os(Linux)
      // What was pending before is somebody else's.
      if sigismember(&pending, SIGXFSZ) == 0 {
        var now = timespec()
        while sigtimedwait(&only, nil, &now) == SIGXFSZ {}
      }
    #endif
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = code
    return result
  }
}
