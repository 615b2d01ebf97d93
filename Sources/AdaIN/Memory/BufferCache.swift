import CSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Mapped memory that was used before and will be again: the bands of one picture serve the next,
/// without the system's having to clear tens of megabytes in between, which takes it several
/// per cent of a small picture's time.
enum BufferCache {
  private struct Region: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer
    let length: Int
  }

  /// What is kept at most, in bytes: all that one picture of four megapixels needs on two threads.
  static let limit = 256 << 20

  /// A region's length for a buffer of `length` bytes: rounded up a little, so that the bands of the
  /// encoder's layers and those of the decoder's, which are nearly as large, can be one region.
  static func rounded(_ length: Int) -> Int {
    let step = 1 << max(12, Int.bitWidth - length.leadingZeroBitCount - 3)
    return (length + step - 1) / step * step
  }

  private static let regions = ProcessLock<[Region]>(.buffers, [])

  static func finishGlobals() { _ = regions }

  /// A kept region of at least `length` bytes; nil when none fits. Of those from `length` to 2 · `length` it is
  /// the smallest. Without one of these it is the largest from `length` / 2 on, which is made larger where the
  /// system can do that. Its contents are whatever they were.
  static func take(_ length: Int) -> (memory: UnsafeMutableRawPointer, length: Int)? {
    func better(_ a: Region, than b: Region) -> Bool {
      a.length >= length && b.length >= length ? a.length < b.length : a.length > b.length
    }
    let region: Region? = regions.withLock { regions in
      var best: Int?
      for i in regions.indices
      where (canGrow ? length / 2...2 * length : length...2 * length)
        .contains(regions[i].length)
      {
        if best == nil || better(regions[i], than: regions[best!]) { best = i }
      }
      return best.map { regions.remove(at: $0) }
    }
    guard let region else { return nil }
    if region.length >= length { return (region.memory, region.length) }
    return grown(region, to: rounded(length)).map { ($0, rounded(length)) }
  }

  #if os(Linux)
    private static let canGrow = true

    /// The region with more memory behind it, moved if need be: what it has need not be cleared again.
    private static func grown(_ region: Region, to length: Int) -> UnsafeMutableRawPointer? {
      let memory =
        AddressSpace.hasRoom(for: length - region.length)
        ? csupport_grow_mapping(region.memory, region.length, length) : nil
      if memory == nil { munmap(region.memory, region.length) }
      return memory
    }
  #else
    private static let canGrow = false

    private static func grown(_ region: Region, to length: Int) -> UnsafeMutableRawPointer? { nil }
  #endif

  /// Give all that is kept back to the system: what follows needs other sizes.
  static func empty() {
    let dropped = regions.withLock { regions in
      defer { regions = [] }
      return regions
    }
    for region in dropped { munmap(region.memory, region.length) }
  }

  /// Keep a region for later, or give it, or others in its stead, back to the system.
  static func give(_ memory: UnsafeMutableRawPointer, length: Int) {
    // One that can never be kept takes no other's place.
    guard length <= limit else {
      munmap(memory, length)
      return
    }
    let region = Region(memory: memory, length: length)
    var dropped: [Region] = []
    dropped = regions.withLock { regions in
      var dropped: [Region] = []
      regions.append(region)
      // The oldest go first: the newest have the sizes that are in use.
      while regions.reduce(0, { $0 + $1.length }) > limit { dropped.append(regions.removeFirst()) }
      return dropped
    }
    for region in dropped { munmap(region.memory, region.length) }
  }
}
