import Testing

@testable import AdaIN

/// The losses against PyTorch in double precision (weights/dumps/make_loss_dumps.py).
@Suite("Losses as PyTorch has them") struct LossParityTests {
  static let tolerance = 1e-5
  let dump: Dump

  init() throws { dump = try Dump("losses.safetensors") }

  private func compare(_ value: Double, _ expected: Float, _ what: String) {
    let error = abs(value / Double(expected) - 1)
    print("\(what): \(value), \(error) relative")
    #expect(error <= Self.tolerance, "\(what)")
  }

  @Test("content")
  func content() throws {
    compare(
      try Loss.content(dump.map("map.a"), dump.map("map.c")), dump["content.a.c"].floats[0],
      "content")
  }

  @Test("style, as many cells, fewer, and rows of several chunks", arguments: ["c", "b", "wide"])
  func style(_ other: String) throws {
    let (a, b) = (try dump.map("map.a"), try dump.map("map.\(other)"))
    let expected = dump["style.a.\(other)"].floats
    let statistics = try Loss.statistics(a, b)
    compare(statistics.mean, expected[0], "means, a and \(other)")
    compare(statistics.deviation, expected[1], "deviations, a and \(other)")
    compare(try Loss.gram(a, b), expected[2], "Gram, a and \(other)")
    compare(try Loss.histogram(a, b), expected[3], "histogram, a and \(other)")
  }

  @Test("the Gram matrix")
  func gram() throws {
    let gram = try GramMatrix(of: dump.map("map.wide"))
    #expect(relativeError(gram.values.map(Float.init), dump["gram.wide"].floats) <= 1e-6)
  }
}
