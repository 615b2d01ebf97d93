/// Whole blocks of channels as vectors: rows of maps begin on cache lines.
typealias Block = SIMD16<Float>

extension UnsafeMutablePointer where Pointee == Float {
  var blocks: UnsafeMutablePointer<Block> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Block.self)
  }
}
