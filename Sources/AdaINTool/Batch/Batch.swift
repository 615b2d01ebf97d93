import AdaIN
import CVips
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Jobs done several at a time: while the network has one picture, others are decoded and encoded.
final class Batch: Sendable {
  struct Options: Sendable {
    var strength = 1.0
    /// A weights file; nil for the model inside.
    var model: String?
    var skipExisting = false
    /// Pictures under way at once.
    var jobs = 2
  }

  /// Pixels under way at once: a gibibyte of feature maps.
  private static let pixels = 32 << 20

  private let jobs: [Job]
  private let looks: [Look]
  private let options: Options
  private let report: Report
  private let next = Atomic<Int>(0)
  private let failures = Atomic<Int>(0)
  private let room = Room(size: Batch.pixels)

  init(_ jobs: [Job], looks: [Look], options: Options, report: Report) {
    self.jobs = jobs
    self.looks = looks
    self.options = options
    self.report = report
  }

  /// - Returns: how many failed.
  func run() -> Int {
    Threads.run(min(options.jobs, jobs.count)) { [self] in
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
    if options.skipExisting, case .file(let path, _) = job.output, FileName.kind(of: path) != nil {
      report.ended(i, job, .skipped)
      return
    }
    var clock = timespec()
    clock_gettime(CLOCK_MONOTONIC, &clock)
    let began = clock
    do throws(Failure) {
      let size = try carryOutTwice(i, job)
      clock_gettime(CLOCK_MONOTONIC, &clock)
      let seconds =
        Double(clock.tv_sec - began.tv_sec) + Double(clock.tv_nsec - began.tv_nsec) / 1e9
      report.ended(i, job, .done(width: size.width, height: size.height, seconds: seconds))
    } catch {
      failures.add(1, ordering: .relaxed)
      report.ended(i, job, .failed(error.named(job.inputName, unless: job.outputName)))
    }
  }

  /// libvips keeps one error text for the process, to which all pictures under way add. What failed
  /// is tried once more alone, so that the sentence is its own.
  private func carryOutTwice(_ i: Int, _ job: Job) throws(Failure) -> (width: Int, height: Int) {
    do throws(Failure) {
      return try carryOut(i, job, alone: false)
    } catch {
      guard min(options.jobs, jobs.count) > 1 else { throw error }
    }
    return try carryOut(i, job, alone: true)
  }

  private func carryOut(
    _ i: Int, _ job: Job, alone: Bool
  ) throws(Failure) -> (width: Int, height: Int) {
    let style = try looks[job.look].style.get()
    if alone { cvips_free(cvips_take_error()) }
    func open() throws(Failure) -> Picture {
      switch job.content {
      case .file(let path): try Picture(path: path)
      case .standardInput: try Picture.standardInput()
      }
    }
    if alone {
      return try room.with(room.size) { () throws(Failure) in
        try stylise(i, job, try open(), style)
      }
    }
    // Opening reads the header alone, but it may fail, which must not happen beside another's retry.
    let picture = try room.with(1, open)
    return try room.with(picture.width * picture.height) { () throws(Failure) in
      try stylise(i, job, picture, style)
    }
  }

  private func stylise(
    _ i: Int, _ job: Job, _ content: borrowing Picture, _ style: [UInt8]
  ) throws(Failure) -> (width: Int, height: Int) {
    let result = try content.stylised(style, strength: options.strength, model: options.model) {
      [report] done in report.progressed(i, done)
    }
    switch job.output {
    case .standardOutput(let suffix):
      try result.writeToStandardOutput(suffix: suffix ?? content.suffix ?? ".png")
    case .file(let path, let formatOptions):
      let suffix = FileName.stem(of: path).suffix
      guard cvips_can_write("x" + suffix) != 0 else {
        throw Failure("libvips writes no files that end in '\(suffix)'; give --format")
      }
      let partial = PartialFile(target: path, suffix: suffix)
      // The content was read when it was stylised: what fails now is the result's.
      do throws(Failure) { try result.write(to: partial.path + formatOptions) } catch {
        throw error.named(path)
      }
      try partial.publish()
    }
    return (content.width, content.height)
  }
}
