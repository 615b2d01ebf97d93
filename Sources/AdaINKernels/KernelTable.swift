/// The kernels of one instruction set, as values that can be chosen at run time.
///
/// Each call works through a block of tiles or a row of pixels, some microseconds, so that an
/// indirect call costs nothing.
public struct KernelTable: Sendable {
  /// Output channels that `multiply` makes at once, in whose order `packFilter` writes.
  public var groupWidth: Int
  public var packFilter: @Sendable (borrowing WinogradFilter) -> Void
  public var transformInput: @Sendable (borrowing WinogradInput) -> Void
  public var multiply: @Sendable (borrowing WinogradProduct) -> Void
  public var transformOutput: @Sendable (borrowing WinogradOutput) -> Void
  public var blend: @Sendable (borrowing BlendedAffine) -> Void
  public var convolveFirst: @Sendable (borrowing FirstConvolution) -> Void
  public var multiplyTaps: @Sendable (borrowing TapProducts) -> Void
  public var gatherTaps: @Sendable (borrowing TapGather) -> Void
  // Of training alone.
  public var transformGradient: @Sendable (borrowing WinogradGradient) -> Void
  public var multiplyTransposed: @Sendable (borrowing TransposedProduct) -> Void
  public var unpackFilterGradient: @Sendable (borrowing WinogradFilterGradient) -> Void

  public init(
    groupWidth: Int,
    packFilter: @escaping @Sendable (borrowing WinogradFilter) -> Void,
    transformInput: @escaping @Sendable (borrowing WinogradInput) -> Void,
    multiply: @escaping @Sendable (borrowing WinogradProduct) -> Void,
    transformOutput: @escaping @Sendable (borrowing WinogradOutput) -> Void,
    blend: @escaping @Sendable (borrowing BlendedAffine) -> Void,
    convolveFirst: @escaping @Sendable (borrowing FirstConvolution) -> Void,
    multiplyTaps: @escaping @Sendable (borrowing TapProducts) -> Void,
    gatherTaps: @escaping @Sendable (borrowing TapGather) -> Void,
    transformGradient: @escaping @Sendable (borrowing WinogradGradient) -> Void,
    multiplyTransposed: @escaping @Sendable (borrowing TransposedProduct) -> Void,
    unpackFilterGradient: @escaping @Sendable (borrowing WinogradFilterGradient) -> Void
  ) {
    self.groupWidth = groupWidth
    self.packFilter = packFilter
    self.transformInput = transformInput
    self.multiply = multiply
    self.transformOutput = transformOutput
    self.blend = blend
    self.convolveFirst = convolveFirst
    self.multiplyTaps = multiplyTaps
    self.gatherTaps = gatherTaps
    self.transformGradient = transformGradient
    self.multiplyTransposed = multiplyTransposed
    self.unpackFilterGradient = unpackFilterGradient
  }
}

extension KernelTable {
  /// Every kernel, instantiated for one vector unit: inlined into the target that calls it, so that
  /// the instructions are of that target's set.
  @_alwaysEmitIntoClient @inline(__always)
  public init<U: VectorUnit>(_ unit: U.Type) {
    self.init(
      groupWidth: U.groupWidth,
      packFilter: { $0.pack(U.self) },
      transformInput: { $0.transform(U.self) },
      multiply: { $0.multiply(U.self) },
      transformOutput: { $0.transform(U.self) },
      blend: { $0.apply(U.self) },
      convolveFirst: { $0.convolve(U.self) },
      multiplyTaps: { $0.multiply(U.self) },
      gatherTaps: { $0.gather(U.self) },
      transformGradient: { $0.transform(U.self) },
      multiplyTransposed: { $0.multiply(U.self) },
      unpackFilterGradient: { $0.unpack(U.self) })
  }
}
