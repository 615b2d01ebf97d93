/// Frames on their way from one thread to the next, a few at a time, so that each works while the other does.
final class FrameQueue<Element>: @unchecked Sendable {
  /// What one side is ahead of the other: one frame that is waited for, and one that is made.
  private let capacity = 2
  private let monitor = Monitor()
  private var elements: [Element] = []
  /// Nothing is put any more; why not, where that is a failure.
  private var ending: Result<Void, Failure>?
  private var isWanted = true

  /// Waits for a place.
  /// - Returns: false when nobody takes any more.
  func put(_ element: Element) -> Bool {
    monitor.locked {
      monitor.wait { !isWanted || elements.count < capacity }
      if isWanted { elements.append(element) }
      return isWanted
    }
  }

  /// Nothing more will be put; because of a failure, perhaps.
  func end(_ failure: Failure? = nil) {
    monitor.locked { ending = ending ?? (failure.map { .failure($0) } ?? .success(())) }
  }

  /// Waits for the next one.
  /// - Returns: nil behind the last one.
  /// - Throws: what ended the other side, behind what it had put before.
  func take() throws(Failure) -> Element? {
    let next: Result<Element?, Failure> = monitor.locked {
      monitor.wait { !elements.isEmpty || ending != nil }
      return elements.isEmpty ? ending!.map { nil } : .success(elements.removeFirst())
    }
    return try next.get()
  }

  /// Nothing more will be taken.
  func cancel() {
    monitor.locked {
      isWanted = false
      elements = []
    }
  }
}
