import AdaINKernels
import AdaINKernelsAVX2
import AdaINKernelsAVX512
import AdaINKernelsBaseline
import AdaINKernelsNEON
import CSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The instruction sets that the kernels exist for, best first.
public enum KernelSet: String, Sendable, CaseIterable {
  /// AVX-512 F, VL and DQ: 16 floats at a time.
  case avx512
  /// AVX2 with FMA: 8 floats at a time.
  case avx2
  /// NEON, on 64-bit Arm: 4 floats at a time, in twice as many registers as the baseline counts on.
  case neon
  /// What every processor has: 4 floats at a time.
  case baseline

  /// Whether processor and operating system offer the set.
  public var isAvailable: Bool {
    switch self {
    case .avx512: csupport_has_avx512() != 0
    case .avx2: csupport_has_avx2() != 0
    case .neon: csupport_has_neon() != 0
    case .baseline: true
    }
  }

  /// The set that this process uses: the best that there is, or the lesser one that the environment
  /// variable `ADAIN_KERNEL` names. Chosen once; a name that is unknown or not available here is
  /// passed over.
  public static let current: KernelSet = {
    if let name = getenv("ADAIN_KERNEL"), let set = KernelSet(rawValue: String(cString: name)),
      set.isAvailable
    {
      return set
    }
    return allCases.first { $0.isAvailable } ?? .baseline
  }()

  package var kernels: KernelTable {
    switch self {
    #if arch(x86_64)
      case .avx512: .avx512
      case .avx2: .avx2
    #elseif arch(arm64)
      case .neon: .neon
    #endif
    default: .baseline
    }
  }
}
