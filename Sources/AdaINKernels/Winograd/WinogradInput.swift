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
        let out = output + (block * form.tileValues * valueStride + tile * channelBlock + lane)
        let (r0, r1, r2, r3) = (
          U.opaque(p0 + channel), U.opaque(p1 + channel), U.opaque(p2 + channel), U.opaque(p3 + channel)
        )
        let (r4, r5, r6, r7) = (
          U.opaque(p4 + channel), U.opaque(p5 + channel), U.opaque(p6 + channel), U.opaque(p7 + channel)
        )
        // Neither what is written here nor what is read next lies in the first level of the cache:
        // both are sent for ahead. Next are the tile's other channels, then the next tile; behind
        // the last one the table ends, and the same tile will do.
        let more = channel + channelBlock < channels
        let nextColumns = more || column + 1 == tilesPerRow ? q : q + n
        let nextChannel = more ? channelBlock : -channel
        for j in 0..<n {
          if lane == 0 {
            let next = nextColumns[j] + nextChannel
            U.prefetchOuter(r0 + next)
            U.prefetchOuter(r1 + next)
            U.prefetchOuter(r2 + next)
            U.prefetchOuter(r3 + next)
            U.prefetchOuter(r4 + next)
            if form == .plain {
              U.prefetchOuter(r5 + next)
              U.prefetchOuter(r6 + next)
              U.prefetchOuter(r7 + next)
            }
          }
          let at = q[j]
          let d = Eight<U.Vector>(
            map(r0.vector(at), channel), map(r1.vector(at), channel),
            map(r2.vector(at), channel), map(r3.vector(at), channel),
            map(r4.vector(at), channel),
            form == .plain ? map(r5.vector(at), channel) : U.splat(0),
            form == .plain ? map(r6.vector(at), channel) : U.splat(0),
            form == .plain ? map(r7.vector(at), channel) : U.splat(0))
          half.setFirst(n, j * U.lanes, n * U.lanes, U.transformedInput(d, form))
        }
        for i in 0..<n {
          let line = U.opaque(out + i * n * valueStride)
          if lane == 0 && i + 1 < n {
            for j in 0..<n { U.prefetch(line + (n + j) * valueStride) }
          }
          let d: Eight<U.Vector> = half.first(n, i * n * U.lanes, U.lanes)
          line.setFirst(n, 0, valueStride, U.transformedInput(d, form))
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
