import AdaIN

/// Texture in step with the decoder's grid, which is seen as a mesh: a picture's detail, folded at the periods of the
/// decoder's enlargements. The same as `weights/network/lattice.py` and `Model.Measurement.Lattice`, with a gradient.
///
/// Of windows that overlap by half: the mean of each of the period² phases over the window, less the mean of all,
/// squared, mean over everything. Noise leaves 1 / cells of its power, a lattice all of it.
struct LatticeLoss {
  /// (side of a window, period, weight): in large windows a lattice adds up and little else does; small ones see a
  /// lattice whose phase changes from place to place, as in fur.
  static let terms = [(128, 2, 8.0), (128, 4, 2.0), (128, 8, 1.0), (32, 2, 2.0), (32, 4, 0.5)]
  /// Beneath what varies over more pixels than this no lattice is looked for.
  static let smooth = 9

  let height: Int
  let width: Int

  /// The loss of one colour of a picture, and the gradient of `weight` times it, added.
  func run(
    _ plane: UnsafePointer<Float>, weight: Double, addingTo gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let detail = less(plane)
    var ofDetail = [Float](repeating: 0, count: height * width)
    var loss = 0.0
    for (window, period, share) in Self.terms {
      loss += share * folded(detail, window, period, weight: weight * share, &ofDetail)
    }
    addAdjointOfLess(ofDetail, gradient)
    return loss
  }

  /// Less the mean over 9 × 9, reflected at the edges.
  private func less(_ plane: UnsafePointer<Float>) -> [Float] {
    let across = smoothed(Array(UnsafeBufferPointer(start: plane, count: height * width)), along: 1)
    let both = smoothed(across, along: width)
    return (0..<height * width).map { plane[$0] - both[$0] }
  }

  private func addAdjointOfLess(_ detail: [Float], _ gradient: UnsafeMutablePointer<Float>) {
    let both = spread(spread(detail, along: width), along: 1)
    for i in 0..<height * width { gradient[i] += detail[i] - both[i] }
  }

  /// Means of 9 along rows (1) or columns (the width), reflected at the edges.
  private func smoothed(_ plane: [Float], along step: Int) -> [Float] {
    var result = [Float](repeating: 0, count: plane.count)
    forEachTap(along: step) { to, from in result[to] += plane[from] / Float(Self.smooth) }
    return result
  }

  /// The adjoint of `smoothed`.
  private func spread(_ plane: [Float], along step: Int) -> [Float] {
    var result = [Float](repeating: 0, count: plane.count)
    forEachTap(along: step) { from, to in result[to] += plane[from] / Float(Self.smooth) }
    return result
  }

  /// Every cell with each of the nine that it is a mean of.
  @inline(__always)
  private func forEachTap(along step: Int, _ body: (_ cell: Int, _ tap: Int) -> Void) {
    let edge = Self.smooth / 2
    let count = step == 1 ? width : height
    for y in 0..<height {
      for k in -edge...edge {
        for x in 0..<width {
          let place = step == 1 ? x : y
          let tap = mirrored(place + k, count)
          body(y * width + x, y * width + x + (tap - place) * step)
        }
      }
    }
  }

  @inline(__always)
  private func mirrored(_ index: Int, _ count: Int) -> Int {
    index < 0 ? -index : index < count ? index : 2 * count - 2 - index
  }

  private func folded(
    _ detail: [Float], _ window: Int, _ period: Int, weight: Double, _ gradient: inout [Float]
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
            let row = begin + i * period * width
            for j in 0..<cellsAcross { line += detail[row + j * period] }
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
            let row = begin + i * period * width
            for j in 0..<cellsAcross { gradient[row + j * period] += share }
          }
        }
      }
    }
    return loss / count
  }
}
