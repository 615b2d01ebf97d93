import AdaIN

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Stylised frames that are smoothed and encoded while the next ones are stylised.
final class WriteBehind {
  /// What smoothing and encoding want of a frame.
  struct Made {
    let content: Pixels
    let result: Pixels
    let fragment: MovieFragment
  }

  private let writer: FrameWriter
  private let queue = FrameQueue<Made>()
  private let outcome = Outcome()
  private var thread: pthread_t?

  /// The thread's own until it is joined.
  private final class Outcome: @unchecked Sendable { var failure: Failure? }

  /// - Parameter smoothing: of `TemporalSmoothing`.
  init(_ writer: FrameWriter, width: Int, height: Int, smoothing: Float) throws(Failure) {
    self.writer = writer
    let smoother: TemporalSmoothing
    do throws(AdaINError) {
      smoother = try TemporalSmoothing(width: width, height: height, amount: smoothing)
    } catch { throw Failure(error.message) }
    let (queue, outcome) = (queue, outcome)
    // Both are the thread's alone until it is joined.
    nonisolated(unsafe) let (encoder, filter) = (writer, smoother)
    thread = Threads.start {
      do throws(Failure) {
        while let made = try queue.take() {
          do throws(AdaINError) {
            try withExtendedLifetime(made) { () throws(AdaINError) in
              try filter.smooth(content: made.content.view, stylised: made.result.view)
            }
          } catch { throw Failure(error.message) }
          try encoder.write(made.result, as: made.fragment)
        }
      } catch {
        outcome.failure = error
        // Whoever waits for a place, waits no longer.
        queue.cancel()
      }
    }
    guard thread != nil else { throw .system(writer.process.name, "cannot be started", EAGAIN) }
  }

  /// - Throws: what failed with a frame before.
  func put(_ made: Made) throws(Failure) {
    if !queue.put(made) { try join() }
  }

  /// Behind the last frame.
  func finish() throws(Failure) {
    queue.end()
    try join()
    _ = try writer.process.finish()
  }

  deinit {
    queue.end()
    queue.cancel()
    if thread != nil { writer.process.stop() }
    try? join()
  }

  /// - Throws: what failed in the thread.
  private func join() throws(Failure) {
    if let thread { pthread_join(thread, nil) }
    thread = nil
    if let failure = outcome.failure { throw failure }
  }
}
