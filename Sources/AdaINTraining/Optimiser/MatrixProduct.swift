import AdaIN
import AdaINKernels

/// Products of matrices over their rows, aᵀ b, on all threads: (steps, rows) and (steps, columns), row-major,
/// to (rows, columns). Sums run over the steps in an order that the sizes alone decide.
struct MatrixProduct {
  let executor: Executor

  /// Rows, columns and steps of what a thread keeps in its cache.
  private static let rowBlock = 96
  private static let columnBlock = 4 * panelWidth
  private static let stepBlock = 256

  /// Scratch memory of a thread, in floats.
  static let scratchCount = stepBlock * (rowBlock + columnBlock) + rowBlock * columnBlock

  func callAsFunction(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, steps: Int, rows: Int, columns: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    let bands = (rows + Self.rowBlock - 1) / Self.rowBlock
    let groups = (columns + Self.columnBlock - 1) / Self.columnBlock
    executor.run(count: bands * groups) { item, slot in
      let (group, band) = item.quotientAndRemainder(dividingBy: bands)
      let height = Self.rowBlock * band..<min(rows, Self.rowBlock * (band + 1))
      let width = Self.columnBlock * group..<min(columns, Self.columnBlock * (group + 1))
      let panels = panelCount(width.count)
      let left = executor.scratch(slot)
      let right = left + Self.stepBlock * Self.rowBlock
      let sums = right + Self.stepBlock * Self.columnBlock
      // What lies behind the last column is zero.
      right.update(repeating: 0, count: panels * Self.stepBlock * panelWidth)
      var first = 0
      while first < steps {
        let count = min(Self.stepBlock, steps - first)
        // Side by side: rows of a matrix that are a power of two apart would share few sets of the cache.
        for step in 0..<count {
          (left + step * height.count).update(
            from: a + (first + step) * rows + height.lowerBound, count: height.count)
          let from = b + (first + step) * columns + width.lowerBound
          for panel in 0..<panels {
            (right + (panel * Self.stepBlock + step) * panelWidth).update(
              from: from + panel * panelWidth, count: min(panelWidth, width.count - panel * panelWidth))
          }
        }
        for panel in 0..<panels {
          executor.kernels.multiplyTransposed(
            TransposedProduct(
              a: left, aStride: height.count, rows: height.count,
              b: right + panel * Self.stepBlock * panelWidth, bStride: panelWidth, steps: count,
              out: sums + panel * panelWidth, outStride: Self.columnBlock, adds: first > 0))
        }
        first += count
      }
      for row in 0..<height.count {
        (out + (height.lowerBound + row) * columns + width.lowerBound).update(
          from: sums + row * Self.columnBlock, count: width.count)
      }
    }
  }
}
