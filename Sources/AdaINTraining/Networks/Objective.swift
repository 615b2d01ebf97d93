import AdaIN
import AdaINKernels

/// The losses of a batch of pairs and the gradient of what is learnt: decoder, encoder, losses, and back. Where the
/// encoder learns, too, losses are another one's, the judge's, which stays as it is.
final class Objective {
  /// The judge's.
  let encoder: TrainingEncoder
  private let learner: LearningEncoder?
  let decoder: DecoderPass
  let size: Int
  let batch: Int
  private let weights: LossWeights
  let executor: Executor
  private let made: EncoderPass
  private let shown: PictureBatch
  private let encoderGradient: PictureBatch
  private let styleLayers: [Int]
  /// What the content loss compares with: the decoder's target, or the same of the judge's maps.
  private let wanted: FeatureBatch
  private let zeros: ZeroRow
  /// Of new crops' and paintings' maps.
  private let reused = ReusedMemory()
  var clock: PartClock? {
    didSet { decoder.clock = clock }
  }

  /// Losses of a pair beyond these weigh no more: a content without contrast, whose target is its noise
  /// enlarged, would outweigh a hundred others, and so would a painting of dots alone.
  private static let largestContent = 16.0
  private static let largestStyle = 5.0

  /// - Parameters:
  ///   - judge: whose encoder's losses they are, where that of the network learns; nil where it does not.
  ///   - size: side of the pictures, a multiple of 8.
  init(
    _ network: NetworkWeights, judge: NetworkWeights? = nil, batch: Int, size: Int, weights: LossWeights,
    threads: Int
  ) throws(AdaINError) {
    self.weights = weights
    self.batch = batch
    self.size = size
    executor = Executor(kernels: KernelSet.current.kernels, threads: threads)
    let networks = judge.map { [$0, network] } ?? [network]
    styleLayers = networks[0].architecture.styleLayers
    let layers = networks.flatMap { $0.encoder + $0.decoder }
    let widest = layers.map { max($0.inputChannels, $0.outputChannels) }.max()!
    zeros = try ZeroRow(count: (size + 1) * paddedChannels(widest))
    try executor.reserve(
      max(
        LayerPass.scratchCount(channels: widest), FirstPass.scratchCount(width: size),
        LastPass.scratchCount(width: size), MatrixProduct.scratchCount,
        2 * (size + 2) * paddedChannels(widest)))
    let workspaces = try Workspaces(networks, count: batch, height: size, width: size)
    encoder = try TrainingEncoder(networks[0], executor)
    decoder = try DecoderPass(
      network, count: batch, height: size, width: size, reachesTarget: judge != nil, workspaces: workspaces,
      zeros: zeros)
    if judge != nil {
      learner = try LearningEncoder(
        network, decoder: decoder, batch: batch, size: size, zeros: zeros, executor)
      wanted = try FeatureBatch(
        "target", count: batch, height: size / 8, width: size / 8, channels: encoder.channels.last!)
    } else {
      learner = nil
      wanted = decoder.target
    }
    shown = try PictureBatch("pictures", count: batch, height: size, width: size)
    encoderGradient = try PictureBatch("gradient", count: batch, height: size, width: size)
    made = try EncoderPass(
      encoder, count: batch, height: size, width: size, result: encoderGradient, workspaces: workspaces,
      zeros: zeros)
    decoder.pack(executor)
  }

  /// What is learnt.
  var parameters: [LayerParameters] { (learner?.parameters ?? []) + decoder.parameters }

  /// The parameters have changed.
  func pack() {
    decoder.pack(executor)
    learner?.pack(executor)
  }

  /// The losses, and in the parameters their gradient. The second half of the pictures is encoded
  /// moved by `shift`: a style that is right in one position alone, in step with the encoder's own grid, is
  /// none. What is compared cell by cell is of the first half.
  func run(_ pairs: [Pair], shift: Shift) -> Losses {
    precondition(pairs.count == batch)
    let still = batch - batch / 2
    timed(clock, "AdaIN") { setTarget(pairs) }
    if let learner { timed(clock, "encoder that learns") { learner.run(pairs, executor) } }
    timed(clock, "decoder") { decoder.run(executor) }
    timed(clock, "clamp and shift") {
      Displayable.clamp(decoder.pictures, into: shown)
      for picture in 0..<batch {
        (picture < still ? Shift(down: 0, right: 0) : shift).apply(shown, into: made.pictures, picture)
      }
    }
    timed(clock, "encoder") { made.run(executor) }

    var losses = Losses()
    let contributions = timed(clock, "losses of maps") { () -> [Int: Folding.Contribution] in
      self.contributions(pairs, still: still, &losses)
    }
    timed(clock, "encoder's adjoint") { made.runAdjoint(executor, contributions) }
    for picture in 0..<batch {
      for y in 0..<size { decoder.gradient.row(picture, y).update(repeating: 0, count: 3 * size) }
      (picture < still ? Shift(down: 0, right: 0) : shift).addAdjoint(
        encoderGradient, to: decoder.gradient, picture)
    }
    timed(clock, "palette") { addPalette(pairs, &losses) }
    timed(clock, "lattice") { addLattice(&losses) }
    Displayable.adjoint(decoder.pictures, decoder.gradient)
    decoder.learn(executor)
    if let learner { timed(clock, "encoder that learns") { learner.learn(executor) } }
    return losses
  }

  /// Equation 8: the contents' maps with the styles' statistics.
  private func setTarget(_ pairs: [Pair]) {
    executor.run(count: batch) { i, _ in
      let content = pairs[i].content
      AdaptivePass.transfer(
        (content.map, 0), own: content.style.layers.last!, to: pairs[i].style.layers.last!, into: (wanted, i),
        channels: encoder.channels.last!)
    }
  }

  private func contributions(
    _ pairs: [Pair], still: Int, _ losses: inout Losses
  ) -> [Int: Folding.Contribution] {
    let channels = encoder.channels
    // Of each picture, over the layers: its loss, and each layer's affine gradient.
    var styles = [Double](repeating: 0, count: batch)
    var gradients: [[(offset: [Float], slope: [Float])]] = []
    for (s, layer) in styleLayers.enumerated() {
      let maps = made.maps[layer]
      let statistics = MapStatistics.of(maps, channels: channels[layer], executor)
      gradients.append([])
      for i in 0..<batch {
        let (loss, offset, slope) = statistics[i].loss(
          to: pairs[i].style.layers[s], channels: channels[layer], cells: maps.height * maps.width)
        styles[i] += Double(loss)
        gradients[s].append((offset, slope))
      }
    }
    let shares = styles.map { min(1, Self.largestStyle / $0) * weights.style / Double(batch) }
    losses.style = styles.map { min($0, Self.largestStyle) }.reduce(0, +) / Double(batch)

    let contents = contentLosses(still)
    losses.content = contents.map { min($0, Self.largestContent) }.reduce(0, +) / Double(still)
    let last = made.maps.last!
    let values = Double(last.height * last.width * channels.last!)
    let contentShares = contents.map { Float(2 * min(1, Self.largestContent / $0) / Double(still) / values) }

    var result: [Int: Folding.Contribution] = [:]
    for (s, layer) in styleLayers.enumerated() {
      let maps = made.maps[layer]
      // For whole blocks, scaled.
      let affine = gradients[s].enumerated().map { i, gradient in
        (scaled(gradient.offset, shares[i]), scaled(gradient.slope, shares[i]))
      }
      let isLast = s == styleLayers.count - 1
      let weight = isLast ? 0 : Float(weights.perceptual / Double(still * maps.height * maps.width))
      if !isLast { losses.perceptual += perceptualLoss(pairs, s, maps, still) }
      let target = wanted
      let perceptual = weights.perceptual > 0
      result[layer] = { map, y, line in
        let row = maps.row(map, y)
        let (values, out, blocks) = (row.blocks, line.blocks, maps.channels / 16)
        let (offset, slope) = affine[map]
        for x in 0..<maps.width {
          for block in 0..<blocks {
            let at = x * blocks + block
            out[at] += offset[block] + slope[block] * values[at]
          }
        }
        guard map < still else { return }
        if isLast {
          let wanted = target.row(map, y).blocks
          for i in 0..<maps.width * blocks { out[i] += contentShares[map] * (values[i] - wanted[i]) }
        } else if perceptual {
          _ = pairs[map].content.directions[s].loss(
            row, y: y, width: maps.width, weight: weight, addingTo: line)
        }
      }
    }
    return result
  }

  private func scaled(_ values: [Float], _ share: Double) -> [Block] {
    stride(from: 0, to: values.count, by: 16).map { first in
      var block = Block()
      for lane in 0..<16 { block[lane] = Float(Double(values[first + lane]) * share) }
      return block
    }
  }

  /// Equation 12 of each picture that was not moved.
  private func contentLosses(_ still: Int) -> [Double] {
    let (maps, target) = (made.maps.last!, wanted)
    let values = Double(maps.height * maps.width * encoder.channels.last!)
    return (0..<still).map { map in
      var total = 0.0
      for y in 0..<maps.height {
        let (made, wanted) = (maps.row(map, y).blocks, target.row(map, y).blocks)
        var sum = Block()
        for i in 0..<maps.width * maps.channels / 16 {
          let difference = made[i] - wanted[i]
          sum += difference * difference
        }
        total += Double(sum.sum())
      }
      return total / values
    }
  }

  private func perceptualLoss(_ pairs: [Pair], _ s: Int, _ maps: FeatureBatch, _ still: Int) -> Double {
    guard weights.perceptual > 0 else { return 0 }
    let rows = UnsafeMutablePointer<Float>.allocate(capacity: still * maps.height)
    defer { rows.deallocate() }
    executor.run(count: still * maps.height) { item, _ in
      let (map, y) = item.quotientAndRemainder(dividingBy: maps.height)
      rows[item] = Float(
        pairs[map].content.directions[s].loss(
          maps.row(map, y), y: y, width: maps.width, weight: 0, addingTo: nil))
    }
    var sum = 0.0
    for i in 0..<still * maps.height { sum += Double(rows[i]) }
    return sum / Double(still * maps.height * maps.width)
  }

  private func addPalette(_ pairs: [Pair], _ losses: inout Losses) {
    for i in 0..<batch {
      let palette = PicturePalette(of: shown, i)
      losses.palette += palette.loss(to: pairs[i].style.palette) / Double(batch)
      palette.addGradient(
        to: pairs[i].style.palette, weight: weights.palette / Double(batch), shown, i, into: decoder.gradient)
    }
  }

  private func addLattice(_ losses: inout Losses) {
    let lattice = LatticeLoss(height: size, width: size)
    let pixels = size * size
    let memory = UnsafeMutablePointer<Float>.allocate(capacity: 2 * pixels * 3 * batch + 3 * batch)
    defer { memory.deallocate() }
    let found = memory + 2 * pixels * 3 * batch
    executor.run(count: 3 * batch) { item, _ in
      let (picture, colour) = item.quotientAndRemainder(dividingBy: 3)
      let plane = memory + 2 * pixels * item
      let gradient = plane + pixels
      for y in 0..<size {
        let row = shown.row(picture, y)
        for x in 0..<size { plane[y * size + x] = row[3 * x + colour] }
      }
      gradient.update(repeating: 0, count: pixels)
      found[item] = Float(
        lattice.run(plane, weight: weights.lattice / Double(batch), addingTo: gradient))
      for y in 0..<size {
        let row = decoder.gradient.row(picture, y)
        for x in 0..<size { row[3 * x + colour] += gradient[y * size + x] }
      }
    }
    for item in 0..<3 * batch { losses.lattice += Double(found[item]) / Double(batch) }
  }

  // ---- What pairs are made of ------------------------------------------------------------

  /// - Parameter picture: (height, width, 3) in 0 to 1; `size` on each side.
  func content(_ picture: TrainingPicture) throws(AdaINError) -> EncodedContent {
    let pass = try encoded(picture)
    var directions: [Directions] = []
    for layer in styleLayers.dropLast() {
      directions.append(try Directions(of: pass.maps[layer], 0, executor))
    }
    return EncodedContent(
      map: try FeatureBatch("content", copying: pass.maps.last!, 0), directions: directions,
      style: summary(pass))
  }

  /// - Parameter picture: sides are multiples of 8.
  func style(_ picture: TrainingPicture) throws(AdaINError) -> StyleSummary { summary(try encoded(picture)) }

  private func encoded(_ picture: TrainingPicture) throws(AdaINError) -> EncoderPass {
    let pass = try EncoderPass(
      encoder, count: 1, height: picture.height, width: picture.width, reused: reused, zeros: zeros)
    picture.pixels.withUnsafeBufferPointer { pass.pictures.set(0, $0.baseAddress!) }
    pass.run(executor)
    return pass
  }

  private func summary(_ pass: EncoderPass) -> StyleSummary {
    StyleSummary(
      layers: styleLayers.map {
        MapStatistics.of(pass.maps[$0], channels: encoder.channels[$0], executor)[0]
      },
      palette: PicturePalette(of: pass.pictures, 0))
  }
}
