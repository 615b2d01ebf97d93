/// Packs the filters of one panel of 32 output channels: U = G g Gᵀ.
///
///     filters  (outputs, inputs, 3, 3)                 as in the weights file
///     packed   (64 products, groups, padded inputs, outputs of a group)   the panel's part;
///              49 products when enlarged
///
/// A group is what the matrix kernel makes at once: two vectors of outputs, of which AVX-512 has one group
/// a panel, AVX2 two. So a kernel reads its filters without gaps, and those of 256 inputs stay in the first
/// level of the cache.
///
/// Inputs and outputs beyond the layer's own are zero, so the kernels need no special case.
public struct WinogradFilter {
  public var form: WinogradForm
  public var filters: UnsafePointer<Float>
  public var inputs: Int
  public var outputs: Int
  public var panel: Int
  public var packed: UnsafeMutablePointer<Float>

  public init(
    form: WinogradForm, filters: UnsafePointer<Float>, inputs: Int, outputs: Int, panel: Int,
    packed: UnsafeMutablePointer<Float>
  ) {
    self.form = form
    self.filters = filters
    self.inputs = inputs
    self.outputs = outputs
    self.panel = panel
    self.packed = packed
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func pack<U: VectorUnit>(_ unit: U.Type) {
    if form == .plain { pack(unit, .plain) } else { pack(unit, .enlarged) }
  }

  @inlinable @inline(__always)
  func pack<U: VectorUnit>(_ unit: U.Type, _ form: WinogradForm) {
    let n = form.products
    let paddedInputs = paddedChannels(inputs)
    let firstOutput = panel * panelWidth
    let columns = min(panelWidth, outputs - firstOutput)
    // The panel's filters for one input channel, channels innermost: (9 taps, 32).
    withUnsafeTemporaryAllocation(byteCount: (9 + 24) * panelWidth * 4, alignment: 64) { memory in
      let taps = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      // G g for each of the filter's three columns: (n, 3, 32).
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
                taps.vector((6 + x) * panelWidth + lane)), form)
            half.setFirst(n, x * panelWidth + lane, 3 * panelWidth, g)
          }
          for y in 0..<n {
            let row = half + y * 3 * panelWidth + lane
            let u = U.transformedFilter(
              Three(row.vector(0), row.vector(panelWidth), row.vector(2 * panelWidth)), form)
            let (group, column) = lane.quotientAndRemainder(dividingBy: U.groupWidth)
            let at =
              (y * n * panelWidth + group * U.groupWidth) * paddedInputs + input * U.groupWidth + column
            packed.setFirst(n, at, paddedInputs * panelWidth, u)
          }
          lane += U.lanes
        }
      }
    }
  }
}
