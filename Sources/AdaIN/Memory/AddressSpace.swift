import CSupport

/// What a limit on the process's address space (`ulimit -v`) leaves.
enum AddressSpace {
  /// Stays free for everybody's small allocations and the stacks of threads: GLib, below libvips, ends
  /// the process when it cannot have 8 bytes, and so does Swift. glibc reserves 64 MB for each thread
  /// that allocates, and libvips may start one for each processor.
  private static let kept = (1 + Int(csupport_processor_count())) * (64 << 20)

  /// Whether `bytes` more leave what is to stay free. Asked before the memory is, as another thread may
  /// want a few bytes while it is held; two threads that ask at once may both hear yes.
  static func hasRoom(for bytes: Int) -> Bool {
    #if os(Linux)
      return csupport_address_space_left() - kept >= bytes
    #else
      return true
    #endif
  }
}
