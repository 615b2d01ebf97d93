/// A picture under way from its feature map to pixels, row by row from the top down: for sinks that
/// want it so. Nothing is decoded twice, while rectangles each decode a halo around them. Memory is
/// needed for a band of each layer. Not thread-safe.
public final class Rendering {
  /// The picture that is rendered.
  public let content: Content
  /// Rows pulled so far.
  public private(set) var pulled = 0

  private let progress: ((Double) -> Bool)?
  private let destination: Destination
  private let source: any RectangleSource
  private var failed = false

  /// Where the rows of the pull under way go.
  private final class Destination: @unchecked Sendable {
    var writer: PixelWriter?
    var firstRow = 0
  }

  /// In one style.
  /// - Throws: `.argument`, `.mismatch`, `.memory`.
  public convenience init(
    of content: Content, style: Style, options: RunOptions = RunOptions()
  ) throws(AdaINError) {
    try self.init(
      of: content, modulation: content.modulation(style: style, strength: options.strength),
      options: options)
  }

  /// In several styles, each where its mask says.
  /// - Throws: `.argument`, `.memory`.
  public convenience init(of composition: Composition, options: RunOptions = RunOptions())
    throws(AdaINError)
  {
    try self.init(
      of: composition.content,
      modulation: composition.modulation(strength: options.strength), options: options)
  }

  private init(of content: Content, modulation: Modulation, options: RunOptions)
    throws(AdaINError)
  {
    self.content = content
    progress = options.progress
    let destination = Destination()
    self.destination = destination
    source = try content.rectangle(
      modulation, options: options, columns: 0..<content.width, rows: 0..<content.height
    ) { row, column, count, rgb in
      destination.writer?.writeRow(
        row - destination.firstRow, from: column, count: count, rgb: rgb)
    }
  }

  /// Render the next rows: as many as `rows` has, whose width is the picture's. A fourth channel
  /// is made opaque.
  /// - Throws: `.order` for more rows than are left, `.argument` for another width; then nothing is
  ///   lost. `.cancelled`, and `.io` when the feature map cannot be read back; after these the
  ///   rendering is of no more use.
  public func pull(_ rows: PixelView) throws(AdaINError) {
    guard !failed else {
      throw AdaINError(.order, "the rendering failed before; it can only be freed")
    }
    guard rows.width == content.width else {
      throw AdaINError(
        .argument, "rows: the width \(rows.width) is not the picture's \(content.width)")
    }
    guard rows.height <= content.height - pulled else {
      throw AdaINError(
        .order,
        "rows: \(rows.height) rows more than the \(pulled) pulled exceed the picture's \(content.height)")
    }
    failed = true
    destination.writer = PixelWriter(rows, alpha: .opaque)
    destination.firstRow = pulled
    defer { destination.writer = nil }
    try source.run(until: pulled + rows.height, progress: progress)
    pulled += rows.height
    failed = false
  }
}
