/// The tones of a picture in broad strokes, which finer strokes over them have to leave as they are: means
/// over cells a few pixels wide.
///
/// The decoder moves colours and contrast even at a low strength, and the finer strokes' statistics are taken
/// of other sizes than the broad ones': seen whole, what the broad strokes got right would be lost. So a
/// picture in fine strokes f gives only what is finer than the cells, as in a Laplacian pyramid (Burt &
/// Adelson, 1983):
///
///     out = f + up(tones − means(f))
struct BroadTones {
  /// A cell holds two pixels by two of the broad strokes' own size: finer than their strokes are wide, coarse
  /// enough that an edge of the fine strokes has no pale seam beside it.
  private static let reduction = 2

  /// The means, RGB.
  let cells: PixelStore
  /// From pixels to cells.
  let meansAcross: Resampling
  let meansDown: Resampling
  /// From cells to pixels.
  let enlargedAcross: Resampling
  let enlargedDown: Resampling

  /// - Parameters:
  ///   - picture: in broad strokes, RGB.
  ///   - width, height: of the picture in finer strokes.
  ///   - limit: bytes of memory that the means may take.
  /// - Throws: `.memory`, `.io`.
  init(of picture: PixelStore, width: Int, height: Int, limit: Int, executor: Executor) throws(AdaINError) {
    func reduced(_ side: Int) -> Int { (side + Self.reduction - 1) / Self.reduction }
    let size = (width: reduced(picture.width), height: reduced(picture.height))
    let cells = try PixelStore(
      "the broad strokes' tones", width: size.width, height: size.height, channels: 3, format: .uint16,
      limit: limit)
    let reducer = try RowReducer(
      width: picture.width, height: picture.height, channels: 3, to: size, executor: executor)
    let scratch = try RowScratch(for: [picture, cells], threads: executor.threads)
    try reducer.addAll { y, slot, row throws(AdaINError) in
      try picture.read(row: y, into: row, scratch: scratch[slot])
    } finished: { y, row throws(AdaINError) in
      try cells.write(row: y, rgb: row, scratch: scratch[0])
    }
    self.cells = cells
    meansAcross = try .means(from: width, to: size.width)
    meansDown = try .means(from: height, to: size.height)
    enlargedAcross = try .cubic(from: size.width, to: width)
    enlargedDown = try .cubic(from: size.height, to: height)
  }
}
