import AdaINKernels
import Synchronization

/// What a stage runs with: kernels, threads, and scratch memory for each thread.
package final class Executor {
  package let kernels: KernelTable
  let limit: ThreadPool.Limit
  let clock: StageClock?
  private var scratch: [AlignedBuffer] = []

  package convenience init(kernels: KernelTable, threads: Int) {
    self.init(kernels: kernels, threads: threads, clock: nil)
  }

  init(kernels: KernelTable, threads: Int, clock: StageClock?) {
    self.kernels = kernels
    self.clock = clock
    limit = threads == 0 ? .shared(ProcessorCount.available) : .exactly(threads)
  }

  package var threads: Int { limit.threads }

  /// Make room for `count` floats of scratch for each thread. Call before the first stage runs.
  package func reserve(_ count: Int) throws(AdaINError) {
    if let first = scratch.first, first.count >= count { return }
    scratch = []
    for _ in 0..<threads {
      scratch.append(try AlignedBuffer("scratch memory of a thread", count: count, recycled: true))
    }
  }

  /// The scratch memory of the thread in `slot`.
  package func scratch(_ slot: Int) -> UnsafeMutablePointer<Float> { scratch[slot].floats }

  /// `body(item, slot)` for every item, on all threads.
  package func run(count: Int, _ body: (_ item: Int, _ slot: Int) -> Void) {
    ThreadPool.shared.run(count: count, limit: limit, body)
  }

  /// The same where items can fail. All are run; the error of the lowest is thrown, whatever the threads.
  func tryRun(
    count: Int, _ body: (_ item: Int, _ slot: Int) throws(AdaINError) -> Void
  ) throws(AdaINError) {
    let failure = Mutex<(item: Int, error: AdaINError)?>(nil)
    run(count: count) { item, slot in
      do throws(AdaINError) { try body(item, slot) } catch {
        failure.withLock { if item < $0?.item ?? .max { $0 = (item, error) } }
      }
    }
    if let (_, error) = failure.withLock({ $0 }) { throw error }
  }
}
