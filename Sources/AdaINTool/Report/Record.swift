/// A line of `--json`: what became of one picture, or of an input that holds none.
struct Record: Encodable {
  let input: String
  /// nil, as `output`, where there was nothing to stylise.
  var style: String?
  var output: String?
  /// "done", "skipped", "failed", or "ignored": a folder's files that are no pictures.
  let status: String
  /// How many are ignored.
  var files: Int?
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
    style = job.styleName
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

  /// What could not be opened, or looked into.
  init(_ path: String, _ failure: Failure) {
    input = path
    status = "failed"
    error = failure.sentence
  }

  init(_ folder: String, passedOver count: Int) {
    input = folder
    status = "ignored"
    files = count
  }
}
