import AdaIN
import AdaINTraining
import Foundation

// The time of a step of training on pictures of noise, as JSON:
//
//     adain-training <steps> <batch> <size> <threads>

/// Pictures cost the same whatever they show.
struct Noise: TrainingPictures {
  let count = 16
  private static let side = 640

  func picture(_ index: Int, shortSide: Int) -> TrainingPicture {
    let side = min(Self.side, shortSide)
    var state = UInt64(index + 1)
    let pixels = (0..<3 * side * side).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    return TrainingPicture(width: side, height: side, pixels: pixels)
  }
}

struct Report: Encodable {
  struct Part: Encodable {
    let name: String
    let seconds: Double
  }
  /// Of each step but the first, which finds the optimiser's bases.
  let steps: [Double]
  /// Means over those.
  let parts: [Part]
  /// Bytes.
  let peak: Int
}

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
guard numbers.count == 4, numbers[0] > 1 else {
  fatalError("adain-training <steps> <batch> <size> <threads>")
}
// For all paintings: those given alone are encoded once.
var options = TrainingOptions(for: .every)
(options.steps, options.batch, options.size, options.pool) = (numbers[0], numbers[1], numbers[2], 8)
let training = try Training(
  NetworkWeights.open("standard"), contents: Noise(), styles: Noise(), options: options, threads: numbers[3])
try training.advance()
let clock = PartClock()
training.clock = clock
var steps: [Double] = []
for _ in 1..<numbers[0] {
  let began = ContinuousClock.now
  try training.advance()
  steps.append((ContinuousClock.now - began) / .seconds(1))
}
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
let report = Report(
  steps: steps,
  parts: clock.parts.map { .init(name: $0.name, seconds: $0.seconds / Double(steps.count)) },
  peak: usage.ru_maxrss * 1024)
print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
