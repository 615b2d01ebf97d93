/// IEEE 754 half precision to single, exactly. Written on the bits, without a branch, so that it
/// becomes vector code on every instruction set.
@inline(__always)
func singlePrecision(halfBits half: UInt16) -> Float {
  let sign = UInt32(half & 0x8000) << 16
  let magnitude = UInt32(half & 0x7FFF) << 13
  // The exponent's bias differs by 112; as a product, this makes subnormal halves normal.
  let scaled = Float(bitPattern: magnitude) * Float(bitPattern: 0x7780_0000)  // 2^112
  // Infinities and NaNs had the largest exponent and need the largest again.
  let special: UInt32 = magnitude >= 0x0F80_0000 ? 0x7F80_0000 : 0
  return Float(bitPattern: sign | scaled.bitPattern | special)
}
