/// One step of the network that turns rows into rows: a layer, or the conversion of pixels.
///
/// A stage makes its output in units from the top down: a row, or a row of tiles. It may run as
/// soon as the rows above it exist, so a picture flows through all stages in bands and no layer
/// is ever whole in memory. Units are in the layer's own coordinates: what a unit computes does
/// not depend on where a band or a region begins.
protocol Stage: AnyObject {
  /// What a benchmark calls it: the layer's name in the weights file.
  var name: String { get }

  /// The units to make; the next one.
  var units: Range<Int> { get }
  var next: Int { get set }

  /// Units made at once: enough work for all threads, few enough to keep the band small.
  var quantum: Int { get }

  /// Work of one unit, in multiply-adds: for progress.
  var unitCost: Double { get }

  /// The rows that this stage reads; nil for the source.
  var input: FeatureRows? { get }

  /// The rows that it writes; nil for the sink.
  var output: FeatureRows? { get }

  /// The input rows, counted from the top, that must exist before the units below `unit` are made.
  func inputRows(through unit: Int) -> Int

  /// The first input row that `unit` and those after it read.
  func firstInputRow(of unit: Int) -> Int

  /// The output rows, counted from the top, that exist once the units below `unit` are made.
  func outputRows(through unit: Int) -> Int

  /// Make some units. Their input is there, and so is room for their output.
  func run(_ units: Range<Int>, on executor: Executor) throws(AdaINError)
}

extension Stage {
  /// Split `units` into steps of nearly equal size, none larger than `most`, but of one unit at least.
  static func evenQuantum(_ units: Range<Int>, most: Int) -> Int {
    let most = max(1, most)
    let steps = max(1, (units.count + most - 1) / most)
    return max(1, (units.count + steps - 1) / steps)
  }
}
