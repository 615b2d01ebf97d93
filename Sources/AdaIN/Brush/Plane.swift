/// A picture of floats in memory that can be refused: (height, width, channels).
struct Plane {
  let width: Int
  let height: Int
  let channels: Int
  let values: AlignedBuffer

  init(_ what: String, width: Int, height: Int, channels: Int) throws(AdaINError) {
    let (pixels, large) = width.multipliedReportingOverflow(by: height)
    let (count, larger) = pixels.multipliedReportingOverflow(by: channels)
    guard !large, !larger else { throw AdaINError(.memory, "\(what): more than addressable") }
    self.width = width
    self.height = height
    self.channels = channels
    values = try AlignedBuffer(what, count: count)
  }

  func row(_ y: Int) -> UnsafeMutablePointer<Float> { values.floats + y * width * channels }

  /// As pixels of the engine; three channels.
  func view(_ name: String) throws(AdaINError) -> PixelView {
    try PixelView(
      name, data: values.floats, width: width, height: height, format: .float32,
      channels: channels)
  }

  /// Means of (2 r + 1)² values around each, fewer at the edges.
  func boxMean(radius: Int, on executor: Executor) throws(AdaINError) -> Plane {
    let across = try Plane("a mean", width: width, height: height, channels: channels)
    let result = try Plane("a mean", width: width, height: height, channels: channels)
    executor.run(count: height) { y, _ in
      let (from, into) = (row(y), across.row(y))
      for x in 0..<width {
        let inside = max(0, x - radius)...min(width - 1, x + radius)
        for c in 0..<channels {
          var sum: Float = 0
          for i in inside { sum += from[i * channels + c] }
          into[x * channels + c] = sum / Float(inside.count)
        }
      }
    }
    executor.run(count: height) { y, _ in
      let into = result.row(y)
      let inside = max(0, y - radius)...min(height - 1, y + radius)
      for i in 0..<width * channels {
        var sum: Float = 0
        for other in inside { sum += across.row(other)[i] }
        into[i] = sum / Float(inside.count)
      }
    }
    return result
  }

  /// RGB means of a picture's pixels, from 0 to 1: each of the result's stands for as large a part.
  /// - Throws: `.argument` for a sample that is not a finite number, `.memory`.
  init(
    reducing picture: PixelView, name: String, width: Int, height: Int, on executor: Executor
  ) throws(AdaINError) {
    let reader = PixelReader(picture, name: name)
    let result = try Plane("the reduced \(name)", width: width, height: height, channels: 3)
    let lines = try Plane(
      "rows of the \(name)", width: picture.width, height: executor.threads, channels: 6)
    let rows = try Resampling.means(from: picture.height, to: height)
    let columns = try Resampling.means(from: picture.width, to: width)
    try executor.tryRun(count: height) { y, slot throws(AdaINError) in
      let line = lines.row(slot)
      let sums = line + 3 * picture.width
      sums.update(repeating: 0, count: 3 * picture.width)
      for tap in 0..<rows.taps {
        let weight = rows.weights[y * rows.taps + tap]
        if weight == 0 { continue }
        try reader.readRow(min(picture.height - 1, rows.first[y] + tap), into: line)
        for i in 0..<3 * picture.width { sums[i] += weight * line[i] }
      }
      let into = result.row(y)
      for x in 0..<width {
        for c in 0..<3 { into[3 * x + c] = 0 }
        columns.forEachTap(of: x, count: picture.width) { from, weight in
          for c in 0..<3 { into[3 * x + c] += weight * sums[3 * from + c] }
        }
      }
    }
    self = result
  }
}
