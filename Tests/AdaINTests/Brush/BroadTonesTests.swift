import Testing

@testable import AdaIN

/// Finer strokes over broad ones, whose tones stay.
@Suite("Broad tones") struct BroadTonesTests {
  private static var executor: Executor { Executor(kernels: KernelSet.current.kernels, threads: 2) }

  /// Values from a seed, kept as a picture.
  private static func picture(_ width: Int, _ height: Int, seed: UInt64) throws -> PixelStore {
    let store = try PixelStore("p", width: width, height: height, channels: 3, format: .uint16, limit: .max)
    let scratch = try RowScratch(for: [store], threads: 1)
    var random = SeededRandom(seed)
    for y in 0..<height {
      let row = (0..<3 * width).map { _ in Float.random(in: 0...1, using: &random) }
      try row.withUnsafeBufferPointer { try store.write(row: y, rgb: $0.baseAddress!, scratch: scratch[0]) }
    }
    return store
  }

  private static func values(_ store: PixelStore) throws -> [[Double]] {
    let scratch = try RowScratch(for: [store], threads: 1)
    return try (0..<store.height).map { y in
      var row = [Float](repeating: .nan, count: 3 * store.width)
      try row.withUnsafeMutableBufferPointer {
        try store.read(row: y, into: $0.baseAddress!, scratch: scratch[0])
      }
      return row.map(Double.init)
    }
  }

  /// A rectangle of `fine` over the tones of `broad`, (rows, columns, RGB), made `step` rows at a time.
  private static func toned(
    _ fine: PixelStore, _ tones: BroadTones, columns: Range<Int>, rows: Range<Int>, step: Int = 7
  ) throws -> [Float] {
    let result = try Table<Float>("the result", count: 3 * columns.count * rows.count)
    for i in 0..<result.count { result[i] = .nan }
    let to = result.pointer
    let source = try TonedRectangle(
      tones, columns: columns, rows: rows, executor: executor,
      sink: { y, x, count, rgb in
        (to + 3 * ((y - rows.lowerBound) * columns.count + x - columns.lowerBound)).update(
          from: rgb, count: 3 * count)
      },
      fine: { columns, rows, sink throws(AdaINError) in
        try StoredRectangle(fine, columns: columns, rows: rows, executor: executor, sink: sink)
      })
    for end in stride(from: rows.lowerBound + step, to: rows.upperBound, by: step) {
      try source.run(until: end, progress: nil)
    }
    try source.run(until: rows.upperBound, progress: nil)
    return (0..<result.count).map { result[$0] }
  }

  /// The same of the whole picture as it is defined: f + up(tones − means(f)).
  private static func naive(_ fine: [[Double]], _ tones: [[Double]]) -> [Double] {
    let (height, width) = (fine.count, fine[0].count / 3)
    let (down, across) = (tones.count, tones[0].count / 3)
    /// What part of cell i the old sample at `at` is.
    func share(_ at: Int, _ i: Int, _ old: Int, _ new: Int) -> Double {
      let step = Double(old) / Double(new)
      return max(0, min(Double(at + 1), Double(i + 1) * step) - max(Double(at), Double(i) * step)) / step
    }
    /// Keys' kernel, a = −1/2.
    func kernel(_ distance: Double) -> Double {
      let x = abs(distance)
      if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    }
    func centre(_ i: Int, _ old: Int, _ new: Int) -> Double {
      (Double(i) + 0.5) * Double(old) / Double(new) - 0.5
    }
    var differences = tones
    for j in 0..<down {
      for i in 0..<across {
        for y in 0..<height where share(y, j, height, down) > 0 {
          for x in 0..<width {
            let part = share(y, j, height, down) * share(x, i, width, across)
            for c in 0..<3 { differences[j][3 * i + c] -= part * fine[y][3 * x + c] }
          }
        }
      }
    }
    var result: [Double] = []
    for y in 0..<height {
      for x in 0..<width {
        let (v, u) = (centre(y, down, height), centre(x, across, width))
        for c in 0..<3 {
          var sum = fine[y][3 * x + c]
          for j in Int(v.rounded(.down)) - 1...Int(v.rounded(.down)) + 2 {
            for i in Int(u.rounded(.down)) - 1...Int(u.rounded(.down)) + 2 {
              let cell = differences[max(0, min(down - 1, j))][3 * max(0, min(across - 1, i)) + c]
              sum += kernel(v - Double(j)) * kernel(u - Double(i)) * cell
            }
          }
          result.append(sum)
        }
      }
    }
    return result
  }

  @Test(
    "what is finer than the cells comes from the fine strokes, the rest from the broad ones; any rectangle is the whole's",
    arguments: [(1, 1, 1, 1), (1, 3, 2, 9), (13, 17, 40, 61), (50, 30, 51, 31), (20, 64, 75, 250)])
  func definition(_ small: Int, _ low: Int, _ width: Int, _ height: Int) throws {
    let broad = try Self.picture(small, low, seed: 1)
    let fine = try Self.picture(width, height, seed: 2)
    let tones = try BroadTones(of: broad, width: width, height: height, limit: .max, executor: Self.executor)
    let whole = try Self.toned(fine, tones, columns: 0..<width, rows: 0..<height)
    let wanted = Self.naive(try Self.values(fine), try Self.values(tones.cells))
    #expect(zip(whole, wanted).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    var random = SeededRandom(3)
    for _ in 0..<20 {
      let (left, top) = (
        Int.random(in: 0..<width, using: &random), Int.random(in: 0..<height, using: &random)
      )
      let right = Int.random(in: left + 1...width, using: &random)
      let bottom = Int.random(in: top + 1...height, using: &random)
      let part = try Self.toned(
        fine, tones, columns: left..<right, rows: top..<bottom, step: .random(in: 1...80, using: &random))
      var same: [Float] = []
      for y in top..<bottom { same += whole[3 * (y * width + left)..<3 * (y * width + right)] }
      #expect(part == same)
    }
  }

  @Test("a picture painted in fine strokes has the tones of its broad strokes")
  func painted() throws {
    let model = try Model.embedded()
    let style = try NamedStyle("great-wave").style
    let picture = try ModelTests.picture(96, 72)
    func painted(detail: Float) throws -> PixelStore {
      var options = RunOptions()
      options.stroke = 3
      options.detail = detail
      let bytes = try ModelTests.stylise(model, picture, style, options)
      let store = try PixelStore("r", width: 96, height: 72, channels: 3, format: .uint16, limit: .max)
      let scratch = try RowScratch(for: [store], threads: 1)
      for y in 0..<72 {
        let row = bytes[3 * 96 * y..<3 * 96 * (y + 1)].map { Float($0) / 255 }
        try row.withUnsafeBufferPointer { try store.write(row: y, rgb: $0.baseAddress!, scratch: scratch[0]) }
      }
      return store
    }
    func means(_ store: PixelStore) throws -> [Double] {
      let half = try BroadTones(of: store, width: 96, height: 72, limit: .max, executor: Self.executor)
      let quarter = try BroadTones(
        of: half.cells, width: 96, height: 72, limit: .max, executor: Self.executor)
      return try Self.values(
        BroadTones(of: quarter.cells, width: 96, height: 72, limit: .max, executor: Self.executor).cells
      ).flatMap { $0 }
    }
    let broad = try means(painted(detail: 0))
    let fine = try means(painted(detail: 1))
    let distance = zip(broad, fine).map { abs($0 - $1) }.reduce(0, +) / Double(broad.count)
    #expect(distance < 0.03)
  }
}
