#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Threads that wait for files and pixels; the network has its own.
enum Threads {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// nil where the system refuses a thread. Whoever has it joins it.
  static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(run))
    let status = pthread_create(
      &thread, nil,
      { body in
        Unmanaged<Body>.fromOpaque(body!).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      body.release()
      return nil
    }
    return thread
  }

  static func detach(_ run: @escaping @Sendable () -> Void) {
    if let thread = start(run) { pthread_detach(thread) }
  }

  /// Run `body` on `count` threads, the caller's among them, and return when all are done. Where the
  /// system refuses a thread the others do the work.
  static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    let others = (1..<max(count, 1)).compactMap { _ in start(body) }
    body()
    for thread in others { pthread_join(thread, nil) }
  }
}
