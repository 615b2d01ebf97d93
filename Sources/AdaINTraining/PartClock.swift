/// Where a step's time goes: for the benchmark.
public final class PartClock {
  /// Seconds of each part, in the order in which they first came.
  public private(set) var parts: [(name: String, seconds: Double)] = []

  public init() {}

  func time<Result, Failure>(
    _ name: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let began = ContinuousClock.now
    let result = try body()
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    if let i = parts.firstIndex(where: { $0.name == name }) {
      parts[i].seconds += seconds
    } else {
      parts.append((name, seconds))
    }
    return result
  }
}

func timed<Result, Failure>(
  _ clock: PartClock?, _ name: String, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  if let clock { try clock.time(name, body) } else { try body() }
}
