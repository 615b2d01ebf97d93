import Testing

@testable import AdaIN
@testable import AdaINTraining

@Suite("Training") struct TrainingTests {
  private var options: TrainingOptions {
    var options = TrainingOptions(for: .every)
    (options.steps, options.size, options.batch, options.pool, options.warmUp) = (13, 32, 2, 4, 2)
    (options.rate, options.seed) = (2e-3, 11)
    return options
  }

  private func training(_ options: TrainingOptions, threads: Int) throws -> Training {
    try Training(
      narrowNetwork(), contents: MadeUpPictures(count: 5), styles: MadeUpPictures(count: 3, seed: 40),
      options: options,
      threads: threads)
  }

  private func bytes(_ training: Training) throws -> [UInt8] { try training.checkpoint() }

  @Test("a whole network learns by a judge's losses, stopped or not, and is a model of its own") func whole()
    throws
  {
    var options = options
    options.trainsEncoder = true
    let judge = try narrowNetwork(widths: [9, 17, 20, 35], seed: 2, fingerprint: 8)
    func training(_ threads: Int) throws -> Training {
      try Training(
        narrowNetwork(), contents: MadeUpPictures(count: 5), styles: MadeUpPictures(count: 3, seed: 40),
        judge: judge, options: options, threads: threads)
    }
    func resumed(_ checkpoint: [UInt8], judge: NetworkWeights?) throws -> Training {
      try checkpoint.withUnsafeBytes {
        try Training(
          checkpoint: $0, contents: MadeUpPictures(count: 5), styles: MadeUpPictures(count: 3, seed: 40),
          judge: judge, threads: 1)
      }
    }
    let whole = try training(3)
    for _ in 0..<13 { try whole.advance() }
    let first = try training(2)
    for _ in 0..<5 { try first.advance() }
    let second = try resumed(try first.checkpoint(), judge: judge)
    while second.step < 13 { try second.advance() }
    #expect(try bytes(second) == bytes(whole))
    #expect(throws: AdaINError(.argument, "the judge is not the one that the training was begun with")) {
      try resumed(try first.checkpoint(), judge: nil)
    }

    let network = try whole.network()
    let begun = try narrowNetwork()
    for (learnt, before) in zip(network.encoder, begun.encoder) { #expect(learnt.weight != before.weight) }
    let file = try network.safetensors()
    let read = try file.withUnsafeBytes { try NetworkWeights(safetensors: $0) }
    #expect(read.encoderFingerprint == network.encoderFingerprint && network.encoderFingerprint != 7)

    var given = TrainingOptions()
    given.trainsEncoder = true
    #expect(throws: AdaINError.self) { try given.check() }
  }

  @Test("the losses fall") func learns() throws {
    var options = options
    (options.steps, options.pool) = (60, 2)
    let training = try training(options, threads: 2)
    var totals: [Double] = []
    for _ in 0..<options.steps { totals.append(try training.advance().total(options.losses)) }
    let (begin, end) = (totals.prefix(10).reduce(0, +), totals.suffix(10).reduce(0, +))
    #expect(end < 0.9 * begin, "\(totals)")
  }

  @Test("the paintings given are seen whole, and once") func wholes() throws {
    let styles = SeenPictures(count: 2)
    var options = TrainingOptions()
    (options.size, options.batch, options.pool) = (32, 2, 12)
    let training = try Training(
      narrowNetwork(), contents: MadeUpPictures(count: 5), styles: styles, options: options, threads: 2)
    for _ in 0..<4 { try training.advance() }
    #expect(styles.sides.withLock { $0 } == [512, 512])
  }

  @Test("the bytes are the same for every number of threads") func threads() throws {
    let results = try [1, 2, 3].map { threads in
      let training = try training(options, threads: threads)
      for _ in 0..<12 { try training.advance() }
      return try bytes(training)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test("stopped at any step and gone on with, the bytes are the same") func resumed() throws {
    let whole = try training(options, threads: 2)
    for _ in 0..<13 { try whole.advance() }
    let expected = try bytes(whole)
    // Before the bases are found, between two turns of them, just before and after one.
    for stop in [0, 1, 5, 11, 12] {
      let first = try training(options, threads: 1)
      for _ in 0..<stop { try first.advance() }
      let checkpoint = try first.checkpoint()
      let second = try checkpoint.withUnsafeBytes {
        try Training(
          checkpoint: $0, contents: MadeUpPictures(count: 5), styles: MadeUpPictures(count: 3, seed: 40),
          threads: 2)
      }
      #expect(second.step == stop)
      while second.step < 13 { try second.advance() }
      #expect(try bytes(second) == expected, "stopped at \(stop)")
    }
  }

  @Test("what is no checkpoint is refused with a sentence") func checkpoints() throws {
    let good = try training(options, threads: 1).checkpoint()
    func open(_ bytes: [UInt8]) throws {
      _ = try bytes.withUnsafeBytes {
        try Training(checkpoint: $0, contents: MadeUpPictures(count: 1), styles: MadeUpPictures(count: 1))
      }
    }
    try open(good)
    #expect(throws: AdaINError.self) { try open([]) }
    #expect(throws: AdaINError.self) { try open(Array(good.dropLast(4))) }
    let model = try NetworkWeights.open("fast").safetensors()
    #expect(throws: AdaINError(.format, "is not a checkpoint of a training")) { try open(model) }
    // Of a step that there is none of.
    let far = try Checkpoint.bytes(narrowNetwork(), options, step: .max, tensors: [])
    #expect(throws: AdaINError(.format, "the checkpoint's step or options cannot be read")) { try open(far) }
    let odd = try Checkpoint.bytes(narrowNetwork(), options, step: 1, tensors: [("now.x", [.nan])])
    #expect(throws: AdaINError(.format, "weights: now.x: a value is not a finite number")) { try open(odd) }
  }

  @Test("the result is a weights file of the same encoder") func result() throws {
    let training = try training(options, threads: 2)
    try training.advance()
    let network = try training.network(metadata: ["provenance": "a test"])
    #expect(network.encoderFingerprint == 7)
    #expect(network.metadata["provenance"] == "a test" && network.metadata["licence"] == "none")
    // The made-up fingerprint is no file's: whoever writes it is told.
    let shipped = try NetworkWeights.open("fast")
    let file = try shipped.safetensors()
    let read = try file.withUnsafeBytes { try NetworkWeights(safetensors: $0) }
    #expect(read.encoderFingerprint == shipped.encoderFingerprint)
    for (a, b) in zip(read.decoder, shipped.decoder) { #expect(a.weight == b.weight && a.bias == b.bias) }
  }

  @Test("options out of range are named")
  func ranges() {
    func refused(_ change: (inout TrainingOptions) -> Void) -> String? {
      var options = TrainingOptions()
      change(&options)
      do throws(AdaINError) {
        try options.check()
        return nil
      } catch { return error.message }
    }
    #expect(refused { _ in } == nil)
    #expect(refused { $0.size = 20 } == "size: 20 is not a multiple of 8 from 16 to 1024")
    #expect(refused { $0.rate = .nan } == "rate: nan is not above 0 and up to 1")
    #expect(refused { $0.batch = 0 } == "batch: 0 is not from 1 to 64")
    #expect(refused { $0.losses.style = -1 }?.hasPrefix("style-weight: -1.0") == true)
  }
}
