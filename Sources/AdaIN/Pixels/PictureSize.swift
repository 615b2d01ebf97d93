/// How large a content or a painting is seen: reduced to a short side, perhaps cropped to a square.
public enum PictureSize {
  /// The size of a picture that is cropped to its central square, or not, and reduced to a short side; it
  /// is never enlarged, nor less than 1 on either side.
  /// - Parameters:
  ///   - width: the picture's, in pixels.
  ///   - height: the picture's, in pixels.
  ///   - shortSide: the short side to which it is reduced; 0 for never.
  ///   - crop: whether to take the central square first.
  public static func fitted(
    width: Int, height: Int, shortSide: Int, crop: Bool
  ) -> (width: Int, height: Int) {
    let side = min(width, height)
    let (width, height) = crop ? (side, side) : (width, height)
    guard shortSide > 0, side > shortSide else { return (width, height) }
    func scaled(_ length: Int) -> Int {
      max(1, Int((Double(length) * Double(shortSide) / Double(side)).rounded()))
    }
    return (scaled(width), scaled(height))
  }

  /// Reduce a picture to `result`'s size, by the means of its sRGB samples; a fourth channel is made opaque.
  /// - Parameters:
  ///   - picture: what is reduced; only read.
  ///   - crop: take the picture's central square.
  ///   - threads: 0 for all processors that the process may use.
  ///   - result: where the smaller picture goes; must not overlap the picture.
  /// - Throws: `.argument` for a result larger than the picture, a sample that is not a finite number;
  ///   `.memory`.
  public static func reduce(
    _ picture: PixelView, crop: Bool, threads: Int = 0, into result: PixelView
  ) throws(AdaINError) {
    let picture = crop ? picture.centralSquare : picture
    guard result.width <= picture.width, result.height <= picture.height else {
      throw AdaINError(
        .argument,
        "result: the size \(result.width) x \(result.height) is more than the picture's \(picture.width) x \(picture.height)"
      )
    }
    var options = RunOptions()
    options.threads = threads
    try options.check()
    let executor = Executor(kernels: KernelSet.current.kernels, threads: threads)
    let reducer = try RowReducer(
      width: picture.width, height: picture.height, channels: 3, to: (result.width, result.height),
      executor: executor)
    let reader = PixelReader(picture, name: "picture")
    let writer = PixelWriter(result, alpha: .opaque)
    try reducer.addAll { y, _, row throws(AdaINError) in
      try reader.readRow(y, into: row)
    } finished: { y, row in
      writer.writeRow(y, from: 0, count: result.width, rgb: row)
    }
  }
}

extension PixelView {
  /// The same memory, seen through a square window in the middle.
  fileprivate var centralSquare: PixelView {
    let side = min(width, height)
    let offset =
      (height - side) / 2 * stride + (width - side) / 2 * channels * format.byteCount
    // A window of a valid view is valid.
    return try! PixelView(
      "picture", data: data + offset, stride: stride, width: side, height: side, format: format,
      channels: channels)
  }
}
