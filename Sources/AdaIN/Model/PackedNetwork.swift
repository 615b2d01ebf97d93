import AdaINKernels

/// The network with its weights packed for one instruction set.
final class PackedNetwork: Sendable {
  let kernels: KernelTable
  let first: FirstWeights
  /// conv1_2 … conv4_1, and which of them are followed by pooling.
  let encoder: [WinogradConvolution]
  let encoderPooling: [Bool]
  /// conv4_1 … conv1_2, some of which read their input enlarged.
  let decoder: [WinogradConvolution]
  let last: LastWeights
  /// Channels of the feature map.
  let featureChannels: Int
  /// Channels of the first layer of each block: relu1_1, relu2_1, relu3_1 and relu4_1.
  let blockChannels: [Int]

  /// Scratch memory of a thread, in floats: enough for every layer.
  let scratchCount: Int

  init(_ weights: NetworkWeights, kernels: KernelTable, packing: Packing) throws(AdaINError) {
    self.kernels = kernels
    first = try FirstWeights(weights.encoder[0])
    last = try LastWeights(weights.decoder[weights.decoder.count - 1])
    featureChannels = weights.encoder[weights.encoder.count - 1].outputChannels

    // A block's last convolution is the one after which the next block's name begins.
    let names = weights.architecture.layerNames
    func block(_ i: Int) -> Character { names[i][names[i].index(names[i].startIndex, offsetBy: 4)] }
    let endsBlock = names.indices.map { $0 + 1 < names.count && block($0) != block($0 + 1) }
    blockChannels = names.indices.filter { $0 == 0 || endsBlock[$0 - 1] }
      .map { weights.encoder[$0].outputChannels }
    encoderPooling = Array(endsBlock.dropFirst())
    let decoderForms: [WinogradForm] = endsBlock.reversed().dropLast().map {
      $0 ? .enlarged : .plain
    }

    let encoderWeights = Array(weights.encoder.dropFirst())
    let decoderWeights = Array(weights.decoder.dropLast())
    var packed: [WinogradConvolution] = []
    for layer in encoderWeights {
      packed.append(try WinogradConvolution(layer, form: .plain, packing: packing))
    }
    for (layer, form) in zip(decoderWeights, decoderForms) {
      packed.append(try WinogradConvolution(layer, form: form, packing: packing))
    }
    encoder = Array(packed[..<encoderWeights.count])
    decoder = Array(packed[encoderWeights.count...])
    scratchCount = max(LastStage.scratchCount, packed.map(WinogradStage.scratchCount).max()!)

    guard packing == .once else { return }
    let items = zip(packed, encoderWeights + decoderWeights).flatMap { convolution, layer in
      (0..<convolution.panels).map { (convolution, layer, $0) }
    }
    ThreadPool.shared.run(count: items.count, limit: .shared(ProcessorCount.available)) { item, _ in
      let (convolution, layer, panel) = items[item]
      convolution.pack(layer, panel: panel, kernels: kernels)
    }
  }
}
