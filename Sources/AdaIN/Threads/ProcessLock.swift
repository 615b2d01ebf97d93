#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lock on what all threads of the process share. A process that is forked while another thread has
/// it finds it free and the state whole: the fork waits for that thread. (The standard library's Mutex
/// would then belong to a thread that the child does not have.)
package final class ProcessLock<State>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var state: State

  /// - Parameter rank: each has one lock.
  package init(_ rank: ProcessLockRank, _ state: sending State) {
    mutex = ProcessLocks.mutexes + rank.rawValue
    self.state = state
  }

  package func withLock<Result>(_ body: (inout State) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&state)
  }
}

/// In the order in which one may be taken by who has another.
package enum ProcessLockRank: Int, CaseIterable {
  case names, styles, model, pool, buffers
}

/// Before the process is forked: what is made at its first use is made, or whoever makes it just now is
/// waited for. A child would wait for a thread that it does not have. All of these are quick, and need none
/// of the locks.
@_cdecl("adain_finish_globals")
func finishGlobals() {
  _ = ProcessLocks.mutexes
  _ = NamedStyle.kept
  Model.finishGlobals()
  ThreadPool.finishGlobals()
  BufferCache.finishGlobals()
  _ = KernelSet.current
  _ = Packing.current
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
