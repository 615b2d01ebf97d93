import Testing

@testable import AdaIN
@testable import AdaINTraining

@Suite("Gradients of the whole") struct ObjectiveTests {
  /// The losses of a few pairs of which one is moved and one has a strength below 1.
  private func make(_ weights: LossWeights, size: Int = 48, judge: NetworkWeights? = nil) throws -> (
    Objective, [Pair], Shift
  ) {
    let objective = try Objective(
      narrowNetwork(), judge: judge, batch: 3, size: size, weights: weights, threads: 2)
    let pictures = MadeUpPictures(count: 6)
    let pairs = try (0..<3).map { i in
      var chance = Chance(seed: 4, index: i, .contents)
      let crops = Crops(size: size)
      let photograph = crops.crop(pictures.picture(i, shortSide: 96), &chance)
      let whole = pictures.picture(3 + i, shortSide: 64)
      let painting = judge == nil ? crops.whole(whole) : crops.square(whole, &chance)
      let (content, style) = (try objective.content(photograph), try objective.style(painting))
      let strength: Float = i == 1 ? 0.4 : 1
      return Pair(
        content: content, style: content.style.blended(to: style, strength),
        pictures: Pair.Pictures(content: photograph, painting: painting, strength: strength))
    }
    return (objective, pairs, Shift(down: 3, right: 5))
  }

  /// Each loss by itself, as the others would hide it.
  static let cases: [(String, LossWeights)] = {
    func only(_ change: (inout LossWeights) -> Void) -> LossWeights {
      var weights = LossWeights()
      (weights.style, weights.lattice, weights.palette, weights.perceptual) = (0, 0, 0, 0)
      change(&weights)
      return weights
    }
    return [
      ("content", only { _ in }), ("style", only { $0.style = 1000 }), ("lattice", only { $0.lattice = 1e7 }),
      ("palette", only { $0.palette = 1000 }), ("perceptual", only { $0.perceptual = 1000 }),
      ("all", LossWeights()),
    ]
  }()

  @Test("along the gradient losses rise as it says", arguments: cases)
  func finiteDifferences(_ name: String, _ weights: LossWeights) throws {
    try expectSlopes(weights, judge: nil)
  }

  @Test("so they do along the encoder's, where it learns by another's losses") func wholeNetworks() throws {
    try expectSlopes(LossWeights(), judge: narrowNetwork(widths: [9, 17, 20, 35], seed: 2))
  }

  private func expectSlopes(_ weights: LossWeights, judge: NetworkWeights?) throws {
    let (objective, pairs, shift) = try make(weights, judge: judge)
    _ = objective.run(pairs, shift: shift)
    #expect(objective.parameters.count == (judge == nil ? 8 : 16))
    let parameters = objective.parameters.flatMap { [$0.filters, $0.bias] }
    let lengths = parameters.map { dot($0.gradient.array, $0.gradient.array).squareRoot() }
    for (parameter, length) in zip(parameters, lengths) {
      // A lattice's gradient by the last biases is zero but for rounding.
      if length < 1e-3 * lengths.max()! { continue }
      let gradient = parameter.gradient.array
      let values = parameter.values.array
      func total(_ step: Double) -> Double {
        for i in 0..<values.count {
          parameter.values[i] = values[i] + Float(step * Double(gradient[i]) / length)
        }
        objective.pack()
        return objective.run(pairs, shift: shift).total(weights)
      }
      // Small enough for few kinks, large enough for single precision.
      let step = 2.5e-4
      let slope = (total(step) - total(-step)) / (2 * step)
      _ = total(0)
      #expect(abs(slope - length) < 0.05 * length, "\(parameter.name): \(slope) for \(length)")
    }
  }
}
