import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process's end by a signal: files under way are removed first.
enum Termination {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Call before any other thread exists: they inherit the mask, so that only the thread that
  /// waits for the signals gets them.
  static func prepare() {
    // A reader that went away, and a file larger than the user may write, are errors of write().
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    var set = sigset_t()
    sigemptyset(&set)
    for number in signals where !isIgnored(number) { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    let waited = set
    Threads.detach {
      var waited = waited
      var number: Int32 = 0
      while true {
        while sigwait(&waited, &number) != 0 {}
        // Who does not wait for the work to be kept says it twice.
        let isNoted = response.withLock { response in
          guard case .noting(nil) = response else { return false }
          response = .noting(number)
          return true
        }
        if !isNoted { end(by: number) }
      }
    }
  }

  private enum Response {
    /// A signal ends the process.
    case ending
    /// The first signal is noted, and which it was.
    case noting(Int32?)
  }

  private static let response = Mutex(Response.ending)

  /// From here on the first signal only asks for the end: who calls this looks for it (`asked`), and ends.
  static func hold() { response.withLock { $0 = .noting(nil) } }

  /// The signal that asked for the end.
  static var asked: Int32? { response.withLock { if case .noting(let number) = $0 { number } else { nil } } }

  /// A command that `nohup` or a shell's background started goes on.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Remove what is unfinished and end as if the signal had not been caught.
  static func end(by number: Int32) -> Never {
    PartialFile.removeAll {
      signal(number, SIG_DFL)
      var set = sigset_t()
      sigemptyset(&set)
      sigaddset(&set, number)
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      raise(number)
      _exit(128 + number)
    }
  }
}
