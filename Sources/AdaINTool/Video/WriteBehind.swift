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
  /// Ends with the last frame, or with what failed.
  private let written = FrameQueue<Never>()
  private var thread: pthread_t?

  /// - Parameter smoothing: of `TemporalSmoothing`.
  init(_ writer: FrameWriter, width: Int, height: Int, smoothing: Float) throws(Failure) {
    self.writer = writer
    let smoother: TemporalSmoothing
    do throws(AdaINError) {
      smoother = try TemporalSmoothing(width: width, height: height, amount: smoothing)
    } catch { throw Failure(error.message) }
    let (queue, written) = (queue, written)
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
        written.end()
      } catch {
        // Whoever waits for a place, waits no longer.
        written.end(error)
        queue.cancel()
      }
    }
    guard thread != nil else { throw .system(writer.process.name, "cannot be started", EAGAIN) }
  }

  /// - Throws: what failed with a frame before.
  func put(_ made: Made) throws(Failure) {
    if !queue.put(made) { _ = try written.take() }
  }

  /// Behind the last frame.
  func finish() throws(Failure) {
    queue.end()
    join()
    _ = try written.take()
    _ = try writer.process.finish()
  }

  deinit {
    queue.end()
    queue.cancel()
    if thread != nil { writer.process.stop() }
    join()
  }

  private func join() {
    if let thread { pthread_join(thread, nil) }
    thread = nil
  }
}
