#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much may be under way at once: a semaphore with weights. Who comes first goes in first, so a
/// large picture is not kept waiting by small ones.
final class Room: @unchecked Sendable {
  /// The weight of one that wants to be alone.
  let size: Int

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var used = 0
  private var nextTicket = 0
  private var nowServing = 0

  init(size: Int) {
    self.size = size
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(changed)
    mutex.deallocate()
    changed.deallocate()
  }

  /// Run `body` once there is room for it; what weighs more than the room has it alone.
  func with<Result: ~Copyable>(
    _ weight: Int, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let weight = min(weight, size)
    pthread_mutex_lock(mutex)
    let ticket = nextTicket
    nextTicket += 1
    while ticket != nowServing || used + weight > size { pthread_cond_wait(changed, mutex) }
    nowServing += 1
    used += weight
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
    defer {
      pthread_mutex_lock(mutex)
      used -= weight
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return try body()
  }
}
