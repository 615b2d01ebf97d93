import AdaINKernels

/// The encoder's sink: keeps the feature map's rows where they are wanted, and sums up each for the
/// statistics while it is at hand, in full precision. A unit is a row of the map.
final class StoreStage: Stage {
  let name = "features"
  let units: Range<Int>
  var next = 0
  let quantum: Int
  let unitCost: Double
  let input: FeatureRows?
  let output: FeatureRows? = nil

  private let store: FeatureStore?
  private(set) var moments: ChannelMoments

  /// - Parameters:
  ///   - store: takes the rows; nil, where the statistics alone are wanted.
  ///   - rows: of the map.
  ///   - channels: the network's own, of which statistics are wanted.
  init(_ store: FeatureStore?, input: FeatureRows, rows: Int, channels: Int, quantum: Int) {
    self.store = store
    self.input = input
    self.quantum = quantum
    moments = ChannelMoments(channels: channels)
    units = 0..<rows
    unitCost = Double(input.width * input.channels)
  }

  func inputRows(through unit: Int) -> Int { unit }
  func firstInputRow(of unit: Int) -> Int { unit }
  func outputRows(through unit: Int) -> Int { unit }

  func run(_ units: Range<Int>, on executor: Executor) throws(AdaINError) {
    let input = input!
    let rows = try ChannelMoments.Rows(count: units.count, channels: input.channels)
    try executor.tryRun(count: units.count) { item, slot throws(AdaINError) in
      let y = units.lowerBound + item
      rows.sum(item, input.row(y), width: input.width)
      try store?.write(row: y, input.row(y), scratch: executor.scratch(slot))
    }
    moments.merge(rows, cellsPerRow: input.width)
  }
}
