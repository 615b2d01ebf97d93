import CSupport

/// The arithmetic that one instruction set offers. Kernels are generic over it; each thin target
/// (`AdaINKernelsAVX512`, …) declares one unit and instantiates every kernel with it, so that the
/// compiler may use that set's instructions there and nowhere else.
public protocol VectorUnit: SendableMetatype {
  associatedtype Vector: SIMD where Vector.Scalar == Float

  /// c + a · b, in one instruction where the set has it, as most have.
  static func multiplyAdd(_ c: Vector, _ a: Vector, _ b: Vector) -> Vector

  /// max(a, b), in one instruction; b where a is not a number.
  static func maximum(_ a: Vector, _ b: Vector) -> Vector

  /// Rows that the matrix kernel keeps in registers: two accumulators each, beside two vectors of
  /// weights and one broadcast.
  static var maximumRows: Int { get }
}

extension VectorUnit {
  @inlinable @inline(__always)
  public static func multiplyAdd(_ c: Vector, _ a: Vector, _ b: Vector) -> Vector { c.addingProduct(a, b) }

  /// Begin to load the cache line at `address`, which need not be valid.
  @inlinable @inline(__always)
  static func prefetch(_ address: UnsafePointer<Float>) { csupport_prefetch(address) }

  /// The same, but only into the second level of the cache: for what is wanted later.
  @inlinable @inline(__always)
  static func prefetchOuter(_ address: UnsafePointer<Float>) { csupport_prefetch_outer(address) }

  /// Nothing, across which the compiler moves no load. Without it, it sends for everything that a loop reads
  /// at once, for which the registers are too few.
  @inlinable @inline(__always)
  static func keepOrder() { csupport_keep_order() }

  /// The address as it is. What is reckoned from it is reckoned anew, rather than carried through a loop in a
  /// register for each of its neighbours, of which there are too few.
  @inlinable @inline(__always)
  static func opaque(_ address: UnsafePointer<Float>) -> UnsafePointer<Float> { csupport_opaque(address) }

  @inlinable @inline(__always)
  static func opaque(_ address: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    UnsafeMutablePointer(mutating: csupport_opaque(address))
  }

  /// Floats in a vector: 16, 8 or 4, always a divisor of `channelBlock`.
  @inlinable @inline(__always)
  static var lanes: Int { Vector.scalarCount }

  /// Output channels that one pass of the matrix kernel makes: two vectors.
  @inlinable @inline(__always)
  static var groupWidth: Int { 2 * lanes }
}

/// Feature maps keep their channels padded to a multiple of this, whatever the instruction set:
/// one vector of the widest set, one cache line.
@inlinable @inline(__always)
public var channelBlock: Int { 16 }

/// The width of a panel of packed weights: what one pass of the matrix kernel makes with the widest set.
@inlinable @inline(__always)
public var panelWidth: Int { 32 }

/// `channels` rounded up to whole blocks.
@inlinable
public func paddedChannels(_ channels: Int) -> Int {
  (channels + channelBlock - 1) / channelBlock * channelBlock
}

/// The number of panels that hold `channels` output channels.
@inlinable
public func panelCount(_ channels: Int) -> Int {
  (channels + panelWidth - 1) / panelWidth
}

extension UnsafePointer where Pointee == Float {
  /// The vector that begins `offset` floats from here, however aligned.
  @inlinable @inline(__always)
  func vector<Vector: SIMD>(_ offset: Int) -> Vector where Vector.Scalar == Float {
    UnsafeRawPointer(self + offset).loadUnaligned(as: Vector.self)
  }
}

extension UnsafeMutablePointer where Pointee == Float {
  @inlinable @inline(__always)
  func vector<Vector: SIMD>(_ offset: Int) -> Vector where Vector.Scalar == Float {
    UnsafeRawPointer(self + offset).loadUnaligned(as: Vector.self)
  }

  @inlinable @inline(__always)
  func setVector<Vector: SIMD>(_ offset: Int, _ value: Vector) where Vector.Scalar == Float {
    UnsafeMutableRawPointer(self + offset).storeBytes(of: value, as: Vector.self)
  }
}
