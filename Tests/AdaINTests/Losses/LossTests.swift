import Testing

@testable import AdaIN

/// What must hold of the losses whatever the numbers are.
@Suite("Losses") struct LossTests {
  @Test("equal maps have no loss, different ones have one")
  func equal() throws {
    let a = try randomMap(9, 70, 20, seed: 1)
    let same = try FeatureMap(height: 9, width: 70, channels: 20, values: a.values)
    #expect(try Loss.content(a, same) == 0)
    #expect(try Loss.statistics(a, same).sum == 0)
    #expect(try Loss.gram(a, same) == 0)
    #expect(try Loss.histogram(a, same) == 0)
    let b = try randomMap(9, 70, 20, seed: 2)
    #expect(try Loss.content(a, b) > 0)
    #expect(try Loss.statistics(a, b).mean > 0)
    #expect(try Loss.statistics(a, b).deviation > 0)
    #expect(try Loss.gram(a, b) > 0)
    #expect(try Loss.histogram(a, b) > 0)
  }

  @Test("losses are symmetric")
  func symmetric() throws {
    let a = try randomMap(9, 7, 20, seed: 3)
    let b = try randomMap(4, 11, 20, seed: 4)
    #expect(try Loss.statistics(a, b) == (try Loss.statistics(b, a)))
    #expect(try Loss.gram(a, b) == (try Loss.gram(b, a)))
    #expect(try Loss.histogram(a, b) == (try Loss.histogram(b, a)))
  }

  @Test("a style has no place: the order of the cells does not count, nor a map's being doubled")
  func places() throws {
    let a = try randomMap(6, 8, 3, seed: 5)
    let b = try randomMap(5, 5, 3, seed: 6)
    let cells = stride(from: 0, to: a.values.count, by: 3).map { Array(a.values[$0..<$0 + 3]) }
    let turned = try FeatureMap(
      height: 8, width: 6, channels: 3, values: cells.reversed().flatMap { $0 })
    let doubled = try FeatureMap(
      height: 12, width: 8, channels: 3, values: a.values + a.values)
    #expect(try Loss.histogram(a, turned) == 0)
    #expect(try Loss.histogram(a, doubled) == 0)
    #expect(try Loss.gram(a, turned) < 1e-12)
    #expect(try Loss.gram(a, doubled) < 1e-12)
    let moved = try Loss.histogram(turned, b) / Loss.histogram(a, b)
    #expect(abs(moved - 1) < 1e-12)
  }

  @Test("the Gram matrix is symmetric, and the mean of the products")
  func gram() throws {
    // Beside the sizes of chunks and blocks: 20 channels, rows of 1, 31, 32, 33 and 70 cells.
    for (height, width) in [(1, 1), (3, 31), (2, 32), (2, 33), (2, 70)] {
      let map = try randomMap(height, width, 20, seed: 7)
      let gram = try GramMatrix(of: map)
      let values = map.values.map(Double.init)
      for i in 0..<20 {
        for j in 0..<20 {
          #expect(gram[i, j] == gram[j, i])
          let sum = stride(from: 0, to: values.count, by: 20)
            .reduce(0) { $0 + values[$1 + i] * values[$1 + j] }
          #expect(abs(gram[i, j] - sum / Double(values.count)) < 1e-6)
        }
      }
    }
  }

  @Test("a histogram that is moved by d has the loss d², one that is stretched (s − 1)² of its square")
  func histogram() throws {
    let a = try randomMap(6, 8, 3, seed: 8)
    let moved = try FeatureMap(
      height: 6, width: 8, channels: 3, values: a.values.map { $0 + 0.5 })
    #expect(abs(try Loss.histogram(a, moved) - 0.25) < 1e-6)
    let stretched = try FeatureMap(
      height: 6, width: 8, channels: 3, values: a.values.map { 2 * $0 })
    let square = a.values.reduce(0) { $0 + Double($1) * Double($1) } / Double(a.values.count)
    #expect(abs(try Loss.histogram(a, stretched) / square - 1) < 1e-6)
  }

  @Test("keys sort as their floats do")
  func keys() {
    var random = SeededRandom(9)
    var values = random.floats(1000, -1e30...1e30) + random.floats(1000)
    values += [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude]
    values += [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, 1, 1]
    var keys = values.map(SortedKeys.key)
    #expect(keys.map(SortedKeys.value) == values)
    var other = [UInt32](repeating: 0, count: keys.count)
    keys.withUnsafeMutableBufferPointer { keys in
      other.withUnsafeMutableBufferPointer {
        SortedKeys.sort(keys.baseAddress!, count: keys.count, other: $0.baseAddress!)
      }
    }
    #expect(keys.map(SortedKeys.value) == values.sorted())
  }

  @Test("mismatching shapes and too large values are refused in a sentence")
  func refused() throws {
    let a = try randomMap(2, 3, 3, seed: 10)
    let b = try randomMap(2, 3, 4, seed: 11)
    let c = try randomMap(3, 2, 3, seed: 12)
    let message = "the feature maps have 3 and 4 channels, not as many"
    #expect(sentence { () throws(AdaINError) in try Loss.content(a, b) } == message)
    #expect(sentence { () throws(AdaINError) in try Loss.statistics(a, b) } == message)
    #expect(sentence { () throws(AdaINError) in try Loss.gram(a, b) } == message)
    #expect(sentence { () throws(AdaINError) in try Loss.histogram(a, b) } == message)
    #expect(
      sentence { () throws(AdaINError) in try Loss.content(a, c) }
        == "the feature maps have 2 x 3 and 3 x 2 cells, not as many")
    let large = try FeatureMap(
      height: 1, width: 2, channels: 1,
      values: [.greatestFiniteMagnitude, -.greatestFiniteMagnitude])
    #expect(
      sentence { () throws(AdaINError) in try Loss.gram(large, large) }
        == "the feature map's values are too large for a Gram matrix in 32-bit floats")
    #expect(try Loss.content(large, large) == 0)
    #expect(try Loss.statistics(large, large).sum == 0)
    #expect(try Loss.histogram(large, large) == 0)
  }
}
