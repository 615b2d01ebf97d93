/// A line of `--json`: what became of one picture.
struct Record: Encodable {
  let input: String
  let style: String
  let output: String
  /// "done", "skipped" or "failed".
  let status: String
  /// Of the picture, when it is done.
  var width: Int?
  var height: Int?
  /// Frames or pages, where there are several.
  var pages: Int?
  /// What the result's format does not hold: "exif".
  var lost: [String]?
  /// From opening the file to its result under its name, with the time that it shared with others.
  var seconds: Double?
  /// The sentence, when it failed.
  var error: String?

  init(_ job: Job, _ outcome: Outcome) {
    input = job.inputName
    style = job.lookName
    output = job.outputName
    switch outcome {
    case .done(let made, let seconds):
      status = "done"
      (width, height) = (made.width, made.height)
      pages = made.pages > 1 ? made.pages : nil
      lost = made.losesExif ? ["exif"] : nil
      self.seconds = (seconds * 1000).rounded() / 1000
    case .skipped:
      status = "skipped"
    case .failed(let failure):
      status = "failed"
      error = failure.sentence
    }
  }
}
