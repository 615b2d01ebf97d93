/// A semaphore whose users take more than one of its places. Who comes first goes in first, so a
/// large picture is not kept waiting by small ones.
final class WeightedSemaphore: @unchecked Sendable {
  /// The weight of one that wants to be alone.
  let size: Int

  private let monitor = Monitor()
  private var used = 0
  private var nextTicket = 0
  private var nowServing = 0

  init(size: Int) { self.size = size }

  /// Run `body` once so many places are free; what weighs more than there are has all of them.
  func with<Result: ~Copyable>(
    _ weight: Int, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let weight = min(weight, size)
    monitor.locked {
      let ticket = nextTicket
      nextTicket += 1
      monitor.wait { ticket == nowServing && used + weight <= size }
      nowServing += 1
      used += weight
    }
    defer { monitor.locked { used -= weight } }
    return try body()
  }
}
