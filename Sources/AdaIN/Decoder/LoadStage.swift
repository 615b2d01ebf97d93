import AdaINKernels

/// The decoder's source: rows of the kept feature map, those columns that the rectangle needs, in their
/// regions' styles where there are several. A unit is a row of the map.
final class LoadStage: Stage {
  let name = "features"
  let units: Range<Int>
  var next: Int
  let quantum: Int
  let unitCost: Double
  let input: FeatureRows? = nil
  let output: FeatureRows?

  private let store: FeatureStore
  private let regions: RegionAffines?

  init(
    _ store: FeatureStore, regions: RegionAffines?, rows: Range<Int>, output: FeatureRows,
    quantum: Int
  ) {
    self.store = store
    self.regions = regions
    self.output = output
    self.quantum = quantum
    units = rows
    next = rows.lowerBound
    unitCost = Double(output.width * store.channels)
  }

  func inputRows(through unit: Int) -> Int { 0 }
  func firstInputRow(of unit: Int) -> Int { unit }
  func outputRows(through unit: Int) -> Int { unit }

  func run(_ units: Range<Int>, on executor: Executor) throws(AdaINError) {
    let output = output!
    let columns = output.x..<output.x + output.width
    try executor.tryRun(count: units.count) { item, slot throws(AdaINError) in
      let y = units.lowerBound + item
      try store.read(
        row: y, columns: columns, into: output.row(y), scratch: executor.scratch(slot))
      regions?.apply(row: y, columns: columns, cells: output.row(y), kernels: executor.kernels)
    }
  }
}
