import Testing

@testable import AdaIN

/// A brush broader than the picture's own.
@Suite("Broad brush") struct BroadBrushTests {
  @Test("weights sum to 1 and a constant stays constant, reduced and enlarged",
    arguments: [(10, 3), (7, 7), (9, 1), (1000, 333), (3, 10), (1, 5), (5, 2)])
  func sums(_ old: Int, _ new: Int) throws {
    for sampling in [try Resampling.means(from: old, to: new), try .cubic(from: old, to: new)] {
      for i in 0..<new {
        var sum: Float = 0
        var least = Int.max
        var most = -1
        sampling.forEachTap(of: i, count: old) { from, weight in
          sum += weight
          least = min(least, from)
          most = max(most, from)
        }
        #expect(abs(sum - 1) <= 1e-5)
        #expect(least >= 0 && most < old)
      }
    }
  }

  @Test("a mean over whole samples is their mean")
  func means() throws {
    let sampling = try Resampling.means(from: 6, to: 2)
    var taken: [[Int]] = [[], []]
    for i in 0..<2 {
      sampling.forEachTap(of: i, count: 6) { from, weight in
        if weight > 1e-6 {
          taken[i].append(from)
          #expect(abs(weight - 1 / 3) <= 1e-6)
        }
      }
    }
    #expect(taken == [[0, 1, 2], [3, 4, 5]])
  }

  @Test("a stylised picture that is the content comes back with the content's edges")
  func edges() throws {
    // Black and white halves: where p = G, a is 1 and the result is G itself.
    let (width, height) = (64, 32)
    let picture = try OwnedPicture(width: width, height: height)
    picture.with { view in
      let out = view.data.assumingMemoryBound(to: Float.self)
      for i in 0..<3 * width * height { out[i] = i / 3 % width < 30 ? 0.1 : 0.9 }
    }
    let result = try OwnedPicture(width: width, height: height)
    let executor = Executor(kernels: KernelSet.current.kernels, threads: 2)
    try picture.with { content in
      let brush = try BroadBrush(content, stroke: 4, executor: executor)
      #expect(brush.reduced.width == 16 && brush.reduced.height == 8)
      try result.with {
        try brush.enlarge(brush.reduced, writer: PixelWriter($0, alpha: .opaque))
      }
    }
    #expect(zip(result.floats, picture.floats).allSatisfy { abs($0 - $1) <= 0.02 })
  }

  @Test("threads do not change a byte, 1 is the picture itself, what is out of range an error")
  func options() throws {
    let model = try ModelTests.model()
    let picture = try ModelTests.picture(90, 61)
    let style = try picture.with { try model.style(of: $0) }
    func stylised(_ stroke: Double, threads: Int) throws -> [UInt8] {
      var options = RunOptions(threads: threads)
      options.stroke = stroke
      return try ModelTests.stylise(model, picture, style, options)
    }
    let broad = try stylised(2.7, threads: 1)
    #expect(try stylised(2.7, threads: 3) == broad)
    #expect(try stylised(1, threads: 2) == ModelTests.stylise(model, picture, style))
    #expect(try stylised(64, threads: 2).count == broad.count)
    for stroke in [0.99, 65, .nan] {
      #expect(throws: AdaINError.self) { try stylised(stroke, threads: 1) }
    }
  }
}
