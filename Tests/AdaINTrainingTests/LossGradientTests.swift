import Testing

@testable import AdaIN
@testable import AdaINTraining

/// Each loss's gradient with respect to what it is computed from, where nothing else stands between.
@Suite("Gradients of losses") struct LossGradientTests {
  @Test("lattice: exactly, as it is a square", arguments: [(48, 48), (136, 40), (16, 32)])
  func lattice(_ sides: (Int, Int)) {
    let (width, height) = sides
    var random = SeededRandom(8)
    let plane = random.floats(width * height, 0...1)
    let direction = random.floats(width * height)
    let loss = LatticeLoss(height: height, width: width)
    func value(_ step: Float, _ gradient: inout [Float]) -> Double {
      loss.run(zip(plane, direction).map { $0 + step * $1 }, weight: 1, addingTo: &gradient)
    }
    var (gradient, other) = (
      [Float](repeating: 0, count: plane.count), [Float](repeating: 0, count: plane.count)
    )
    _ = value(0, &gradient)
    let slope = (value(0.5, &other) - value(-0.5, &other))
    let expected = dot(gradient, direction)
    #expect(abs(slope - expected) < 1e-3 * abs(expected) + 1e-9, "\(slope) \(expected)")
  }
}
