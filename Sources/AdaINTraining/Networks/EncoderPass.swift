import AdaIN

/// The encoder on pictures of one size, and from losses on its maps back to the pictures, or to its filters.
final class EncoderPass {
  /// (pictures, height, width, 3): set these, then run.
  let pictures: PictureBatch
  /// Of each layer, after ReLU, before pooling.
  let maps: [FeatureBatch]
  private let architecture: Architecture
  private let first: FirstPass
  private let passes: [LayerPass]
  /// What each layer reads: the maps of the one before or, behind the end of a block, their maxima.
  private let inputs: [FeatureBatch]
  private let back: Back?

  private struct Back {
    let foldings: [Folding]
    let last: FeatureBatch
    /// For what filters' gradients are summed from; nil where none is learnt.
    let learning: Workspace?
  }

  /// - Parameters:
  ///   - result: where the pictures' gradient goes; nil if nobody asks for it.
  ///   - learns: whether the filters' gradients are asked for.
  ///   - workspaces: where there is any way back.
  ///   - reused: where the maps are, if the pass is done with before the next one is made.
  init(
    _ encoder: TrainingEncoder, count: Int, height: Int, width: Int, result: PictureBatch? = nil,
    learns: Bool = false, workspaces: Workspaces? = nil, reused: ReusedMemory? = nil, zeros: ZeroRow
  ) throws(AdaINError) {
    architecture = encoder.weights.architecture
    pictures = try PictureBatch("pictures", count: count, height: height, width: width)
    reused?.begin()
    func batch(
      _ what: String, _ height: Int, _ width: Int, _ channels: Int
    ) throws(AdaINError) -> FeatureBatch {
      guard let reused else {
        return try FeatureBatch(what, count: count, height: height, width: width, channels: channels)
      }
      let floats = FeatureBatch.floats(count, height, width, channels)
      return FeatureBatch(
        in: try reused.workspace(what, count: floats), count: count, height: height, width: width,
        channels: channels)
    }
    var maps: [FeatureBatch] = []
    var gradients: [FeatureBatch] = []
    var inputs: [FeatureBatch] = []
    var passes: [LayerPass] = []
    var foldings: [Folding] = []
    var (height, width) = (height, width)
    for (i, layer) in encoder.weights.encoder.enumerated() {
      if i > 0 {
        let pooled = architecture.endsBlock(i - 1)
        if pooled {
          (height, width) = (height / 2, width / 2)
          inputs.append(try batch(layer.name, height, width, layer.inputChannels))
        } else {
          inputs.append(maps[i - 1])
        }
      }
      let made = try batch(layer.name, height, width, layer.outputChannels)
      maps.append(made)
      if let workspaces {
        gradients.append(
          FeatureBatch(
            in: workspaces.gradients, count: count, height: height, width: width,
            channels: layer.outputChannels))
      }
      guard i > 0 else { continue }
      let padded = workspaces.map {
        FeatureBatch(
          in: $0.padded, count: count, height: height + 2, width: width + 2, channels: layer.inputChannels)
      }
      passes.append(
        try LayerPass(
          encoder.layers[i - 1], input: inputs[i - 1], output: made, gradient: gradients.last, padded: padded,
          zeros: zeros))
      if let padded {
        foldings.append(
          Folding(
            padded: padded, made: maps[i - 1], gradient: gradients[i - 1],
            kind: architecture.endsBlock(i - 1) ? .pooled : .same))
      }
    }
    first = try FirstPass(
      encoder.first, pictures: pictures, output: maps[0], gradient: gradients.first, result: result,
      learns: learns)
    if let last = gradients.last {
      let most = passes.map(\.learningMemory).max()!
      back = Back(
        foldings: foldings, last: last,
        learning: learns ? try Workspace("filters' gradients", count: most) : nil)
    } else {
      back = nil
    }
    self.maps = maps
    self.inputs = inputs
    self.passes = passes
  }

  func run(_ executor: Executor) {
    first.run(executor)
    for (i, pass) in passes.enumerated() {
      if architecture.endsBlock(i) { pool(maps[i], into: inputs[i], executor) }
      pass.run(executor)
    }
  }

  /// From what losses want of the maps, by layer, to the pictures' gradient.
  func runAdjoint(_ executor: Executor, _ contributions: [Int: Folding.Contribution]) {
    let back = back!
    Folding.begin(maps.last!, back.last, executor, adding: contributions[maps.count - 1] ?? { _, _, _ in })
    for i in passes.indices.reversed() {
      passes[i].adjoint(executor)
      back.foldings[i].run(executor, adding: contributions[i])
    }
    first.runAdjoint(executor)
  }

  /// From what is wanted of the last map to the gradient of every parameter.
  func learn(_ executor: Executor, _ contribution: @escaping Folding.Contribution) {
    let back = back!
    Folding.begin(maps.last!, back.last, executor, adding: contribution)
    for i in passes.indices.reversed() {
      passes[i].learn(back.learning!, executor)
      passes[i].adjoint(executor)
      back.foldings[i].run(executor)
    }
    first.learn(executor)
  }
}
