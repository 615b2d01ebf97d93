/// Transforms the inputs of a run of tiles: V = Bᵀ d B.
///
/// Tiles are numbered along the rows of the layer's tile grid. Where a tile's n×n pixels lie (8×8, or
/// 5×5 of a map that is enlarged) is told by tables, so that reflection at the picture's edges and ring
/// buffers of rows cost nothing here.
///
///     input   pixel (i, j) of tile (r, c):  rows[n r + i] + columns[n c + j],  channels innermost
///     output  (channels / 16, n² values, tileStride, 16)
///
/// With a scale and an offset each channel is mapped affinely first: AdaIN, fused. The layer that has
/// them reads its input as it is, not enlarged.
public struct WinogradInput {
  public var form: WinogradForm
  public var rows: UnsafePointer<UnsafePointer<Float>>
  public var columns: UnsafePointer<Int>
  public var tilesPerRow: Int
  public var firstTile: Int
  public var tileCount: Int
  /// A multiple of 16.
  public var channels: Int
  public var scale: UnsafePointer<Float>?
  public var offset: UnsafePointer<Float>?
  public var output: UnsafeMutablePointer<Float>
  public var tileStride: Int

  public init(
    form: WinogradForm, rows: UnsafePointer<UnsafePointer<Float>>, columns: UnsafePointer<Int>,
    tilesPerRow: Int,
    firstTile: Int, tileCount: Int, channels: Int, scale: UnsafePointer<Float>?,
    offset: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>, tileStride: Int
  ) {
    self.form = form
    self.rows = rows
    self.columns = columns
    self.tilesPerRow = tilesPerRow
    self.firstTile = firstTile
    self.tileCount = tileCount
    self.channels = channels
    self.scale = scale
    self.offset = offset
    self.output = output
    self.tileStride = tileStride
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func transform<U: VectorUnit>(_ unit: U.Type) {
    // Bᵀ d of one vector of channels: (n, n) vectors.
    withUnsafeTemporaryAllocation(byteCount: form.tileValues * U.lanes * 4, alignment: 64) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      if let scale, let offset {
        precondition(form == .plain)
        transform(unit, .plain, half) { (pixel: U.Vector, channel: Int) in
          U.multiplyAdd(offset.vector(channel), scale.vector(channel), pixel)
        }
      } else if form == .plain {
        transform(unit, .plain, half) { (pixel: U.Vector, _: Int) in pixel }
      } else {
        transform(unit, .enlarged, half) { (pixel: U.Vector, _: Int) in pixel }
      }
    }
  }

  @inlinable @inline(__always)
  func transform<U: VectorUnit>(
    _ unit: U.Type, _ form: WinogradForm, _ half: UnsafeMutablePointer<Float>,
    _ map: (U.Vector, Int) -> U.Vector
  ) {
    let n = form.values
    let valueStride = tileStride * channelBlock
    var row = firstTile / tilesPerRow
    var column = firstTile - row * tilesPerRow
    for tile in 0..<tileCount {
      let p = rows + n * row
      let (p0, p1, p2, p3, p4) = (p[0], p[1], p[2], p[3], p[4])
      let (p5, p6, p7) = form == .plain ? (p[5], p[6], p[7]) : (p4, p4, p4)
      let q = columns + n * column
      var channel = 0
      while channel < channels {
        let block = channel / channelBlock
        let lane = channel - block * channelBlock
        let out = output + block * form.tileValues * valueStride + tile * channelBlock + lane
        // Neither what is written here nor what is read next lies in the first level of the cache:
        // both are sent for now. Next are the tile's other channels, then the next tile; behind
        // the last one the table ends, and the same tile will do.
        let more = channel + channelBlock < channels
        let nextColumns = more || column + 1 == tilesPerRow ? q : q + n
        let nextChannel = more ? channel + channelBlock : 0
        for j in 0..<n {
          let next = nextColumns[j] + nextChannel
          if lane == 0 {
            U.prefetchOuter(p0 + next)
            U.prefetchOuter(p1 + next)
            U.prefetchOuter(p2 + next)
            U.prefetchOuter(p3 + next)
            U.prefetchOuter(p4 + next)
            if form == .plain {
              U.prefetchOuter(p5 + next)
              U.prefetchOuter(p6 + next)
              U.prefetchOuter(p7 + next)
            }
            for i in 0..<n { U.prefetch(out + (n * i + j) * valueStride) }
          }
          let at = q[j] + channel
          let d = Eight<U.Vector>(
            map(p0.vector(at), channel), map(p1.vector(at), channel),
            map(p2.vector(at), channel), map(p3.vector(at), channel),
            map(p4.vector(at), channel),
            form == .plain ? map(p5.vector(at), channel) : U.splat(0),
            form == .plain ? map(p6.vector(at), channel) : U.splat(0),
            form == .plain ? map(p7.vector(at), channel) : U.splat(0))
          half.setFirst(n, j * U.lanes, n * U.lanes, U.transformedInput(d, form))
        }
        for i in 0..<n {
          let d: Eight<U.Vector> = half.first(n, i * n * U.lanes, U.lanes)
          out.setFirst(n, i * n * valueStride, valueStride, U.transformedInput(d, form))
        }
        channel += U.lanes
      }
      column += 1
      if column == tilesPerRow {
        column = 0
        row += 1
      }
    }
  }
}
