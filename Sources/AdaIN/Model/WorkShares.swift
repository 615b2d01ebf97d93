/// One progress over several pieces of work, each with a progress of its own from 0 to 1.
struct WorkShares {
  // What a pixel costs, in encodings of one.
  static let encoding = 1.0
  static let rendering = 1.2
  static let enlarging = 1.1
  static let reducing = 0.1

  private let costs: [Double]
  private let progress: (@Sendable (Double) -> Bool)?
  private var begun = 0

  /// - Parameter costs: of the pieces, in any unit, in the order in which they are done.
  init(_ costs: [Double], progress: (@Sendable (Double) -> Bool)?) {
    self.costs = costs
    self.progress = progress
  }

  /// The next piece's progress.
  mutating func next() -> (@Sendable (Double) -> Bool)? {
    let total = costs.reduce(0, +)
    let done = costs[..<begun].reduce(0, +)
    let own = costs[begun]
    begun += 1
    guard let progress else { return nil }
    return { progress(min(1, (done + own * $0) / total)) }
  }
}
