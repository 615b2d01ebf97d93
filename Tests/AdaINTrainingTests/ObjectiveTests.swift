import Testing

@testable import AdaIN
@testable import AdaINTraining

@Suite("Gradients of the whole") struct ObjectiveTests {
  /// The losses of a few pairs of which one is moved and one has a strength below 1.
  private func make(_ weights: LossWeights, size: Int = 48) throws -> (Objective, [Pair], Shift) {
    let objective = try Objective(narrowNetwork(), batch: 3, size: size, weights: weights, threads: 2)
    let pictures = MadeUpPictures(count: 6)
    let pairs = try (0..<3).map { i in
      var chance = Chance(seed: 4, index: i, .contents)
      let crops = Crops(size: size)
      let content = try objective.content(crops.crop(pictures.picture(i, shortSide: 96), &chance))
      let style = try objective.style(crops.whole(pictures.picture(3 + i, shortSide: 64)))
      return Pair(content: content, style: i == 1 ? content.style.blended(to: style, 0.4) : style)
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
    let (objective, pairs, shift) = try make(weights)
    _ = objective.run(pairs, shift: shift)
    let parameters = objective.decoder.parameters.flatMap { [$0.filters, $0.bias] }
    let lengths = parameters.map { dot($0.gradient.array, $0.gradient.array).squareRoot() }
    for (parameter, length) in zip(parameters, lengths) {
      // A lattice's gradient by the last biases is zero but for rounding.
      if length < 1e-4 * lengths.max()! { continue }
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
