import AdaIN
import AdaINKernels

/// The weights of the encoder's first convolution as the kernels of training want them.
final class FirstLayer {
  let parameters: LayerParameters
  let forward: FirstWeights
  /// (padded outputs, 32) for `TapProducts`: product 3 (3 i + j) + colour is tap (2 − i, 2 − j).
  let turned: AlignedBuffer

  init(_ weights: ConvolutionWeights) throws(AdaINError) {
    parameters = try LayerParameters(weights)
    forward = try FirstWeights(weights)
    turned = try AlignedBuffer(
      weights.name, count: paddedChannels(weights.outputChannels) * panelWidth, zeroed: true)
    pack()
  }

  /// Ready the filters for the kernels: after each change.
  func pack() {
    let p = parameters
    forward.pack(p.filters.values.pointer, outputs: p.outputs)
    for k in 0..<p.outputs {
      forward.bias.floats[k] = p.bias.values[k]
      for colour in 0..<3 {
        for tap in 0..<9 {
          turned.floats[k * panelWidth + 3 * tap + colour] = p.filters.values[(3 * k + colour) * 9 + 8 - tap]
        }
      }
    }
  }
}
