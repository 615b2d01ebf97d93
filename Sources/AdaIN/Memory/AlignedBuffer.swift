#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Floats that begin on a cache line. Unlike Swift's own allocations, which trap, one that cannot
/// be had is an error.
///
/// The contents are not initialised unless asked for. Whoever shares a buffer among threads sees
/// to it that they write disjoint parts.
package final class AlignedBuffer: @unchecked Sendable {
  package let floats: UnsafeMutablePointer<Float>
  package let count: Int

  /// From here on buffers are mapped page by page, so that freeing them gives the memory back at
  /// once, and may use huge pages, which a stream through many megabytes wants.
  private static let mappedBytes = 1 << 20

  /// From here on buffers that may be recycled are mapped. `BufferCache` keeps mapped memory only, and
  /// a call in which nearly all buffers come from it cannot fail for want of memory that the call before had.
  private static let recycledBytes = 1 << 16

  private let mappedLength: Int
  private let recycled: Bool

  /// - Parameters:
  ///   - what: names the buffer in the error's sentence.
  ///   - recycled: the memory may come from `BufferCache`, and goes there afterwards: for what
  ///     lives as long as one call.
  package init(
    _ what: String, count: Int, zeroed: Bool = false, recycled: Bool = false
  ) throws(AdaINError) {
    self.recycled = recycled
    let (bytes, overflow) = max(count, 1).multipliedReportingOverflow(by: 4)
    func refused() -> AdaINError {
      AdaINError(
        .memory,
        "\(what): \(overflow ? "more than addressable" : "\(bytes)") bytes of memory could not be had")
    }
    guard !overflow, bytes < Int.max / 2 else { throw refused() }
    if bytes >= (recycled ? Self.recycledBytes : Self.mappedBytes) {
      if recycled, let (memory, length) = BufferCache.take(bytes) {
        if zeroed { memset(memory, 0, bytes) }
        floats = memory.assumingMemoryBound(to: Float.self)
        mappedLength = length
      } else {
        let length = recycled ? BufferCache.rounded(bytes) : bytes
        guard AddressSpace.hasRoom(for: length) else { throw refused() }
        let memory = mmap(
          nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else { throw refused() }
        #if os(Linux)
          madvise(memory, length, MADV_HUGEPAGE)
        #endif
        floats = memory.assumingMemoryBound(to: Float.self)
        mappedLength = length
      }
    } else {
      var memory: UnsafeMutableRawPointer?
      guard posix_memalign(&memory, 64, bytes) == 0, let memory else { throw refused() }
      if zeroed { memset(memory, 0, bytes) }
      floats = memory.assumingMemoryBound(to: Float.self)
      mappedLength = 0
    }
    self.count = count
  }

  deinit {
    if mappedLength > 0 && recycled {
      BufferCache.give(floats, length: mappedLength)
    } else if mappedLength > 0 {
      munmap(floats, mappedLength)
    } else {
      free(floats)
    }
  }
}
