/// The instruction sets that the kernels exist for.
public enum KernelSet: String, Sendable, CaseIterable {
  case avx512, avx2, baseline

  /// The set that this process uses.
  public static var current: KernelSet { .baseline }
}
