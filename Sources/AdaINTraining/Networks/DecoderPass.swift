import AdaIN
import AdaINKernels

/// The decoder's layers as they are learnt, on maps of one size.
final class DecoderPass {
  /// (pictures, height, width, channels) of relu4_1: set these, then run.
  let target: FeatureBatch
  /// Not clamped.
  let pictures: PictureBatch
  /// Set this, between zeros, then `learn`.
  let gradient: PictureBatch
  /// Of the target, where the encoder learns, too.
  let targetGradient: FeatureBatch?
  private let targetFolding: Folding?
  private let layers: [WinogradLayer]
  private let passes: [LayerPass]
  private let foldings: [Folding]
  private let last: LastPass
  /// For what filters' gradients are summed from.
  private let learning: Workspace

  var clock: PartClock?

  /// - Parameters:
  ///   - height, width: of the pictures.
  ///   - reachesTarget: whether `learn` goes on to the target's gradient.
  init(
    _ weights: NetworkWeights, count: Int, height: Int, width: Int, reachesTarget: Bool = false,
    workspaces: Workspaces, zeros: ZeroRow
  ) throws(AdaINError) {
    let architecture = weights.architecture
    let names = architecture.layerNames
    var (h, w) = (height / 8, width / 8)
    target = try FeatureBatch(
      "target", count: count, height: h, width: w, channels: weights.decoder[0].inputChannels)
    pictures = try PictureBatch("pictures", count: count, height: height, width: width)
    gradient = try PictureBatch("gradient", count: count, height: height, width: width)
    targetGradient =
      reachesTarget
      ? try FeatureBatch("target", count: count, height: h, width: w, channels: target.channels) : nil
    // AdaIN stands between, which may well give what is below zero.
    if let targetGradient {
      let padded = FeatureBatch(
        in: workspaces.padded, count: count, height: h + 2, width: w + 2, channels: target.channels)
      targetFolding = Folding(
        padded: padded, made: target, gradient: targetGradient, kind: .same, rectified: false)
    } else {
      targetFolding = nil
    }
    var layers: [WinogradLayer] = []
    var passes: [LayerPass] = []
    var foldings: [Folding] = []
    var input = target
    var inputGradient: FeatureBatch?
    for (i, layer) in weights.decoder.dropLast().enumerated() {
      let enlarges = architecture.endsBlock(names.count - 1 - i)
      if enlarges { (h, w) = (2 * h, 2 * w) }
      let packed = try WinogradLayer(
        layer, form: enlarges ? .enlarged : .plain, passesGradient: i > 0 || reachesTarget)
      let made = try FeatureBatch(
        layer.name, count: count, height: h, width: w, channels: layer.outputChannels)
      let gradient = FeatureBatch(
        in: workspaces.gradients, count: count, height: h, width: w, channels: layer.outputChannels)
      let padded = FeatureBatch(
        in: workspaces.padded, count: count, height: h + 2, width: w + 2, channels: layer.inputChannels)
      passes.append(
        try LayerPass(packed, input: input, output: made, gradient: gradient, padded: padded, zeros: zeros))
      layers.append(packed)
      if let inputGradient {
        foldings.append(
          Folding(padded: padded, made: input, gradient: inputGradient, kind: enlarges ? .enlarged : .same))
      }
      input = made
      inputGradient = gradient
    }
    let padded = FeatureBatch(
      in: workspaces.padded, count: count, height: h + 2, width: w + 2, channels: input.channels)
    last = try LastPass(
      weights.decoder.last!, input: input, output: pictures, gradient: gradient, padded: padded)
    foldings.append(Folding(padded: padded, made: input, gradient: inputGradient!, kind: .same))
    self.layers = layers
    self.passes = passes
    self.foldings = foldings
    learning = try Workspace("filters' gradients", count: passes.map(\.learningMemory).max()!)
  }

  /// What is learnt, in the order in which the layers run.
  var parameters: [LayerParameters] { layers.map(\.parameters) + [last.parameters] }

  /// Ready the kernels for the parameters as they are: after each change.
  func pack(_ executor: Executor) {
    for layer in layers { layer.pack(executor) }
    last.pack()
  }

  func run(_ executor: Executor) {
    for pass in passes { pass.run(executor) }
    last.run(executor)
  }

  /// From the pictures' gradient to that of every parameter.
  func learn(_ executor: Executor) {
    timed(clock, "decoder's filters") { last.learn(executor) }
    timed(clock, "decoder's adjoint") { last.runAdjoint(executor) }
    for i in passes.indices.reversed() {
      // Folded to the gradient of this layer's sums.
      timed(clock, "folding") { foldings[i].run(executor) }
      timed(clock, "decoder's filters") { passes[i].learn(learning, executor) }
      if i > 0 || targetFolding != nil {
        timed(clock, "decoder's adjoint") { passes[i].adjoint(executor) }
      }
    }
    targetFolding?.run(executor)
  }
}
