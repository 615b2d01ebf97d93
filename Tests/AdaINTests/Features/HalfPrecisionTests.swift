import Testing

@testable import AdaIN

/// Against the language's own half-precision type.
@Suite("Half precision") struct HalfPrecisionTests {
  @Test("every half comes back as itself")
  func exact() {
    for bits in UInt16.min...UInt16.max where Float16(bitPattern: bits).isFinite {
      #expect(singlePrecision(halfBits: bits) == Float(Float16(bitPattern: bits)))
      #expect(halfBits(singlePrecision(halfBits: bits)) == bits)
    }
  }

  @Test("between halves the nearest is taken, of two as near the even one")
  func rounding() {
    for bits in UInt16(0)..<0x7BFF {
      let low = Float(Float16(bitPattern: bits))
      let high = Float(Float16(bitPattern: bits + 1))
      let middle = low + (high - low) / 2
      for value in [middle.nextDown, middle, middle.nextUp, -middle] {
        #expect(halfBits(value) == Float16(value).bitPattern)
      }
    }
  }

  @Test("what is too large becomes the largest half", arguments: [65520, 1e6, Float.infinity])
  func saturation(_ value: Float) {
    #expect(singlePrecision(halfBits: halfBits(value)) == 65504)
    #expect(singlePrecision(halfBits: halfBits(-value)) == -65504)
  }
}
