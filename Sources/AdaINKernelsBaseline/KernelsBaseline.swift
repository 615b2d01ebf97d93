import AdaINKernels
import CSupport

/// Four lanes and sixteen registers, which every 64-bit processor has: SSE2, or half of NEON on 64-bit Arm.
enum UnitBaseline: VectorUnit {
  typealias Vector = SIMD4<Float>

  @inline(__always)
  static var maximumRows: Int { 6 }

  @inline(__always)
  static func maximum(_ a: Vector, _ b: Vector) -> Vector { csupport_maximum4(a, b) }

  @inline(__always)
  static func multiplyAdd(_ c: Vector, _ a: Vector, _ b: Vector) -> Vector {
    #if arch(arm64)
      c.addingProduct(a, b)
    #else
      // SSE2 has no fused multiply-add; addingProduct would call libm for each lane.
      c + a * b
    #endif
  }
}

extension KernelTable {
  /// Every kernel, instantiated for this instruction set. Call only on a processor that has it.
  public static let baseline = KernelTable(UnitBaseline.self)
}
