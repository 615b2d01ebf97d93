import AdaINKernels

/// A content picture in several styles, each where its mask says: spatial control (Huang & Belongie,
/// section 7.3; Gatys et al., CVPR 2017). Immutable; render any rectangle from any thread.
///
/// Every cell of the feature map gets the styles' affine maps, blended by their masks' weights there:
///
///     f' = Σ wₖ AdaIN(f, sₖ) + (1 − Σ wₖ) f
///
/// so borders are as soft as the masks, and what no mask covers stays content. Beside its content a
/// composition takes 4 bytes for each style and 64 pixels.
public final class Composition: @unchecked Sendable {
  /// The picture that is rendered.
  public let content: Content
  /// One for each mask, or one more.
  public let styles: [Style]

  private let weights: RegionWeights
  private let statistics: [ChannelStatistics]

  /// What a style's AdaIN subtracts and divides by.
  public enum Statistics: Sendable {
    /// The content's over the style's own region, each cell weighted by the mask: as in the paper.
    /// A region takes its own light and contrast from the style.
    case regions
    /// The whole content's: what is darker than the rest of the picture stays so.
    case whole
  }

  /// Lay styles over a content, each by its mask.
  /// - Parameters:
  ///   - content: the picture.
  ///   - styles: 1…`maximumStyles`.
  ///   - masks: grey pictures of any size, laid over the whole content: white, or 1, is all of the
  ///     style, black none. One for each style, or one less: the last style then gets what the others
  ///     leave. Where they sum to more than 1 they are normalised. Read during the call only.
  ///   - statistics: what AdaIN takes for the content's; the default is the paper's.
  ///   - options: `threads`; the feature map is read once for `.regions`.
  /// - Throws: `.argument` for numbers that do not fit, a mask of more than one channel or with a
  ///   sample that is not finite; `.mismatch` for a style of another encoder; `.memory`; `.io` when
  ///   the feature map cannot be read back from its temporary file.
  public init(
    of content: Content, styles: [Style], masks: [PixelView], statistics: Statistics = .regions,
    options: RunOptions = RunOptions()
  ) throws(AdaINError) {
    try options.check()
    guard (1...Self.maximumStyles).contains(styles.count) else {
      throw AdaINError(
        .argument, "styles: \(styles.count), not between 1 and \(Self.maximumStyles)")
    }
    for style in styles { try content.model.check(style) }
    self.content = content
    self.styles = styles
    weights = try RegionWeights(
      masks: masks, styles: styles.count, pictureWidth: content.width,
      pictureHeight: content.height)
    switch content.finished == nil ? statistics : .whole {
    case .whole: self.statistics = Array(repeating: content.statistics, count: styles.count)
    case .regions:
      self.statistics = try weights.statistics(
        of: content,
        on: Executor(kernels: content.model.network.kernels, threads: options.threads))
    }
  }

  /// More than anybody has masks for.
  public static let maximumStyles = 256

  /// Render the rectangle whose top left corner is (x, y) and whose size is `result`'s. Its pixels
  /// are those that the whole picture would have there, bit for bit.
  /// - Throws: as `Content.render`.
  public func render(
    options: RunOptions = RunOptions(), x: Int, y: Int, into result: PixelView
  ) throws(AdaINError) {
    try content.render(
      modulation: modulation(strength: options.strength), options: options, x: x, y: y,
      into: result, writer: PixelWriter(result, alpha: .opaque))
  }

  /// The styles' affine maps at a strength.
  func modulation(strength: Float) throws(AdaINError) -> Modulation {
    var maps: [ChannelAffine] = []
    for (style, statistics) in zip(styles, statistics) {
      maps.append(
        try ChannelAffine(
          content: statistics, style: style, strength: strength * content.detail,
          paddedChannels: content.features.channels))
    }
    return .regions(try RegionAffines(maps, weights: weights, channels: content.features.channels))
  }
}
