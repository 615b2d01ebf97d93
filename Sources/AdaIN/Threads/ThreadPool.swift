import CSupport
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process's worker threads. A caller brings a batch of independent items and works through
/// them itself; idle workers help. Nothing ever waits for a worker to become free, so calls from
/// any number of threads, and batches with no worker at all, go on.
///
/// Which thread does an item, and when, is not determined; what an item computes must not depend
/// on it.
final class ThreadPool: @unchecked Sendable {
  /// A limit on the threads of one batch.
  enum Limit: Sendable {
    /// As many as asked for.
    case exactly(Int)
    /// Up to so many, but no more than the processors leave free: several callers at once, such as
    /// libvips' workers, share the machine instead of crowding it.
    case shared(Int)

    var threads: Int {
      switch self {
      case .exactly(let n), .shared(let n): n
      }
    }
  }

  private final class Batch: @unchecked Sendable {
    /// Let go of as soon as the batch is done: it must not outlive the caller's closure.
    var body: ((_ item: Int, _ slot: Int) -> Void)?
    let count: Int
    let limit: Limit
    let next = Atomic<Int>(0)
    /// Threads inside the batch; slot numbers are handed out under the pool's lock.
    let helpers = Atomic<Int>(0)
    var slots = 1

    init(count: Int, limit: Limit, body: @escaping (Int, Int) -> Void) {
      self.count = count
      self.limit = limit
      self.body = body
    }

    func work(slot: Int) {
      let body = body!
      while true {
        let item = next.add(1, ordering: .relaxed).oldValue
        if item >= count { return }
        body(item, slot)
      }
    }
  }

  /// Rounds of polling before a thread sleeps: some tens of microseconds, the time between two
  /// layers. Waking a sleeper takes longer than that.
  private static let polls = 2000

  /// A worker that nobody needed for so long leaves, in seconds: one call with a thousand threads does not
  /// burden the process for ever.
  private static let patience = 5

  private let lock = ConditionLock()
  private var batches: [Batch] = []
  private(set) var workers = 0
  /// Workers that wait to be woken.
  private var sleeping = 0
  /// Threads that run items now, callers included.
  private var running = 0
  /// Counts batches, so that a polling worker sees a new one without taking the lock.
  private let published = Atomic<Int>(0)
  private let process = getpid()

  private init() {}

  private static let current = ProcessLock(.pool, ThreadPool())

  static func finishGlobals() { _ = current }

  /// The process's pool. A child made by fork has none of its parent's threads and begins anew.
  static var shared: ThreadPool {
    current.withLock { pool in
      if pool.process != getpid() { pool = ThreadPool() }
      return pool
    }
  }

  /// Call `body(item, slot)` for every item in 0 ..< count and return when all are done. Threads
  /// that run at the same time have different slots, below `limit.threads`.
  func run(count: Int, limit: Limit, _ body: (_ item: Int, _ slot: Int) -> Void) {
    if count == 0 { return }
    if count == 1 || limit.threads <= 1 {
      for item in 0..<count { body(item, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let batch = Batch(count: count, limit: limit, body: body)
      lock.withLock {
        running += 1
        batches.append(batch)
        while workers < wanted(batch) && startWorker() {}
        // No more than can help: a herd would run for the lock and go back to sleep.
        for _ in 0..<min(sleeping, wanted(batch)) { lock.wakeOne() }
      }
      published.add(1, ordering: .releasing)
      batch.work(slot: 0)
      lock.withLock {
        running -= 1
        batches.removeAll { $0 === batch }
      }
      // No thread joins any more; those inside finish the item that they have.
      var polls = 0
      while batch.helpers.load(ordering: .acquiring) > 0 {
        polls += 1
        if polls > Self.polls { sched_yield() }
      }
      batch.body = nil
    }
  }

  /// Workers that the batch would like to exist.
  private func wanted(_ batch: Batch) -> Int {
    min(batch.limit.threads, batch.count) - 1
  }

  /// A batch that a worker may join now; call with the lock held.
  private func joinable() -> Batch? {
    batches.first { batch in
      guard batch.slots < batch.limit.threads, batch.next.load(ordering: .relaxed) < batch.count
      else { return false }
      if case .shared(let processors) = batch.limit { return running < processors }
      return true
    }
  }

  /// Call with the lock held. False when the system refuses a thread: the work is then done by
  /// those that there are.
  private func startWorker() -> Bool {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(self)
    // Signals are for the application's threads: a worker begins with the mask of who made it.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let status = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<ThreadPool>.fromOpaque(argument!).takeRetainedValue().serve()
        return nil
      }, argument.toOpaque())
    guard status == 0 else {
      argument.release()
      return false
    }
    pthread_detach(thread)
    workers += 1
    return true
  }

  /// A worker's life.
  private func serve() {
    while true {
      let seen = published.load(ordering: .acquiring)
      var joined: (batch: Batch, slot: Int)?
      lock.withLock {
        if let batch = joinable() {
          joined = (batch, batch.slots)
          batch.slots += 1
          batch.helpers.add(1, ordering: .relaxed)
          running += 1
        }
      }
      if let (batch, slot) = joined {
        batch.work(slot: slot)
        lock.withLock { running -= 1 }
        batch.helpers.subtract(1, ordering: .releasing)
        continue
      }
      var polls = 0
      while published.load(ordering: .acquiring) == seen && polls < Self.polls {
        polls += 1
        csupport_pause()
      }
      if polls == Self.polls {
        var leaves = false
        lock.withLock {
          guard joinable() == nil else { return }
          sleeping += 1
          let woken = lock.wait(seconds: Self.patience)
          sleeping -= 1
          leaves = !woken && joinable() == nil
          if leaves { workers -= 1 }
        }
        if leaves { return }
      }
    }
  }

  /// A mutex with a condition: the standard library's has none.
  private final class ConditionLock {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
      pthread_mutex_init(mutex, nil)
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      #if os(Linux)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)  // nobody sets it
      #endif
      pthread_cond_init(condition, &attributes)
      pthread_condattr_destroy(&attributes)
    }

    func withLock(_ body: () -> Void) {
      pthread_mutex_lock(mutex)
      body()
      pthread_mutex_unlock(mutex)
    }

    /// Call with the lock held.
    /// - Returns: whether somebody woke the thread before the time was over.
    func wait(seconds: Int) -> Bool {
      var until = timespec()
      #if os(Linux)
        clock_gettime(CLOCK_MONOTONIC, &until)
      #else
        clock_gettime(CLOCK_REALTIME, &until)
      #endif
      until.tv_sec += seconds
      return pthread_cond_timedwait(condition, mutex, &until) == 0
    }

    func wakeOne() { pthread_cond_signal(condition) }
  }
}
