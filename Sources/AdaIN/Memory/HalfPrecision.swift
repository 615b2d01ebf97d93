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

/// A single rounded to the nearest half, ties to even; beyond the largest half, 65504, to that: a
/// feature map has no infinities to tell.
@inline(__always)
func halfBits(_ value: Float) -> UInt16 {
  let sign = value.bitPattern >> 16 & 0x8000
  let magnitude = min(value.bitPattern & 0x7FFF_FFFF, 0x477F_E000)
  // Half of the dropped bits' range less one, and one more where the kept part is odd.
  let rounded = magnitude &+ 0x0FFF &+ (magnitude >> 13 & 1)
  let normal = (rounded >> 13) &- (112 << 10)
  // Below 2⁻¹⁴ halves are subnormal; added to 1/2, whose last bit weighs as much as theirs, the sum
  // is rounded where they would be.
  let subnormal = (Float(bitPattern: magnitude) + 0.5).bitPattern &- 0x3F00_0000
  return UInt16(truncatingIfNeeded: sign | (magnitude < 0x3880_0000 ? subnormal : normal))
}

func roundToHalf(
  _ values: UnsafePointer<Float>, into halves: UnsafeMutablePointer<UInt16>, count: Int
) {
  for i in 0..<count { halves[i] = halfBits(values[i]) }
}

func widenHalves(
  _ halves: UnsafePointer<UInt16>, into values: UnsafeMutablePointer<Float>, count: Int
) {
  for i in 0..<count { values[i] = singlePrecision(halfBits: halves[i]) }
}
