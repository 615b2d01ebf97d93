// On other architectures this target is empty.
#if arch(x86_64)
  import AdaINKernels
  import CSupport

  /// AVX-512: 32 registers of 16 floats; 28 sums, two vectors of weights and a broadcast fill 31.
  enum UnitAVX512: VectorUnit {
    typealias Vector = SIMD16<Float>

    @inline(__always)
    static var maximumRows: Int { 14 }

    @inline(__always)
    static func maximum(_ a: Vector, _ b: Vector) -> Vector { csupport_maximum16(a, b) }
  }

  extension KernelTable {
    /// Every kernel, instantiated for this instruction set. Call only on a processor that has it.
    public static let avx512 = KernelTable(UnitAVX512.self)
  }
#endif
