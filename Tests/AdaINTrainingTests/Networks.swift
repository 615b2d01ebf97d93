import Synchronization

@testable import AdaIN
@testable import AdaINTraining

/// A narrow network of seeded weights, whose features stay as large as the pictures.
func narrowNetwork(widths: [Int] = [6, 10, 17, 20], seed: UInt64 = 1, fingerprint: UInt64 = 7) throws
  -> NetworkWeights
{
  var random = SeededRandom(seed)
  var layers: [(name: String, inputs: Int, outputs: Int)] = []
  var channels = 3
  for name in Architecture.vgg16.layerNames {
    let width = widths[Int(String(name.dropFirst(4).first!))! - 1]
    layers.append((name, channels, width))
    channels = width
  }
  // Pictures stay within what can be displayed: outside, gradients are not those of the losses.
  func weights(_ name: String, _ inputs: Int, _ outputs: Int, isLast: Bool = false) throws
    -> ConvolutionWeights
  {
    let scale = (6 / Float(9 * inputs)).squareRoot() * (isLast ? 0.1 : 1)
    return try ConvolutionWeights(
      name: name, inputChannels: inputs, outputChannels: outputs,
      weight: random.floats(outputs * inputs * 9, -scale...scale),
      bias: random.floats(outputs, -0.1...0.1).map { isLast ? 0.5 + 0.1 * $0 : $0 })
  }
  let encoder = try layers.map { try weights("encoder." + $0.name, $0.inputs, $0.outputs) }
  let decoder = try layers.reversed().map {
    try weights("decoder." + $0.name, $0.outputs, $0.inputs, isLast: $0.name == "conv1_1")
  }
  return try NetworkWeights(
    architecture: .vgg16, encoder: encoder, decoder: decoder, metadata: ["licence": "none"],
    encoderFingerprint: fingerprint)
}

/// The same, and which sizes were asked for.
final class SeenPictures: TrainingPictures {
  let count: Int
  let sides = Mutex<[Int]>([])

  init(count: Int) { self.count = count }

  func picture(_ index: Int, shortSide: Int) -> TrainingPicture {
    sides.withLock { $0.append(shortSide) }
    return MadeUpPictures(count: count).picture(index, shortSide: shortSide)
  }
}

/// Pictures of smooth colours and of some noise.
struct MadeUpPictures: TrainingPictures {
  let count: Int
  var seed: UInt64 = 9

  func picture(_ index: Int, shortSide: Int) -> TrainingPicture {
    var random = SeededRandom(seed + UInt64(index))
    let (width, height) = (shortSide, shortSide + 8)
    let slopes = random.floats(6, -1...1)
    let noise = random.floats(3 * width * height, -0.2...0.2)
    var pixels: [Float] = []
    for i in 0..<3 * width * height {
      let (x, y) = (Float(i / 3 % width) / Float(width), Float(i / 3 / width) / Float(height))
      let value = 0.5 + 0.5 * (slopes[i % 3] * (x - 0.5) + slopes[3 + i % 3] * (y - 0.5)) + noise[i]
      pixels.append(min(max(value, 0), 1))
    }
    return TrainingPicture(width: width, height: height, pixels: pixels)
  }
}
