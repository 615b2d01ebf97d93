import AdaIN
import AdaINKernels

/// Products of matrices over their rows, aᵀ b, on all threads: (steps, rows) and (steps, columns), row-major, to
/// (rows, columns). Sums run over the steps in an order that the sizes alone decide.
struct MatrixProduct {
  let executor: Executor

  /// Rows and steps of what a thread keeps in its cache.
  private static let rowBlock = 96
  private static let stepBlock = 256

  /// Scratch memory of a thread, in floats.
  static let scratchCount = stepBlock * (rowBlock + panelWidth) + rowBlock * panelWidth

  func callAsFunction(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, steps: Int, rows: Int, columns: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    let bands = (rows + Self.rowBlock - 1) / Self.rowBlock
    let panels = panelCount(columns)
    executor.run(count: bands * panels) { item, slot in
      let (panel, band) = item.quotientAndRemainder(dividingBy: bands)
      let height = Self.rowBlock * band..<min(rows, Self.rowBlock * (band + 1))
      let width = panelWidth * panel..<min(columns, panelWidth * (panel + 1))
      let left = executor.scratch(slot)
      let right = left + Self.stepBlock * Self.rowBlock
      let sums = right + Self.stepBlock * panelWidth
      if width.count < panelWidth { right.update(repeating: 0, count: Self.stepBlock * panelWidth) }
      var first = 0
      while first < steps {
        let count = min(Self.stepBlock, steps - first)
        // Side by side: rows of a matrix that are a power of two apart would share few sets of the cache.
        for step in 0..<count {
          (left + step * height.count).update(from: a + (first + step) * rows + height.lowerBound, count: height.count)
          (right + step * panelWidth).update(from: b + (first + step) * columns + width.lowerBound, count: width.count)
        }
        executor.kernels.multiplyTransposed(
          TransposedProduct(
            a: left, aStride: height.count, rows: height.count, b: right, bStride: panelWidth, steps: count, out: sums,
            outStride: panelWidth, adds: first > 0))
        first += count
      }
      for row in 0..<height.count {
        (out + (height.lowerBound + row) * columns + width.lowerBound).update(
          from: sums + row * panelWidth, count: width.count)
      }
    }
  }
}
