import AdaIN

/// An encoder's layers, packed.
final class TrainingEncoder {
  let weights: NetworkWeights
  let first: FirstLayer
  let layers: [WinogradLayer]

  init(_ weights: NetworkWeights, _ executor: Executor) throws(AdaINError) {
    self.weights = weights
    first = try FirstLayer(weights.encoder[0])
    var layers: [WinogradLayer] = []
    for layer in weights.encoder.dropFirst() {
      layers.append(try WinogradLayer(layer, form: .plain, passesGradient: true))
    }
    self.layers = layers
    for layer in layers { layer.pack(executor) }
  }

  /// What can be learnt, in the order in which the layers run.
  var parameters: [LayerParameters] { [first.parameters] + layers.map(\.parameters) }

  /// Channels of each layer's maps that are the network's own.
  var channels: [Int] { weights.encoder.map(\.outputChannels) }

  /// Ready the kernels for the parameters as they are: after each change.
  func pack(_ executor: Executor) {
    first.pack()
    for layer in layers { layer.pack(executor) }
  }
}
