import AdaIN
import CVips
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Jobs, several under way: while the network has one picture, another is decoded or encoded.
///
///     decode ─▶ network ─▶ encode
///               decode  ──────────▶ network ─▶ encode
///
/// The network uses all processors for one picture; two at once would only take each other's place
/// in the caches.
final class Batch: Sendable {
  struct Options: Sendable {
    var controls: Controls
    /// Of contents with several.
    var pages = Picture.Pages.all
    var skipExisting = false
    /// Pictures in the network at once.
    var jobs = 1
  }

  /// Up to this many pixels a picture is decoded whole before the network has it, and encoded after.
  /// A larger one passes through in strips, to bound memory, and has the network for itself.
  private static let largestInMemory = 8 << 20

  private let jobs: [Job]
  private let selections: [StyleSelection]
  private let options: Options
  private let report: Report
  private let next = Atomic<Int>(0)
  private let failures = Atomic<Int>(0)
  private let threads: Int
  /// How many pictures may be under way.
  private let underWay: WeightedSemaphore
  /// How many may be in the network.
  private let network: WeightedSemaphore

  init(_ jobs: [Job], selections: [StyleSelection], options: Options, report: Report) {
    self.jobs = jobs
    self.selections = selections
    self.options = options
    self.report = report
    threads = min(options.jobs + 1, jobs.count)
    underWay = WeightedSemaphore(size: threads)
    network = WeightedSemaphore(size: options.jobs)
  }

  /// - Returns: how many failed.
  func run() -> Int {
    Threads.run(threads) { [self] in
      while true {
        let i = next.add(1, ordering: .relaxed).oldValue
        if i >= jobs.count { return }
        run(i)
      }
    }
    return failures.load(ordering: .relaxed)
  }

  private func run(_ i: Int) {
    let job = jobs[i]
    var claim: Claim?
    if options.skipExisting, case .file(let path, _) = job.output {
      // Another process with the same work may have it under way, or have just ended it.
      if FileName.kind(of: path) == nil { claim = Claim(path) }
      guard claim != nil, FileName.kind(of: path) == nil else {
        report.ended(i, job, .skipped)
        return
      }
    }
    defer { withExtendedLifetime(claim) {} }
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    let began = clock
    do throws(Failure) {
      let made = try stylisedOrAlone(i, job)
      clock_gettime(CLOCK_MONOTONIC, &clock)
      let seconds =
        Double(clock.tv_sec - began.tv_sec) + Double(clock.tv_nsec - began.tv_nsec) / 1e9
      report.ended(i, job, .done(made, seconds: seconds))
    } catch {
      failures.add(1, ordering: .relaxed)
      report.ended(i, job, .failed(error.named(job.inputName, unless: job.outputName)))
    }
  }

  /// libvips keeps one error text for the process, to which all pictures under way add. What failed
  /// is tried once more alone, so that the sentence is its own.
  private func stylisedOrAlone(_ i: Int, _ job: Job) throws(Failure) -> Made {
    do throws(Failure) {
      return try underWay.with(1) { () throws(Failure) in try attempt(i, job) }
    } catch {
      guard threads > 1 else { throw error }
    }
    return try underWay.with(underWay.size) { () throws(Failure) in
      cvips_free(cvips_take_error())
      return try attempt(i, job)
    }
  }

  private func attempt(_ i: Int, _ job: Job) throws(Failure) -> Made {
    let styles = try selections[job.selection].styles.get()
    let content =
      switch job.content {
      case .file(let path): try Picture(path: path, pages: options.pages)
      case .standardInput: try Picture.standardInput(options.pages)
      }
    let name = nameOfResult(content, job)
    let made = Made(
      width: content.width, height: content.height / content.pages, pages: content.pages,
      losesExif: content.hasExif && cvips_holds_exif(name.native) == 0)
    // Before anything is computed: a format without pages would get them as one tall picture.
    guard made.pages == 1 || cvips_holds_pages(name.native) != 0 else {
      let suffix = FileName.stem(of: name).suffix
      throw Failure(
        "has \(made.pages) pages, and a file that ends in '\(suffix)' holds one; give --page, or another format"
      )
    }
    func stylised(_ content: borrowing Picture) throws(Failure) -> Picture {
      try content.stylised(styles, options.controls) { [report] done in
        report.progressed(i, done)
      }
    }
    if content.width * content.height <= Self.largestInMemory {
      let decoded = try content.inMemory()
      let result = try network.with(1) { () throws(Failure) in
        try stylised(decoded).inMemory()
      }
      try write(result, of: content, job)
    } else {
      try network.with(network.size) { () throws(Failure) in
        try write(try stylised(content), of: content, job)
      }
    }
    return made
  }

  /// Whose suffix says the format.
  private func nameOfResult(_ content: borrowing Picture, _ job: Job) -> String {
    switch job.output {
    case .standardOutput(let suffix): "x" + FileName(suffix ?? content.suffix ?? ".png").path
    case .file(let path, _): path
    }
  }

  private func write(
    _ result: borrowing Picture, of content: borrowing Picture, _ job: Job
  ) throws(Failure) {
    switch job.output {
    case .standardOutput(let suffix):
      try result.writeToStandardOutput(suffix: suffix ?? content.suffix ?? ".png")
    case .file(let path, let formatOptions):
      let suffix = FileName.stem(of: path).suffix
      guard cvips_can_write(("x" + suffix).native) != 0 else {
        throw Failure("libvips writes no files that end in '\(suffix)'; give --format")
      }
      let partial = try PartialFile(target: path, suffix: suffix)
      // The content was read when it was stylised: what fails now is the result's.
      do throws(Failure) { try result.write(to: partial.path + formatOptions) } catch {
        throw partial.named(error)
      }
      try partial.publish()
    }
  }
}
