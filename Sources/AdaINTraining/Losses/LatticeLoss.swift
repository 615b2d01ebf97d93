import AdaIN

/// Texture in step with the decoder's grid, which is seen as a mesh: a picture's detail, folded at the
/// periods of the decoder's enlargements. The same as `weights/network/lattice.py` and
/// `Model.Measurement.Lattice`, with a gradient.
///
/// Of windows that overlap by half: the mean of each of the period² phases over the window, less the mean of
/// all, squared, mean over everything. Noise leaves 1 / cells of its power, a lattice all of it.
struct LatticeLoss {
  /// (side of a window, period, weight): in large windows a lattice adds up and little else does; small ones
  /// see a lattice whose phase changes from place to place, as in fur.
  static let terms = [(128, 2, 8.0), (128, 4, 2.0), (128, 8, 1.0), (32, 2, 2.0), (32, 4, 0.5)]
  /// Beneath what varies over more pixels than this no lattice is looked for.
  static let smooth = 9

  let height: Int
  let width: Int

  /// The loss of one colour of a picture, and the gradient of `weight` times it, added.
  func run(
    _ plane: UnsafePointer<Float>, weight: Double, addingTo gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let count = height * width
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * count) { memory in
      memory.update(repeating: 0)
      let detail = memory.baseAddress!
      let (ofDetail, one, other) = (detail + count, detail + 2 * count, detail + 3 * count)
      // Less the mean over 9 × 9, reflected at the edges.
      smoothAcross(plane, into: one)
      smoothDown(one, into: other)
      for i in 0..<count { detail[i] = plane[i] - other[i] }
      var loss = 0.0
      for (window, period, share) in Self.terms {
        loss += share * folded(detail, window, period, weight: weight * share, ofDetail)
      }
      // And its adjoint.
      one.update(repeating: 0, count: count)
      other.update(repeating: 0, count: count)
      spreadDown(ofDetail, into: one)
      spreadAcross(one, into: other)
      for i in 0..<count { gradient[i] += ofDetail[i] - other[i] }
      return loss
    }
  }

  private static let edge = smooth / 2
  private static let share = 1 / Float(smooth)

  /// Means of 9 along each row. The cells whose neighbours are all inside are most of them, and without
  /// conditions.
  private func smoothAcross(_ plane: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    forEachAcross { cell, tap in result[cell] += Self.share * plane[tap] }
  }

  private func spreadAcross(_ plane: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    forEachAcross { cell, tap in result[tap] += Self.share * plane[cell] }
  }

  private func smoothDown(_ plane: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    forEachDown { row, tap in
      for x in 0..<width { result[row + x] += Self.share * plane[tap + x] }
    }
  }

  private func spreadDown(_ plane: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    forEachDown { row, tap in
      for x in 0..<width { result[tap + x] += Self.share * plane[row + x] }
    }
  }

  @inline(__always)
  private func forEachAcross(_ body: (_ cell: Int, _ tap: Int) -> Void) {
    let edge = Self.edge
    for y in 0..<height {
      let row = y * width
      for k in -edge...edge {
        for x in 0..<edge { body(row + x, row + mirrored(x + k, width)) }
        for x in edge..<width - edge { body(row + x, row + x + k) }
        for x in width - edge..<width { body(row + x, row + mirrored(x + k, width)) }
      }
    }
  }

  @inline(__always)
  private func forEachDown(_ body: (_ row: Int, _ tap: Int) -> Void) {
    for y in 0..<height {
      for k in -Self.edge...Self.edge { body(y * width, mirrored(y + k, height) * width) }
    }
  }

  @inline(__always)
  private func mirrored(_ index: Int, _ count: Int) -> Int {
    index < 0 ? -index : index < count ? index : 2 * count - 2 - index
  }

  private func folded(
    _ detail: UnsafePointer<Float>, _ window: Int, _ period: Int, weight: Double,
    _ gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let (high, wide) = (height / period, width / period)
    let (cellsDown, cellsAcross) = (min(window, high * period) / period, min(window, wide * period) / period)
    let (stepDown, stepAcross) = (max(1, cellsDown / 2), max(1, cellsAcross / 2))
    let (down, across) = ((high - cellsDown) / stepDown + 1, (wide - cellsAcross) / stepAcross + 1)
    let phases = period * period
    let cells = Double(cellsDown * cellsAcross)
    // Over windows, phases and the three colours.
    let count = Double(down * across * phases * 3)
    var loss = 0.0
    var means = [Double](repeating: 0, count: phases)
    for v in 0..<down {
      for h in 0..<across {
        let origin = v * stepDown * period * width + h * stepAcross * period
        for phase in 0..<phases {
          let begin = origin + phase / period * width + phase % period
          var sum = 0.0
          for i in 0..<cellsDown {
            var line: Float = 0
            let row = detail + (begin + i * period * width)
            for j in 0..<cellsAcross { line += row[j * period] }
            sum += Double(line)
          }
          means[phase] = sum / cells
        }
        let all = means.reduce(0, +) / Double(phases)
        for phase in 0..<phases {
          let difference = means[phase] - all
          loss += difference * difference
          let share = Float(2 * weight * difference / count / cells)
          let begin = origin + phase / period * width + phase % period
          for i in 0..<cellsDown {
            let row = gradient + (begin + i * period * width)
            for j in 0..<cellsAcross { row[j * period] += share }
          }
        }
      }
    }
    return loss / count
  }
}
