/// The gradients of one panel's filters from those of their transforms: dg = Gᵀ dU G, the adjoint of
/// `WinogradFilter`.
///
///     transformed  (64 products, padded inputs, 32)  the panel's part; 49 products when enlarged
///     filters      (outputs, inputs, 3, 3)           as in the weights file; the panel's outputs are written
public struct WinogradFilterGradient {
  public var form: WinogradForm
  public var transformed: UnsafePointer<Float>
  public var inputs: Int
  public var outputs: Int
  public var panel: Int
  public var filters: UnsafeMutablePointer<Float>

  public init(
    form: WinogradForm, transformed: UnsafePointer<Float>, inputs: Int, outputs: Int, panel: Int,
    filters: UnsafeMutablePointer<Float>
  ) {
    self.form = form
    self.transformed = transformed
    self.inputs = inputs
    self.outputs = outputs
    self.panel = panel
    self.filters = filters
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func unpack<U: VectorUnit>(_ unit: U.Type) {
    if form == .plain { unpack(unit, .plain) } else { unpack(unit, .enlarged) }
  }

  @inlinable @inline(__always)
  func unpack<U: VectorUnit>(_ unit: U.Type, _ form: WinogradForm) {
    let n = form.products
    let productStride = paddedChannels(inputs) * panelWidth
    let firstOutput = panel * panelWidth
    let columns = min(panelWidth, outputs - firstOutput)
    // Gᵀ dU of one vector of outputs, (3, n), and the panel's filters for one input, (9, 32).
    withUnsafeTemporaryAllocation(byteCount: (3 * n * U.lanes + 9 * panelWidth) * 4, alignment: 64) {
      memory in
      let taps = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      let half = taps + 9 * panelWidth
      for input in 0..<inputs {
        var lane = 0
        while lane < panelWidth {
          let from = transformed + input * panelWidth + lane
          for j in 0..<n {
            let g = U.adjointFilter(from.first(n, j * productStride, n * productStride), form)
            half.setVector((0 * n + j) * U.lanes, g.v0)
            half.setVector((1 * n + j) * U.lanes, g.v1)
            half.setVector((2 * n + j) * U.lanes, g.v2)
          }
          for i in 0..<3 {
            let g = U.adjointFilter(half.first(n, i * n * U.lanes, U.lanes), form)
            taps.setVector((3 * i + 0) * panelWidth + lane, g.v0)
            taps.setVector((3 * i + 1) * panelWidth + lane, g.v1)
            taps.setVector((3 * i + 2) * panelWidth + lane, g.v2)
          }
          lane += U.lanes
        }
        for column in 0..<columns {
          let g = filters + ((firstOutput + column) * inputs + input) * 9
          for tap in 0..<9 { g[tap] = taps[tap * panelWidth + column] }
        }
      }
    }
  }
}

extension VectorUnit {
  @inlinable @inline(__always)
  static func adjointFilter(_ u: Eight<Vector>, _ form: WinogradForm) -> Three<Vector> {
    form == .plain ? adjointPlainFilter(u) : adjointEnlargedFilter(u)
  }

  /// Gᵀ u, the adjoint of `plainFilter`.
  @inlinable @inline(__always)
  static func adjointPlainFilter(_ u: Eight<Vector>) -> Three<Vector> {
    let sum1 = (u.v1 + u.v2) * splat(-2 / 9)
    let sum2 = u.v3 + u.v4
    let sumHalf = u.v5 + u.v6
    let outer = u.v1 - u.v2
    let middle = multiplyAdd(
      multiplyAdd(outer * splat(-2 / 9), splat(1 / 45), u.v3 - u.v4), splat(16 / 45), u.v5 - u.v6)
    return Three(
      multiplyAdd(multiplyAdd(u.v0 + sum1, splat(1 / 90), sum2), splat(32 / 45), sumHalf),
      middle,
      multiplyAdd(multiplyAdd(u.v7 + sum1, splat(2 / 45), sum2), splat(8 / 45), sumHalf))
  }

  /// G′ᵀ u, the adjoint of `enlargedFilter`.
  @inlinable @inline(__always)
  static func adjointEnlargedFilter(_ u: Eight<Vector>) -> Three<Vector> {
    let all = u.v1 * splat(-2 / 9)
    let late = multiplyAdd(u.v2 * splat(1 / 45), splat(16 / 45), u.v4)
    let early = multiplyAdd(u.v3 * splat(1 / 90), splat(32 / 45), u.v5)
    return Three(
      multiplyAdd(multiplyAdd((u.v0 + all) + early, splat(1 / 180), u.v2), splat(64 / 45), u.v4),
      (all + late) + early,
      multiplyAdd(multiplyAdd((u.v6 + all) + late, splat(2 / 45), u.v3), splat(8 / 45), u.v5))
  }
}
