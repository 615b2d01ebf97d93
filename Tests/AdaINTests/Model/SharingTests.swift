import Foundation
import Testing

@testable import AdaIN

/// One model, one style and one content shared by eight threads. `make tsan` runs this suite under
/// ThreadSanitizer, and again with a race planted, which that must find.
///
/// The threads are POSIX threads: ThreadSanitizer does not see through Foundation's.
@Suite("Sharing", .serialized) struct SharingTests {
  @Test("200 rectangles on 8 threads are those of one")
  func rectangles() throws {
    let model = try ModelTests.model()
    let (width, height) = (120, 90)
    let picture = try ModelTests.picture(width, height)
    let style = try picture.with { try model.style(of: $0) }
    let content = try picture.with { try model.analyse($0) }
    let whole = try ModelTests.stylise(model, picture, style, RunOptions(threads: 1))

    let wrong = onThreads(8) { thread in
      var random = SeededRandom(UInt64(thread))
      var wrong = 0
      for i in 0..<25 {
        let x = Int.random(in: 0..<width, using: &random)
        let y = Int.random(in: 0..<height, using: &random)
        guard
          let part = try? OwnedPicture(
            width: .random(in: 1...width - x, using: &random),
            height: .random(in: 1...height - y, using: &random), format: .uint8)
        else { return 1 }
        part.with { view in
          do {
            try content.render(
              style: style, options: RunOptions(threads: i % 3), x: x, y: y, into: view)
          } catch {
            wrong += 1
          }
          for row in 0..<view.height {
            let begin = 3 * ((y + row) * width + x)
            let expected = whole[begin..<begin + 3 * view.width]
            let made = part.bytes[3 * row * view.width..<3 * (row + 1) * view.width]
            if !made.elementsEqual(expected) { wrong += 1 }
          }
        }
      }
      return wrong
    }
    #expect(wrong == 0)
  }

  @Test("models and styles may be made at once")
  func making() throws {
    let wrong = onThreads(8) { thread in
      guard let model = try? ModelTests.model(), let picture = try? ModelTests.picture(40, 30),
        let style = try? picture.with({ try model.style(of: $0) }),
        (try? ModelTests.stylise(model, picture, style)) != nil
      else { return 1 }
      return 0
    }
    #expect(wrong == 0)
  }

  @Test(
    "a planted race", .enabled(if: ProcessInfo.processInfo.environment["ADAIN_PLANT_RACE"] != nil))
  func planted() {
    nonisolated(unsafe) let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    counter.initialize(to: 0)
    _ = onThreads(2) { _ in
      for _ in 0..<1000 { counter.pointee += 1 }
      return 0
    }
    print("planted: \(counter.pointee)")
    counter.deallocate()
  }
}

/// Run `body(0) … body(count − 1)` on as many POSIX threads; the sum of what they return.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Int) -> Int {
  final class Job {
    let index: Int
    let body: @Sendable (Int) -> Int
    var result = 0
    init(_ index: Int, _ body: @escaping @Sendable (Int) -> Int) {
      self.index = index
      self.body = body
    }
  }
  let jobs = (0..<count).map { Job($0, body) }
  let threads = jobs.map { job in
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        let job = Unmanaged<Job>.fromOpaque(argument!).takeUnretainedValue()
        job.result = job.body(job.index)
        return nil
      }, Unmanaged.passUnretained(job).toOpaque())
    return thread
  }
  for thread in threads { pthread_join(thread, nil) }
  return withExtendedLifetime(jobs) { jobs.reduce(0) { $0 + $1.result } }
}
