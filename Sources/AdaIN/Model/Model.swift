import AdaINKernels
import CSupport

/// A network ready to run: topology, and weights packed for this machine's kernels.
///
/// Immutable; share one model among all threads. The packed weights of the standard model take
/// 161 MB, and 21 MB where they are packed anew for each block of tiles (`Packing`); the fast model's take 19
/// MB.
public final class Model: Sendable {
  /// Which layers the network has.
  public let architecture: Architecture
  /// The weights file's metadata: provenance and licence.
  public let metadata: [String: String]
  /// Styles made by another encoder are refused by this.
  public let encoderFingerprint: UInt64

  let network: PackedNetwork

  /// A model from weights that were read before, ready for the kernels.
  /// - Parameters:
  ///   - weights: the network; its tensors are copied as they are packed.
  ///   - kernels: the instruction set; the tests run them all.
  ///   - packing: memory or time; the default is what `ADAIN_LOW_MEMORY` says.
  /// - Throws: `.memory`.
  public init(
    weights: NetworkWeights, kernels: KernelSet = .current, packing: Packing = .current
  ) throws(AdaINError) {
    architecture = weights.architecture
    metadata = weights.metadata
    encoderFingerprint = weights.encoderFingerprint
    network = try PackedNetwork(weights, kernels: kernels.kernels, packing: packing)
  }

  /// The model inside the library that is meant where none is named: `named(.standard)`.
  /// - Throws: `.memory`; a later call tries again.
  public static func embedded() throws(AdaINError) -> Model { try named(.standard) }

  /// A model inside the library, made at the first call and shared by later ones.
  /// - Throws: `.memory`; a later call tries again.
  public static func named(_ name: BuiltInModel) throws(AdaINError) -> Model {
    let result: Result<Model, AdaINError> = shared.withLock { models in
      if let model = models[name] { return .success(model) }
      do throws(AdaINError) {
        let made = try Model(safetensors: name.weights)
        models[name] = made
        return .success(made)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static let shared = ProcessLock<[BuiltInModel: Model]>(.model, [:])

  static func finishGlobals() { _ = shared }

  /// What a user's `--model` says: a model inside the library by its name, or a weights file by its path,
  /// which has a suffix or a folder.
  /// - Throws: `.argument` for a name that there is not; as `init(path:)`.
  public static func open(_ nameOrPath: String) throws(AdaINError) -> Model {
    try open(FilePath(nameOrPath))
  }

  package static func open(_ path: FilePath) throws(AdaINError) -> Model {
    if FilePath.isBuiltInName(path.name) { return try named(BuiltInModel(path.name)) }
    return try Model(path: path)
  }

  /// A model from a safetensors file.
  /// - Throws: `.io` when the file cannot be read, `.format` when it is damaged or describes
  ///   another kind of network, `.memory`; the sentence names the file or the tensor.
  public convenience init(path: String) throws(AdaINError) { try self.init(path: FilePath(path)) }

  package convenience init(path: FilePath) throws(AdaINError) {
    try self.init(weights: NetworkWeights(path: path))
  }

  /// A model from the bytes of a safetensors file; nothing of them is kept.
  /// - Throws: `.format`, `.memory`.
  public convenience init(safetensors: UnsafeRawBufferPointer) throws(AdaINError) {
    try self.init(weights: NetworkWeights(safetensors: safetensors))
  }

  /// The style of a painting.
  ///
  /// Memory is needed for a band of each layer; the feature map is not kept.
  /// - Parameters:
  ///   - painting: of any size, which decides how coarse the strokes are; alpha is not looked at.
  ///   - options: threads, progress.
  /// - Throws: `.argument` for a pixel that is not finite; `.memory`, `.cancelled`.
  public func style(of painting: PixelView, options: RunOptions = RunOptions())
    throws(AdaINError) -> Style
  {
    try options.check()
    let encoder = try Encoder(
      network, width: painting.width, height: painting.height, keeps: .statistics,
      executor: Executor(kernels: network.kernels, threads: options.threads, clock: options.clock))
    try encoder.encode(painting, name: "painting", progress: options.progress)
    let statistics = encoder.statistics
    return Style(
      mean: statistics.mean.map { Float($0) },
      deviation: statistics.deviation.map { Float($0) },
      encoderFingerprint: encoderFingerprint)
  }

  /// Encode a whole picture.
  /// - Throws: `.argument` for a pixel that is not finite, and for a broad brush, for which a picture is
  ///   painted (`Analysis.paint`); `.memory`, `.io`, `.cancelled`.
  public func analyse(_ picture: PixelView, options: RunOptions = RunOptions())
    throws(AdaINError) -> Content
  {
    try options.check()
    if let stroke = options.stroke, stroke > 1 {
      throw AdaINError(
        .argument, "options: stroke is \(stroke); for a broad brush a picture is painted from an analysis")
    }
    return try analyse(picture, name: "picture", options: options)
  }

  private func analyse(_ picture: PixelView, name: String, options: RunOptions)
    throws(AdaINError) -> Content
  {
    let analysis = try Analysis(
      model: self, width: picture.width, height: picture.height, options: options)
    try analysis.push(picture, name: name)
    return try analysis.finish()
  }

  /// Content in the given style, in one call.
  ///
  /// `result` has the content's size and may be the same pixels: everything is read before
  /// anything is written. Its alpha, if both have one, is the content's, otherwise opaque.
  /// - Throws: `.argument`, `.mismatch`, `.memory`, `.io`, `.cancelled`.
  public func stylise(
    _ content: PixelView, style: Style, options: RunOptions = RunOptions(), into result: PixelView
  ) throws(AdaINError) {
    guard content.width == result.width, content.height == result.height else {
      throw AdaINError(
        .argument,
        "result: the size \(result.width) x \(result.height) is not the content's \(content.width) x \(content.height)"
      )
    }
    try options.check()
    try check(style)
    let stroke = options.stroke ?? BrushSizes.automaticStroke(width: content.width, height: content.height)
    let analysed: Content
    var decoding = options
    if stroke > 1 {
      analysed = try painted(
        content, style: style, stroke: stroke, options: options, rendering: &decoding.progress)
    } else {
      let pixels = Double(content.width) * Double(content.height)
      var shares = WorkShares(
        [pixels * WorkShares.encoding, pixels * WorkShares.rendering], progress: options.progress)
      var encoding = options
      encoding.stroke = 1
      encoding.progress = shares.next()
      analysed = try analyse(content, name: "content", options: encoding)
      decoding.progress = shares.next()
    }
    let alpha: PixelWriter.Alpha =
      content.channels == 4 && result.channels == 4 ? .copied(from: content) : .opaque
    try analysed.render(
      modulation: analysed.modulation(style: style, strength: options.strength),
      options: decoding, x: 0, y: 0, into: result, writer: PixelWriter(result, alpha: alpha))
  }

  /// In broad strokes. `rendering`: the progress of what is left to do.
  private func painted(
    _ content: PixelView, style: Style, stroke: Double, options: RunOptions,
    rendering: inout (@Sendable (Double) -> Bool)?
  ) throws(AdaINError) -> Content {
    var sketching = options
    sketching.stroke = stroke
    var painting = options
    let costs = Sketch.costs(width: content.width, height: content.height, stroke: stroke)
    var shares = WorkShares([costs.sketching, costs.painting, costs.rendering], progress: options.progress)
    sketching.progress = shares.next()
    painting.progress = shares.next()
    rendering = shares.next()
    let analysis = try Analysis(model: self, width: content.width, height: content.height, options: sketching)
    try analysis.push(content, name: "content")
    return try analysis.paint(style: style, options: painting)
  }

  /// Refuse a style of another encoder.
  func check(_ style: Style) throws(AdaINError) {
    guard style.encoderFingerprint == encoderFingerprint,
      style.mean.count == network.featureChannels
    else {
      let maker = BuiltInModel(encoderFingerprint: style.encoderFingerprint)
      throw AdaINError(
        .mismatch,
        maker.map { "style: made with the model '\($0.rawValue)', not with this one" }
          ?? "style: made with another encoder than the model's")
    }
  }
}
