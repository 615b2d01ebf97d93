import Synchronization

/// Tells of the batch: failures, each in a line of standard error; a progress bar, on a terminal;
/// objects of JSON, when asked for. Its functions may be called by all threads.
final class Report: Sendable {
  private let json: Bool
  /// nil when there is none to be drawn.
  private let bar: Mutex<ProgressBar?>

  /// - Parameter quiet: no bar.
  init(total: Int, json: Bool, quiet: Bool) {
    self.json = json
    bar = Mutex(!quiet && Terminal.errorIsTerminal ? ProgressBar(total: total) : nil)
  }

  /// What is no job: files that hold no picture.
  func found(_ inputs: Inputs) {
    for (path, failure) in inputs.failures {
      Terminal.writeError(failure.line)
      if json { JSON.print(Record(path, failure)) }
    }
    for (folder, files) in inputs.passedOver where json { JSON.print(Record(folder, passedOver: files)) }
  }

  /// A share from 0 to 1 of job `i` is done.
  func progressed(_ i: Int, _ share: Double) {
    bar.withLock { $0?.progressed(i, share) }
  }

  func ended(_ i: Int, _ job: Job, _ outcome: Outcome) {
    bar.withLock { bar in
      bar?.erase()
      if case .failed(let failure) = outcome { Terminal.writeError(failure.line) }
      if case .done(let made, _) = outcome, made.losesExif, bar != nil {
        Terminal.writeError("adain: \(job.outputName): the format holds no EXIF; the input's is not in it")
      }
      if json { JSON.print(Record(job, outcome)) }
      var skipped = false
      if case .skipped = outcome { skipped = true }
      bar?.ended(i, skipped: skipped)
    }
  }

  func ended() {
    bar.withLock { $0?.erase() }
  }
}
