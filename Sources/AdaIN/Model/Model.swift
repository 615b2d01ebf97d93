import AdaINKernels
import CSupport

/// A network ready to run: topology, and weights packed for this machine's kernels.
///
/// Immutable; share one model among all threads. The packed weights of the default model take
/// 161 MB, and 21 MB where they are packed anew for each block of tiles (`Packing`).
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

  /// The model inside the library, made at the first call and shared by later ones.
  /// - Throws: `.memory`; a later call tries again.
  public static func embedded() throws(AdaINError) -> Model {
    let result: Result<Model, AdaINError> = shared.withLock { model in
      if let model { return .success(model) }
      do throws(AdaINError) {
        var size = 0
        let bytes = csupport_embedded_weights(&size)
        let made = try Model(safetensors: UnsafeRawBufferPointer(start: bytes, count: size))
        model = made
        return .success(made)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static let shared = ProcessLock<Model?>(.model, nil)

  /// A model from a safetensors file.
  /// - Throws: `.io` when the file cannot be read, `.format` when it is damaged or describes
  ///   another kind of network, `.memory`; the sentence names the file or the tensor.
  public convenience init(path: String) throws(AdaINError) {
    let weights = try FileBytes.withContents(of: path, maximumSize: Self.maximumFileSize) {
      (bytes: UnsafeRawBufferPointer) throws(AdaINError) -> NetworkWeights in
      try NetworkWeights(safetensors: bytes)
    }
    try self.init(weights: weights)
  }

  /// More than any network of this family needs.
  static let maximumFileSize = 1 << 30

  /// A model from the bytes of a safetensors file; nothing of them is kept.
  /// - Throws: `.format`, `.memory`.
  public convenience init(safetensors: UnsafeRawBufferPointer) throws(AdaINError) {
    try self.init(weights: NetworkWeights(safetensors: safetensors))
  }

  /// The style of a painting.
  /// - Throws: `.argument` for a pixel that is not finite, `.memory`, `.cancelled`.
  public func style(of painting: PixelView, options: RunOptions = RunOptions())
    throws(AdaINError) -> Style
  {
    let content = try analyse(painting, name: "painting", options: options)
    return Style(
      mean: content.statistics.mean.map { Float($0) },
      deviation: content.statistics.deviation.map { Float($0) },
      encoderFingerprint: encoderFingerprint)
  }

  /// Encode a whole picture.
  /// - Throws: `.argument` for a pixel that is not finite, `.memory`, `.cancelled`.
  public func analyse(_ picture: PixelView, options: RunOptions = RunOptions())
    throws(AdaINError) -> Content
  {
    try analyse(picture, name: "picture", options: options)
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
  /// - Throws: `.argument`, `.mismatch`, `.memory`, `.cancelled`.
  public func stylise(
    _ content: PixelView, style: Style, options: RunOptions = RunOptions(), into result: PixelView
  ) throws(AdaINError) {
    guard content.width == result.width, content.height == result.height else {
      throw AdaINError(
        .argument,
        "result: the size \(result.width) x \(result.height) is not the content's \(content.width) x \(content.height)"
      )
    }
    try check(style)
    try options.checkStroke()
    var encoding = options
    var decoding = options
    if let progress = options.progress {
      encoding.progress = { progress($0 / 2) }
      decoding.progress = { progress(0.5 + $0 / 2) }
    }
    let writer = PixelWriter(
      result, alpha: content.channels == 4 && result.channels == 4 ? .copied(from: content) : .opaque)
    func stylise(_ content: PixelView, into result: PixelView, _ writer: PixelWriter)
      throws(AdaINError)
    {
      let analysed = try analyse(content, name: "content", options: encoding)
      try analysed.render(
        modulation: analysed.modulation(style: style, strength: options.strength),
        options: decoding, x: 0, y: 0, into: result, writer: writer)
    }
    guard options.stroke > 1 else { return try stylise(content, into: result, writer) }

    let brush = try BroadBrush(
      content, stroke: options.stroke,
      executor: Executor(kernels: network.kernels, threads: options.threads))
    let painted = try Plane(
      "the reduced result", width: brush.reduced.width, height: brush.reduced.height, channels: 3)
    let view = try painted.view("result")
    try stylise(
      try brush.reduced.view("content"), into: view, PixelWriter(view, alpha: .opaque))
    try brush.enlarge(painted, writer: writer)
  }

  /// Refuse a style of another encoder.
  func check(_ style: Style) throws(AdaINError) {
    guard style.encoderFingerprint == encoderFingerprint,
      style.mean.count == network.featureChannels
    else {
      throw AdaINError(.mismatch, "style: made with another encoder than the model's")
    }
  }
}
