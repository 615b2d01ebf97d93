import AdaINKernels
import Synchronization

/// The decoder's source: rows of the kept feature map, those columns that the rectangle needs. A unit
/// is a row of the map.
final class LoadStage: Stage {
  let name = "features"
  let units: Range<Int>
  var next: Int
  let quantum: Int
  let unitCost: Double
  let input: FeatureRows? = nil
  let output: FeatureRows?

  private let store: FeatureStore

  init(_ store: FeatureStore, rows: Range<Int>, output: FeatureRows, quantum: Int) {
    self.store = store
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
    let failure = Mutex<AdaINError?>(nil)
    executor.run(count: units.count) { item, slot in
      let y = units.lowerBound + item
      do throws(AdaINError) {
        try store.read(
          row: y, columns: output.x..<output.x + output.width, into: output.row(y),
          scratch: executor.scratch(slot))
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
