// On other architectures this target is empty.
#if arch(arm64)
  import AdaINKernels
  import CSupport

  /// NEON: 32 registers of 4 floats. 20 sums, two vectors of weights and the tiles' values in single lanes,
  /// from which they are multiplied without being spread over a register first. With eleven rows sums were
  /// put on the stack.
  enum UnitNEON: VectorUnit {
    typealias Vector = SIMD4<Float>

    @inline(__always)
    static var maximumRows: Int { 10 }

    @inline(__always)
    static func maximum(_ a: Vector, _ b: Vector) -> Vector { csupport_maximum4(a, b) }
  }

  extension KernelTable {
    /// Every kernel, instantiated for this instruction set.
    public static let neon = KernelTable(UnitNEON.self)
  }
#endif
