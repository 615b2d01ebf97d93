/// A result's size.
struct Made: Sendable {
  let width: Int
  /// Of a page.
  let height: Int
  let pages: Int
}

/// What became of a job.
enum Outcome: Sendable {
  case done(Made, seconds: Double)
  case skipped
  case failed(Failure)
}
