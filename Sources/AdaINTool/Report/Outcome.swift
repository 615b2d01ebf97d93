/// A result's size.
struct Made: Sendable {
  let width: Int
  /// Of a page.
  let height: Int
  let pages: Int
  /// The content has EXIF data, and the result's format gets none.
  let losesExif: Bool
}

/// What became of a job.
enum Outcome: Sendable {
  case done(Made, seconds: Double)
  case skipped
  case failed(Failure)
}
