import AdaIN

/// A decoder that learns: the other half of the paper. The encoder is fixed and computes the losses; the
/// decoder's filters follow their gradient (X. Huang, S. Belongie, ICCV 2017, section 5; the lattice, palette
/// and perceptual losses are this project's own). With `TrainingOptions.trainsEncoder` a whole network learns, by the
/// losses of another one's encoder, the judge's.
///
/// A run's bytes are the same for every number of threads, and after every interruption: `checkpoint` holds
/// all that there is. Not for use from several threads at once; it uses them all by itself.
public final class Training {
  /// Those that it was begun with.
  public let options: TrainingOptions
  /// Steps done.
  public private(set) var step = 0
  private let base: NetworkWeights
  /// Nil where the encoder does not learn.
  private let judge: NetworkWeights?
  let objective: Objective
  private let optimiser: Soap
  private let parameters: [Parameter]
  private var average: [Table<Float>] = []
  private var pool: Pool?
  private let contents: any TrainingPictures
  private let styles: any TrainingPictures

  /// Where the time goes is told to this.
  public var clock: PartClock? {
    didSet { objective.clock = clock }
  }

  /// A step of an odd pair of pictures may not throw the decoder far.
  private static let largestGradient = 10.0

  /// - Parameters:
  ///   - network: encoder, and the decoder to begin with.
  ///   - contents: photographs.
  ///   - styles: paintings.
  ///   - judge: whose encoder the losses are of, where the network's own learns; nil: as it is at the beginning.
  ///   - threads: 0: as many as there are processors.
  /// - Throws: `.argument` for options out of range; `.memory`.
  public convenience init(
    _ network: NetworkWeights, contents: any TrainingPictures, styles: any TrainingPictures,
    judge: NetworkWeights? = nil, options: TrainingOptions = TrainingOptions(), threads: Int = 0
  ) throws(AdaINError) {
    try self.init(beginning: network, judge, contents, styles, options, threads)
  }

  /// Goes on from what `checkpoint` gave, with the options that were given then.
  /// - Parameter judge: the one that was given then.
  /// - Throws: `.format` for a file that is no checkpoint; `.argument` for another judge; `.memory`.
  public convenience init(
    checkpoint bytes: UnsafeRawBufferPointer, contents: any TrainingPictures, styles: any TrainingPictures,
    judge: NetworkWeights? = nil, threads: Int = 0
  ) throws(AdaINError) {
    let checkpoint = try Checkpoint(bytes)
    try self.init(beginning: checkpoint.network, judge, contents, styles, checkpoint.options, threads)
    guard checkpoint.judge == self.judge?.encoderFingerprint else {
      throw AdaINError(.argument, "the judge is not the one that the training was begun with")
    }
    try restore(checkpoint)
  }

  /// The same from a file.
  /// - Throws: `.io` when it cannot be read, too.
  package static func resumed(
    _ path: FilePath, contents: any TrainingPictures, styles: any TrainingPictures, judge: NetworkWeights?,
    threads: Int
  ) throws(AdaINError) -> Training {
    try FileBytes.withContents(of: path, maximumSize: maximumFileSize) {
      (bytes: UnsafeRawBufferPointer) throws(AdaINError) -> Training in
      try Training(checkpoint: bytes, contents: contents, styles: styles, judge: judge, threads: threads)
    }
  }

  /// More than any network of this family needs.
  private static let maximumFileSize = 8 << 30

  private init(
    beginning network: NetworkWeights, _ judge: NetworkWeights?, _ contents: any TrainingPictures,
    _ styles: any TrainingPictures,
    _ options: TrainingOptions, _ threads: Int
  ) throws(AdaINError) {
    try options.check()
    precondition(contents.count > 0 && styles.count > 0)
    self.options = options
    base = network
    self.judge = options.trainsEncoder ? judge ?? network : nil
    self.contents = contents
    self.styles = styles
    objective = try Objective(
      network, judge: self.judge, batch: options.batch, size: options.size, weights: options.losses,
      threads: threads)
    optimiser = try Soap(objective.parameters, objective.executor)
    parameters = objective.parameters.flatMap { [$0.filters, $0.bias] }
    for parameter in parameters { average.append(try Table(parameter.name, parameter.values.array)) }
  }

  /// Encode the first crops: a part of a minute. `advance` does it where it was not done.
  /// - Parameter progress: called with shares from 0 to 1; what it throws ends the work.
  /// - Throws: what is wrong with a picture's file; `.memory`.
  public func prepare(progress: (Double) throws -> Void = { _ in }) throws {
    if pool == nil { pool = try Pool(contents, styles, objective, options, step: step, progress: progress) }
  }

  /// One step.
  /// - Returns: its losses, before the parameters were changed.
  /// - Throws: what is wrong with a picture's file; `.memory`; `.internal` when the parameters have left the
  ///   numbers.
  @discardableResult
  public func advance() throws -> Losses {
    try prepare()
    let pairs = try timed(clock, "new crops") { try pool!.batch(step) }
    var chance = Chance(seed: options.seed, index: step, .shifts)
    return try advance(pairs, shift: Shift(down: chance.below(Self.grid), right: chance.below(Self.grid)))
  }

  /// The decoder's grid repeats after so many pixels.
  private static let grid = 8

  func advance(_ pairs: [Pair], shift: Shift) throws(AdaINError) -> Losses {
    let losses = objective.run(pairs, shift: shift)
    guard losses.total(options.losses).isFinite else {
      throw AdaINError(.internal, "step \(step + 1): a loss is no number; a lower rate may help")
    }
    clipGradients()
    try timed(clock, "optimiser") { () throws(AdaINError) in
      try optimiser.step(rate: Float(options.rate(at: step)))
    }
    // Young averages forget faster, or the beginning would stay in them.
    let keep = Float(min(options.average, Double(1 + step) / Double(10 + step)))
    for (mean, parameter) in zip(average, parameters) {
      let (m, v) = (mean.pointer, parameter.values.pointer)
      for i in 0..<mean.count { m[i] += (v[i] - m[i]) * (1 - keep) }
    }
    timed(clock, "packing") { objective.pack() }
    step += 1
    return losses
  }

  private func clipGradients() {
    var squares = 0.0
    for parameter in parameters {
      var sum = SIMD8<Double>()
      let (g, count) = (parameter.gradient.pointer, parameter.gradient.count)
      for i in 0..<count { sum[i % 8] += Double(g[i]) * Double(g[i]) }
      squares += sum.sum()
    }
    let length = squares.squareRoot()
    guard length > Self.largestGradient else { return }
    let factor = Float(Self.largestGradient / length)
    for parameter in parameters {
      let g = parameter.gradient.pointer
      for i in 0..<parameter.gradient.count { g[i] *= factor }
    }
  }

  /// The network as it is learnt so far: of what learns the moving average, with the filters of an encoder rounded to
  /// halves as files have them; an encoder that does not learn as it was.
  /// - Parameter metadata: replaces or adds to that of the network that training began with.
  /// - Throws: `.memory`; `.internal` when a parameter is no number.
  public func network(metadata: [String: String] = [:]) throws(AdaINError) -> NetworkWeights {
    var learnt: [ConvolutionWeights] = []
    for (i, layer) in objective.parameters.enumerated() {
      let (filters, bias) = (average[2 * i].array, average[2 * i + 1].array)
      guard filters.allSatisfy(\.isFinite), bias.allSatisfy(\.isFinite) else {
        throw AdaINError(.internal, "\(layer.name): training has left the numbers")
      }
      learnt.append(
        try ConvolutionWeights(
          name: layer.name, inputChannels: layer.inputs, outputChannels: layer.outputs, weight: filters,
          bias: bias))
    }
    let about = base.metadata.merging(metadata) { _, new in new }
    guard options.trainsEncoder else {
      return try NetworkWeights(
        architecture: base.architecture, encoder: base.encoder, decoder: learnt, metadata: about,
        encoderFingerprint: base.encoderFingerprint)
    }
    let layers = base.encoder.count
    return try NetworkWeights(
      architecture: base.architecture, newEncoder: Array(learnt[..<layers]),
      decoder: Array(learnt[layers...]),
      metadata: about)
  }

  /// All from which training goes on as if it had never stopped: the bytes of a safetensors file.
  public func checkpoint() throws(AdaINError) -> [UInt8] {
    try Checkpoint.bytes(
      base, options, judge: judge?.encoderFingerprint, step: step,
      tensors: state.map { ($0.name, $0.values.array) })
  }

  /// Everything that changes.
  private var state: [(name: String, values: Table<Float>)] {
    var all: [(name: String, values: Table<Float>)] = []
    for (i, parameter) in parameters.enumerated() {
      all.append(("now." + parameter.name, parameter.values))
      all.append(("average." + parameter.name, average[i]))
      for tensor in optimiser.states[i].tensors {
        all.append(("optimiser.\(parameter.name).\(tensor.name)", tensor.values))
      }
    }
    return all
  }

  private func restore(_ checkpoint: Checkpoint) throws(AdaINError) {
    for (name, table) in state {
      guard let values = checkpoint.tensors[name], values.count == table.count else {
        throw AdaINError(.format, "\(name) is missing in the checkpoint, or has another size")
      }
      values.withUnsafeBufferPointer { table.pointer.update(from: $0.baseAddress!, count: table.count) }
    }
    step = checkpoint.step
    for state in optimiser.states { state.step = step }
    objective.pack()
  }
}
