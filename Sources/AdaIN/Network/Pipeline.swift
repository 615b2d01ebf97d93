/// Stages one behind the other, each reading what the one before wrote.
final class Pipeline {
  private let stages: [any Stage]
  private let executor: Executor
  private let totalCost: Double
  private var doneCost = 0.0

  init(_ stages: [any Stage], executor: Executor) {
    self.stages = stages
    self.executor = executor
    totalCost = stages.reduce(0) { $0 + $1.unitCost * Double($1.units.count) }
  }

  var isDone: Bool { stages.allSatisfy { $0.next == $0.units.upperBound } }

  /// Run every stage as far as the source allows, the deepest that can first: that frees rows
  /// before more are made.
  ///
  /// - Parameters:
  ///   - sourceLimit: the source's units that may be made.
  ///   - sinkLimit: the sink's units that are wanted now; once they are made, the rest waits.
  ///   - progress: called after each step with the share of this pipeline's work that is done;
  ///     returns whether to go on.
  /// - Throws: what a stage throws; `.cancelled` when `progress` says so.
  func advance(
    sourceLimit: Int = .max, sinkLimit: Int = .max, progress: ((Double) -> Bool)?
  ) throws(AdaINError) {
    while stages[stages.count - 1].next < sinkLimit,
      let (stage, end) = ready(sourceLimit: sourceLimit, sinkLimit: sinkLimit)
    {
      let start = executor.clock.map { _ in StageClock.now }
      try stage.run(stage.next..<end, on: executor)
      if let start { executor.clock?.add(stage.name, since: start) }
      doneCost += stage.unitCost * Double(end - stage.next)
      stage.next = end
      stage.output?.available = stage.outputRows(through: end)
      if let progress, !progress(min(1, doneCost / totalCost)) {
        throw AdaINError(.cancelled, "cancelled by the progress callback")
      }
    }
  }

  private func ready(sourceLimit: Int, sinkLimit: Int) -> (any Stage, Int)? {
    for i in stages.indices.reversed() {
      let stage = stages[i]
      var end = min(stage.next + stage.quantum, stage.units.upperBound)
      if i == 0 { end = min(end, sourceLimit) }
      if i == stages.count - 1 { end = min(end, sinkLimit) }
      guard end > stage.next else { continue }
      if let input = stage.input, input.available < stage.inputRows(through: end) { continue }
      if let output = stage.output, i + 1 < stages.count {
        let consumer = stages[i + 1]
        guard consumer.next < consumer.units.upperBound else { continue }
        let needed = consumer.firstInputRow(of: consumer.next)
        if stage.outputRows(through: end) - needed > output.capacity { continue }
      }
      return (stage, end)
    }
    return nil
  }
}

extension Pipeline {
  /// The rows that must be kept between two stages so that neither ever waits for the other in
  /// vain: one step of the producer beside all that one step of the consumer reads.
  static func capacity(producedRows: Int, consumedRows: Int, of total: Int) -> Int {
    max(1, min(total, producedRows + consumedRows))
  }
  /// The rows of one step of a stage that makes rows: enough pixels for all threads, and few rows
  /// of a wide picture, of which a band takes much memory.
  static func rowQuantum(width: Int, least: Int, threads: Int) -> Int {
    let pixels = 6144 * threads
    return max(least, (pixels + width - 1) / width)
  }
}
