#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The power of a picture's grey values at and beside the frequencies of the decoder's enlargements, along
/// its rows and down its columns.
struct Spectrum {
  private let directions: [LineSpectrum]

  /// nil for a picture with a side below 32 pixels, which has no neighbours in the spectrum to compare with.
  /// - Throws: `.memory`.
  init?(_ grid: SampleGrid, on executor: Executor) throws(AdaINError) {
    guard min(grid.width, grid.height) >= LineSpectrum.shortest else { return nil }
    func grey(_ y: Int, _ x: Int) -> Double {
      let rgb = grid.row(y) + 3 * x
      return (Double(rgb[0]) + Double(rgb[1]) + Double(rgb[2])) / 3
    }
    directions = [
      try LineSpectrum(lines: grid.height, length: grid.width, on: executor) { grey($0, $1) },
      try LineSpectrum(lines: grid.width, length: grid.height, on: executor) { grey($1, $0) },
    ]
  }

  /// `Model.Measurement.Lattice.spectralRatio`: of the worse direction.
  func ratio(period: Int) -> Double { directions.map { $0.ratio(period: period) }.max()! }
}

/// The mean over lines of their power at some frequencies, under a Hann window.
private struct LineSpectrum {
  static let shortest = 32

  /// Samples of a line that are looked at: a multiple of 16, of which every period is a whole frequency.
  private let length: Int
  private let power: [Int: Double]

  init(
    lines: Int, length whole: Int, on executor: Executor, value: (_ line: Int, _ place: Int) -> Double
  ) throws(AdaINError) {
    let length = whole / 16 * 16
    let frequencies = Set([2, 4, 8].flatMap { Self.peak(length, $0) + Self.neighbours(length, $0) }).sorted()
    let count = frequencies.count
    // Windowed cosines, then sines, of every frequency: (length, 2 count).
    let waves = try Table<Double>("waves", count: length * 2 * count)
    for place in 0..<length {
      let window = 0.5 - 0.5 * cos(2 * .pi * Double(place) / Double(length - 1))
      for (i, frequency) in frequencies.enumerated() {
        let angle = 2 * .pi * Double(frequency * place % length) / Double(length)
        waves[2 * count * place + i] = window * cos(angle)
        waves[2 * count * place + count + i] = window * sin(angle)
      }
    }
    let powers = try Table<Double>("the power of lines", count: lines * count)
    let sums = try Table<Double>("sums of waves", count: executor.threads * 2 * count)
    executor.run(count: lines) { line, slot in
      let sum = sums.pointer + slot * 2 * count
      var mean = 0.0
      for place in 0..<length { mean += value(line, place) }
      mean /= Double(length)
      for i in 0..<2 * count { sum[i] = 0 }
      for place in 0..<length {
        let wave = waves.pointer + 2 * count * place
        let difference = value(line, place) - mean
        for i in 0..<2 * count { sum[i] += difference * wave[i] }
      }
      for i in 0..<count { powers[line * count + i] = sum[i] * sum[i] + sum[count + i] * sum[count + i] }
    }
    var power: [Int: Double] = [:]
    for (i, frequency) in frequencies.enumerated() {
      power[frequency] = (0..<lines).reduce(0) { $0 + powers[$1 * count + i] } / Double(lines)
    }
    self.length = length
    self.power = power
  }

  func ratio(period: Int) -> Double {
    let peak = Self.peak(length, period).map { power[$0]! }.max()!
    let near = Self.neighbours(length, period).map { power[$0]! }.sorted()
    let median = (near[(near.count - 1) / 2] + near[near.count / 2]) / 2
    // A picture of one colour has no power anywhere, beside that of rounding.
    return median > Self.rounding ? peak / median : 1
  }

  /// Far below what a step of 1/65535 in one pixel of a line leaves.
  private static let rounding = 1e-15

  /// The window spreads a wave over three frequencies.
  private static func peak(_ length: Int, _ period: Int) -> [Int] {
    (length / period - 1...length / period + 1).filter { $0 <= length / 2 }
  }

  private static func neighbours(_ length: Int, _ period: Int) -> [Int] {
    let at = length / period
    return ([Int](at - 14...at - 4) + [Int](at + 4...at + 14)).filter { 0 < $0 && $0 <= length / 2 }
  }
}
