#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Frames on their way from one thread to the next, a few at a time, so that each works while the other does.
final class FrameQueue<Element>: @unchecked Sendable {
  /// What one side is ahead of the other: one frame that is waited for, and one that is made.
  private let capacity = 2
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var elements: [Element] = []
  /// Nothing is put any more; why not, where that is a failure.
  private var ending: Result<Void, Failure>?
  private var isWanted = true

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(changed)
    mutex.deallocate()
    changed.deallocate()
  }

  /// Waits for a place.
  /// - Returns: false when nobody takes any more.
  func put(_ element: Element) -> Bool {
    locked {
      while isWanted, elements.count >= capacity { pthread_cond_wait(changed, mutex) }
      if isWanted { elements.append(element) }
      return isWanted
    }
  }

  /// Nothing more will be put; because of a failure, perhaps.
  func end(_ failure: Failure? = nil) { locked { ending = ending ?? (failure.map { .failure($0) } ?? .success(())) } }

  /// Waits for the next one.
  /// - Returns: nil behind the last one.
  /// - Throws: what ended the other side, behind what it had put before.
  func take() throws(Failure) -> Element? {
    let next: Result<Element?, Failure> = locked {
      while elements.isEmpty, ending == nil { pthread_cond_wait(changed, mutex) }
      return elements.isEmpty ? ending!.map { nil } : .success(elements.removeFirst())
    }
    return try next.get()
  }

  /// Nothing more will be taken.
  func cancel() {
    locked {
      isWanted = false
      elements = []
    }
  }

  private func locked<R>(_ body: () -> R) -> R {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }
}
