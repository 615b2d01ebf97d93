/// Packs the filters of one panel of 32 output channels: U = G g Gᵀ.
///
///     filters  (outputs, inputs, 3, 3)                 as in the weights file
///     packed   (64 positions, padded inputs, 32)       the panel's part of (panels, 64, …, 32)
///
/// Inputs and outputs beyond the layer's own are zero, so the kernels need no special case.
public struct WinogradFilter {
  public var filters: UnsafePointer<Float>
  public var inputs: Int
  public var outputs: Int
  public var panel: Int
  public var packed: UnsafeMutablePointer<Float>

  public init(
    filters: UnsafePointer<Float>, inputs: Int, outputs: Int, panel: Int,
    packed: UnsafeMutablePointer<Float>
  ) {
    self.filters = filters
    self.inputs = inputs
    self.outputs = outputs
    self.panel = panel
    self.packed = packed
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func pack<U: VectorUnit>(_ unit: U.Type) {
    let paddedInputs = paddedChannels(inputs)
    let firstOutput = panel * panelWidth
    let columns = min(panelWidth, outputs - firstOutput)
    // The panel's filters for one input channel, channels innermost: (9 taps, 32).
    withUnsafeTemporaryAllocation(byteCount: (9 + 24) * panelWidth * 4, alignment: 64) { memory in
      let taps = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      // G g for each of the filter's three columns: (8, 3, 32).
      let half = taps + 9 * panelWidth
      for i in 0..<(9 * panelWidth) { taps[i] = 0 }
      for input in 0..<paddedInputs {
        if input < inputs {
          for column in 0..<columns {
            let g = filters + ((firstOutput + column) * inputs + input) * 9
            for tap in 0..<9 { taps[tap * panelWidth + column] = g[tap] }
          }
        } else if input == inputs {
          for i in 0..<(9 * panelWidth) { taps[i] = 0 }
        }
        var lane = 0
        while lane < panelWidth {
          for x in 0..<3 {
            let g = U.transformedFilter(
              Three(
                taps.vector(x * panelWidth + lane), taps.vector((3 + x) * panelWidth + lane),
                taps.vector((6 + x) * panelWidth + lane)))
            half.setEight(x * panelWidth + lane, 3 * panelWidth, g)
          }
          for y in 0..<8 {
            let row = half + y * 3 * panelWidth + lane
            let u = U.transformedFilter(
              Three(row.vector(0), row.vector(panelWidth), row.vector(2 * panelWidth)))
            packed.setEight(
              (y * 8 * paddedInputs + input) * panelWidth + lane, paddedInputs * panelWidth,
              u)
          }
          lane += U.lanes
        }
      }
    }
  }
}

extension UnsafeMutablePointer where Pointee == Float {
  /// Writes eight vectors, `stride` floats apart.
  @inlinable @inline(__always)
  func setEight<Vector: SIMD>(_ offset: Int, _ stride: Int, _ e: Eight<Vector>)
  where Vector.Scalar == Float {
    setVector(offset, e.v0)
    setVector(offset + stride, e.v1)
    setVector(offset + 2 * stride, e.v2)
    setVector(offset + 3 * stride, e.v3)
    setVector(offset + 4 * stride, e.v4)
    setVector(offset + 5 * stride, e.v5)
    setVector(offset + 6 * stride, e.v6)
    setVector(offset + 7 * stride, e.v7)
  }

  /// Reads eight vectors, `stride` floats apart.
  @inlinable @inline(__always)
  func eight<Vector: SIMD>(_ offset: Int, _ stride: Int) -> Eight<Vector>
  where Vector.Scalar == Float {
    Eight(
      vector(offset), vector(offset + stride), vector(offset + 2 * stride),
      vector(offset + 3 * stride), vector(offset + 4 * stride), vector(offset + 5 * stride),
      vector(offset + 6 * stride), vector(offset + 7 * stride))
  }
}
