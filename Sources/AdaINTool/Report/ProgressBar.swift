/// The line at the bottom of a terminal:
///
///     37/200 ━━━━━━━━━━━━━━──────────────────────── 24 %   2.31 pictures/s   1:10 left
///     37 frames   2.31 frames/s
struct ProgressBar {
  /// nil where nobody knows.
  let total: Int?
  /// What is counted.
  let unit: String
  /// What stands behind the time that is left.
  var note = ""
  private let began: ContinuousClock.Instant
  private var drawn: ContinuousClock.Instant?
  private var ended = 0
  /// Pictures of an earlier run are no work, and say nothing of the rate.
  private var skipped = 0
  /// Shares of the pictures under way.
  private var shares: [Int: Double] = [:]

  /// Fast enough to look alive.
  private static let interval = Duration.milliseconds(100)
  /// The bar gives way to the words on narrow terminals.
  private static let widths = 10...40

  init(total: Int?, unit: String = "pictures") {
    self.total = total
    self.unit = unit
    began = .now
  }

  mutating func progressed(_ i: Int, _ share: Double) {
    // Signals of one picture may come late by way of another thread.
    shares[i] = max(share, shares[i] ?? 0)
    if let drawn, .now - drawn < Self.interval { return }
    draw()
  }

  mutating func ended(_ i: Int, skipped: Bool) {
    shares[i] = nil
    ended += 1
    if skipped { self.skipped += 1 }
    draw()
  }

  /// Erased, so that a line can be printed or the end be reached.
  func erase() { Terminal.drawError("\r\u{1b}[K") }

  private mutating func draw() {
    drawn = .now
    let line =
      Self.line(
        ended: ended, skipped: skipped, total: total, underWay: shares.values.reduce(0, +),
        seconds: (ContinuousClock.now - began) / .seconds(1), unit: unit,
        columns: Terminal.columns - 1 - note.count) + note
    Terminal.drawError("\r" + line.prefix(Terminal.columns - 1) + "\u{1b}[K")
  }

  private static func line(
    ended: Int, skipped: Int, total: Int?, underWay: Double, seconds: Double, unit: String,
    columns: Int
  ) -> String {
    let done = Double(ended - skipped) + underWay
    guard let total else {
      let speed = done > 0 && seconds > 0 ? "   \(rate(done / seconds, unit))" : ""
      return "\(ended) \(unit)\(speed)"
    }
    let work = Double(total - skipped)
    // A file's number of frames is what it promises.
    let share = work > 0 ? min(1, done / work) : 1
    let count = total > 1 ? "\(ended)/\(total) " : ""
    var words = " \(Int(share * 100)) %"
    if done > 0, seconds > 0 {
      if total > 1 { words += "   \(rate(done / seconds, unit))" }
      if share > 0 { words += "   \(time(seconds * (1 - share) / share)) left" }
    }
    let room = columns - count.count - words.count
    let width = min(max(room, widths.lowerBound), widths.upperBound)
    let filled = Int(share * Double(width))
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
    return count + bar + words
  }

  /// In the unit in which it is more than 1.
  private static func rate(_ perSecond: Double, _ things: String) -> String {
    let (value, unit) = perSecond >= 1 ? (perSecond, "s") : (perSecond * 60, "min")
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(things)/\(unit)"
  }

  private static func time(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded(.up))
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
    if minutes < 60 { return "\(minutes):\(two(rest))" }
    return "\(minutes / 60):\(two(minutes % 60)):\(two(rest))"
  }
}
