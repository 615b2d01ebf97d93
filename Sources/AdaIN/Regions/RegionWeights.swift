/// How much of each style every cell of a feature map gets: (height, width, styles), each 0…1, of a
/// sum of at most 1. What is left stays content.
struct RegionWeights: Sendable {
  let width: Int
  let height: Int
  let styles: Int
  let values: AlignedBuffer

  /// - Parameters:
  ///   - masks: one for each style, or one less: the last style then gets what the others leave.
  ///   - styles: 1 or more.
  ///   - pictureWidth, pictureHeight: of the content.
  /// - Throws: `.argument` for another number of masks, for what a mask cannot be, `.memory`.
  init(masks: [PixelView], styles: Int, pictureWidth: Int, pictureHeight: Int)
    throws(AdaINError)
  {
    guard masks.count == styles || masks.count == styles - 1 else {
      throw AdaINError(
        .argument,
        "masks: \(masks.count) for \(styles) styles; one for each is needed, or one less")
    }
    width = extended(pictureWidth) / 8
    height = extended(pictureHeight) / 8
    self.styles = styles
    let (count, overflow) = (width * height).multipliedReportingOverflow(by: styles)
    guard !overflow else { throw AdaINError(.memory, "the masks: more than addressable") }
    values = try AlignedBuffer("the masks", count: count)

    var readers: [MaskCells] = []
    for (i, mask) in masks.enumerated() {
      readers.append(
        try MaskCells(mask, name: "mask \(i)", width: pictureWidth, height: pictureHeight))
    }
    for row in 0..<height {
      let cells = values.floats + row * width * styles
      for i in readers.indices { try readers[i].read(row: row, into: cells + i, step: styles) }
      for x in 0..<width { Self.share(cells + x * styles, masks: masks.count, styles: styles) }
    }
  }

  /// Weights that overlap are normalised; the rest is the last style's where it has no mask.
  private static func share(_ weights: UnsafeMutablePointer<Float>, masks: Int, styles: Int) {
    var sum: Float = 0
    for i in 0..<masks { sum += weights[i] }
    if sum > 1 {
      for i in 0..<masks { weights[i] /= sum }
    }
    if masks < styles { weights[masks] = max(0, 1 - sum) }
  }

  /// The weights of a row of cells.
  func row(_ y: Int) -> UnsafePointer<Float> {
    UnsafePointer(values.floats + y * width * styles)
  }

  /// Whether a style covers the whole picture.
  func isWhole(_ style: Int) -> Bool {
    (0..<width * height).allSatisfy { values.floats[$0 * styles + style] == 1 }
  }
}
