/// What became of a job.
enum Outcome: Sendable {
  case done(width: Int, height: Int, seconds: Double)
  case skipped
  case failed(Failure)
}
