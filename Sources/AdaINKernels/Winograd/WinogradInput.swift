/// Transforms the inputs of a run of tiles: V = Bᵀ d B.
///
/// Tiles are numbered along the rows of the layer's tile grid. Where a tile's 8×8 pixels lie is
/// told by tables, so that reflection at the picture's edges, nearest-neighbour enlargement and
/// ring buffers of rows cost nothing here.
///
///     input   pixel (i, j) of tile (r, c):  rows[8 r + i] + columns[8 c + j],  channels innermost
///     output  (channels / 16, 64 positions, tileStride, 16)
///
/// With a scale and an offset each channel is mapped affinely first: AdaIN, fused.
public struct WinogradInput {
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
    rows: UnsafePointer<UnsafePointer<Float>>, columns: UnsafePointer<Int>, tilesPerRow: Int,
    firstTile: Int, tileCount: Int, channels: Int, scale: UnsafePointer<Float>?,
    offset: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>, tileStride: Int
  ) {
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
    // Bᵀ d of one vector of channels: (8, 8) vectors.
    withUnsafeTemporaryAllocation(byteCount: 64 * U.lanes * 4, alignment: 64) { memory in
      let half = memory.baseAddress!.assumingMemoryBound(to: Float.self)
      if let scale, let offset {
        transform(unit, half) { (pixel: U.Vector, channel: Int) in
          U.multiplyAdd(offset.vector(channel), scale.vector(channel), pixel)
        }
      } else {
        transform(unit, half) { (pixel: U.Vector, _: Int) in pixel }
      }
    }
  }

  @inlinable @inline(__always)
  func transform<U: VectorUnit>(
    _ unit: U.Type, _ half: UnsafeMutablePointer<Float>, _ map: (U.Vector, Int) -> U.Vector
  ) {
    let positionStride = tileStride * channelBlock
    var row = firstTile / tilesPerRow
    var column = firstTile - row * tilesPerRow
    for tile in 0..<tileCount {
      let p = rows + 8 * row
      let (p0, p1, p2, p3) = (p[0], p[1], p[2], p[3])
      let (p4, p5, p6, p7) = (p[4], p[5], p[6], p[7])
      let q = columns + 8 * column
      var channel = 0
      while channel < channels {
        let block = channel / channelBlock
        let lane = channel - block * channelBlock
        let out = output + block * tilePositions * positionStride + tile * channelBlock + lane
        // Neither what is written here nor what is read next lies in the first level of the cache:
        // both are sent for now. Next are the tile's other channels, then the next tile; behind
        // the last one the table ends, and the same tile will do.
        let more = channel + U.lanes < channels
        let nextColumns = more || column + 1 == tilesPerRow ? q : q + 8
        let nextChannel = more ? channel + U.lanes : 0
        for j in 0..<8 {
          let next = nextColumns[j] + nextChannel
          U.prefetchOuter(p0 + next)
          U.prefetchOuter(p1 + next)
          U.prefetchOuter(p2 + next)
          U.prefetchOuter(p3 + next)
          U.prefetchOuter(p4 + next)
          U.prefetchOuter(p5 + next)
          U.prefetchOuter(p6 + next)
          U.prefetchOuter(p7 + next)
          for i in 0..<8 { U.prefetch(out + (8 * i + j) * positionStride) }
          let at = q[j] + channel
          let d = Eight<U.Vector>(
            map(p0.vector(at), channel), map(p1.vector(at), channel),
            map(p2.vector(at), channel), map(p3.vector(at), channel),
            map(p4.vector(at), channel), map(p5.vector(at), channel),
            map(p6.vector(at), channel), map(p7.vector(at), channel))
          half.setEight(j * U.lanes, 8 * U.lanes, U.transformedInput(d))
        }
        for i in 0..<8 {
          let d: Eight<U.Vector> = half.eight(i * 8 * U.lanes, U.lanes)
          out.setEight(i * 8 * positionStride, positionStride, U.transformedInput(d))
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
