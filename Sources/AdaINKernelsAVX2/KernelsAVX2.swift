// On other architectures this target is empty.
#if arch(x86_64)
  import AdaINKernels
  import CSupport

  /// AVX2 with FMA: 16 registers of 8 floats; 12 sums, two vectors of weights and a broadcast fill 15.
  enum UnitAVX2: VectorUnit {
    typealias Vector = SIMD8<Float>

    @inline(__always)
    static var maximumRows: Int { 6 }

    @inline(__always)
    static func maximum(_ a: Vector, _ b: Vector) -> Vector { csupport_maximum8(a, b) }
  }

  extension KernelTable {
    /// Every kernel, instantiated for this instruction set. Call only on a processor that has it.
    public static let avx2 = KernelTable(UnitAVX2.self)
  }
#endif
