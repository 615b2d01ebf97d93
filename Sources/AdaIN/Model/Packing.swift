#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When the weights are packed for the kernels. The pixels are the same.
public enum Packing: Sendable {
  /// Once, when the model is made: fast, and 161 MB for the default model.
  case once
  /// A panel of 32 output channels at a time, for each block of tiles anew: less memory, more time.
  case perBlock

  /// What this process uses: `perBlock` when the environment variable `ADAIN_LOW_MEMORY` is 1.
  public static let current: Packing = {
    if let value = getenv("ADAIN_LOW_MEMORY"), String(cString: value) == "1" { return .perBlock }
    return .once
  }()
}
