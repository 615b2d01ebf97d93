#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Frames that are decoded while the ones before are stylised.
final class ReadAhead {
  private let reader: FrameReader
  private let queue = FrameQueue<Frame>()
  private var thread: pthread_t?

  init(_ reader: FrameReader) throws(Failure) {
    self.reader = reader
    let queue = queue
    // The reader is the thread's alone until it is joined.
    nonisolated(unsafe) let frames = reader
    thread = Threads.start {
      do throws(Failure) {
        while let frame = try frames.next(), queue.put(frame) {}
        queue.end()
      } catch { queue.end(error) }
    }
    guard thread != nil else { throw .system(reader.process.name, "cannot be started", EAGAIN) }
  }

  /// nil behind the last one.
  func next() throws(Failure) -> Frame? { try queue.take() }

  /// Behind the last frame: what the decoder said all the same.
  func finish() throws(Failure) -> String? {
    join()
    return try reader.process.finish()
  }

  deinit {
    queue.cancel()
    // A program that waits for its own input would keep the thread waiting.
    if thread != nil { reader.process.stop() }
    join()
  }

  private func join() {
    if let thread { pthread_join(thread, nil) }
    thread = nil
  }
}
