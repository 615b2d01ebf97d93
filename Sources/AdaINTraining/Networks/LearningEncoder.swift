import AdaIN

/// An encoder that learns end to end with its decoder, on pairs of pictures of one size.
final class LearningEncoder {
  private let encoder: TrainingEncoder
  private let pass: EncoderPass
  private let adaptive: AdaptivePass
  private let batch: Int

  /// - Parameter decoder: reaches its target's gradient.
  init(
    _ network: NetworkWeights, decoder: DecoderPass, batch: Int, size: Int, zeros: ZeroRow,
    _ executor: Executor
  ) throws(AdaINError) {
    self.batch = batch
    encoder = try TrainingEncoder(network, executor)
    // Contents and paintings in one batch, so that a filter's gradient is summed in one go.
    pass = try EncoderPass(
      encoder, count: 2 * batch, height: size, width: size, learns: true,
      workspaces: try Workspaces([network], count: 2 * batch, height: size, width: size), zeros: zeros)
    adaptive = AdaptivePass(
      maps: pass.maps.last!, channels: encoder.channels.last!, target: decoder.target,
      targetGradient: decoder.targetGradient!)
  }

  var parameters: [LayerParameters] { encoder.parameters }

  /// Ready the kernels for the parameters as they are: after each change.
  func pack(_ executor: Executor) { encoder.pack(executor) }

  /// From the pairs' pictures to the decoder's target.
  func run(_ pairs: [Pair], _ executor: Executor) {
    for (i, pair) in pairs.enumerated() {
      let pictures = pair.pictures!
      pictures.content.pixels.withUnsafeBufferPointer { pass.pictures.set(i, $0.baseAddress!) }
      pictures.painting.pixels.withUnsafeBufferPointer { pass.pictures.set(batch + i, $0.baseAddress!) }
    }
    pass.run(executor)
    adaptive.run(strengths: pairs.map { $0.pictures!.strength }, executor)
  }

  /// From the target's gradient to that of every parameter.
  func learn(_ executor: Executor) { pass.learn(executor, adaptive.adjoint()) }
}
