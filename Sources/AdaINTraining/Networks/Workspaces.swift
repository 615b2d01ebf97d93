import AdaIN

/// Memory that the gradients of all layers share: of a layer's sums, and of what it read, with the cells that
/// reflection adds.
struct Workspaces {
  let gradients: Workspace
  let padded: Workspace

  /// Enough for the encoders and decoders of all networks on pictures of a size.
  init(_ networks: [NetworkWeights], count: Int, height: Int, width: Int) throws(AdaINError) {
    var (gradientFloats, paddedFloats) = (0, 0)
    for weights in networks {
      var scale = 1
      for i in weights.encoder.indices {
        if i > 0, weights.architecture.endsBlock(i - 1) { scale *= 2 }
        let (h, w) = (height / scale, width / scale)
        let mirror = weights.decoder[weights.decoder.count - 1 - i]
        let wide = [weights.encoder[i], mirror].map { max($0.inputChannels, $0.outputChannels) }.max()!
        gradientFloats = max(gradientFloats, FeatureBatch.floats(count, h, w, wide))
        paddedFloats = max(paddedFloats, FeatureBatch.floats(count, h + 2, w + 2, wide))
      }
    }
    gradients = try Workspace("gradients", count: gradientFloats)
    padded = try Workspace("gradients", count: paddedFloats)
  }
}
