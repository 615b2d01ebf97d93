#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How long each stage of the network worked in a call, for benchmarks: `RunOptions.clock`.
///
/// A stage's time is that of its steps on all threads, from the first thread's start to the last
/// one's end. One clock is for one call at a time.
package final class StageClock: @unchecked Sendable {
  /// Seconds by the stage's name: the layer's in the weights file, `pixels` or `features`.
  package private(set) var seconds: [String: Double] = [:]

  package init() {}

  package static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  func add(_ name: String, since start: Double) {
    seconds[name, default: 0] += Self.now - start
  }
}
