/// Whose colours a result has.
public enum ColourMode: Sendable, CaseIterable {
  /// The style's, as AdaIN makes them: the default.
  case style
  /// The content's: the style image is whitened and coloured to the content's colours before it is
  /// encoded (CORAL: Sun, Feng & Saenko, AAAI 2016; colour control in Gatys et al., CVPR 2017, and in
  /// the code of Huang & Belongie).
  case contentCORAL
  /// The content's, exactly: the result keeps its lightness (CIE L*) and takes the content's a* and b*.
  case contentLightness
  /// The content's: each channel of the style image is matched to the content's histogram before it
  /// is encoded (Gatys et al., "Preserving color in neural artistic style transfer", 2016).
  case histogram

  /// Whether it changes the style image, and so needs its pixels.
  public var changesStyleImage: Bool { self == .contentCORAL || self == .histogram }
}
