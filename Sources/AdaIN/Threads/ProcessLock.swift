#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lock on what all threads of the process share. A process that is forked while another thread has
/// it finds it free and the state whole: the fork waits for that thread. (The standard library's Mutex
/// would then belong to a thread that the child does not have.)
final class ProcessLock<State>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var state: State

  /// - Parameter rank: each has one lock.
  init(_ rank: ProcessLockRank, _ state: sending State) {
    mutex = ProcessLocks.mutexes + rank.rawValue
    self.state = state
  }

  func withLock<Result>(_ body: (inout State) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&state)
  }
}

/// In the order in which one may be taken by who has another.
enum ProcessLockRank: Int, CaseIterable {
  case model, pool, buffers
}

private enum ProcessLocks {
  static let count = ProcessLockRank.allCases.count

  nonisolated(unsafe) static let mutexes: UnsafeMutablePointer<pthread_mutex_t> = {
    let mutexes = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: count)
    for i in 0..<count { pthread_mutex_init(mutexes + i, nil) }
    pthread_atfork(
      { for i in 0..<ProcessLocks.count { pthread_mutex_lock(ProcessLocks.mutexes + i) } },
      { ProcessLocks.unlockAll() }, { ProcessLocks.unlockAll() })
    return mutexes
  }()

  static func unlockAll() {
    for i in (0..<count).reversed() { pthread_mutex_unlock(mutexes + i) }
  }
}
