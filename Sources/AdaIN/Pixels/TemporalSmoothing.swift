/// Stylised frames of a video, smoothed over time where nothing moves.
///
/// A network that sees one frame at a time answers camera noise with other strokes in every frame. Here
/// each result is drawn towards the one before,
///
///     Oₜ = Sₜ + k wₜ (Oₜ₋₁ − Sₜ)
///
/// with a weight w for every pixel that is 1 where the content rests and falls to 0 where it moves, so
/// that nothing is left behind of what has gone (gated recursive smoothing, as denoisers of video do it).
/// Motion is how far the frame is from a running mean of the frames before, both slightly blurred, so that
/// noise does not count for motion. A cut begins anew.
///
/// One for each video, from one thread at a time. Memory: 32 bytes for each pixel.
public final class TemporalSmoothing {
  /// Pixels of a frame's row.
  public let width: Int
  /// Rows of a frame.
  public let height: Int
  /// k.
  public let amount: Float

  /// Running means of the content, and the result before: (height, width, 3), from 0 to 255.
  private let reference: Table<Float>
  private let result: Table<Float>
  private var isFirst = true
  /// (height, width).
  private let motion: Table<Float>
  private let scratch: Table<Float>

  /// Mean absolute differences, of 255: below, all of w; above, nothing of it.
  static let still: Float = 4
  static let moving: Float = 12
  /// A frame that is that far from the one before in the mean is another scene.
  static let cut: Float = 40

  /// Begin a video.
  /// - Parameters:
  ///   - width: pixels of a frame's row.
  ///   - height: rows of a frame.
  ///   - amount: k, 0 (none) to below 1; the default lets 15 % of a change through at once and
  ///     most of it within half a second.
  /// - Throws: `.argument` for an empty size, or an amount out of its range; `.memory`.
  public init(width: Int, height: Int, amount: Float = 0.85) throws(AdaINError) {
    guard width > 0, height > 0 else {
      throw AdaINError(.argument, "the size \(width) x \(height) is empty")
    }
    guard width <= PixelView.maximumSide, height <= PixelView.maximumSide else {
      throw AdaINError(
        .argument, "frame: the size \(width) x \(height) exceeds \(PixelView.maximumSide) pixels on a side")
    }
    guard amount >= 0, amount < 1 else {
      throw AdaINError(.argument, "amount: \(amount) is not between 0 and 1")
    }
    self.width = width
    self.height = height
    self.amount = amount
    let (pixels, tooWide) = width.multipliedReportingOverflow(by: height)
    let (samples, tooLarge) = pixels.multipliedReportingOverflow(by: 3)
    guard !tooWide, !tooLarge else {
      throw AdaINError(.memory, "the frames before: more than addressable")
    }
    reference = try Table("the frames before", count: samples)
    result = try Table("the frames before", count: samples)
    motion = try Table("the motion", count: pixels)
    scratch = try Table("the motion", count: pixels)
  }

  /// Smooth the next frame, in place.
  /// - Parameters:
  ///   - content: the frame as it was.
  ///   - stylised: the frame in its style. Both are of 8 bits, three or four channels and the video's size;
  ///     alpha is neither looked at nor changed.
  /// - Throws: `.argument` for other pictures.
  public func smooth(content: PixelView, stylised: PixelView) throws(AdaINError) {
    for (name, view) in [("content", content), ("stylised", stylised)] {
      guard view.width == width, view.height == height else {
        throw AdaINError(
          .argument,
          "\(name): the size \(view.width) x \(view.height) is not the video's \(width) x \(height)")
      }
      guard view.format == .uint8, view.channels >= 3 else {
        throw AdaINError(.argument, "\(name): frames have three or four channels of 8 bits")
      }
    }
    if isFirst || isCut(content) {
      isFirst = false
      keep(content, in: reference)
      keep(stylised, in: result)
      return
    }
    measureMotion(content)
    for y in 0..<height {
      let from = row(content, y)
      let into = row(stylised, y)
      for x in 0..<width {
        let weight = self.weight(motion[y * width + x])
        for channel in 0..<3 {
          let at = 3 * (y * width + x) + channel
          let i = stylised.channels * x + channel
          let made = Float(into[i])
          result[at] = made + amount * weight * (result[at] - made)
          into[i] = UInt8(min(255, max(0, result[at] + 0.5)))
          // The mean follows slowly where the picture rests, at once where it moves.
          let sample = Float(from[content.channels * x + channel])
          reference[at] = sample + 0.8 * weight * (reference[at] - sample)
        }
      }
    }
  }

  private func weight(_ motion: Float) -> Float {
    min(1, max(0, (Self.moving - motion) / (Self.moving - Self.still)))
  }

  private func isCut(_ content: PixelView) -> Bool {
    var sum = 0.0
    for y in 0..<height {
      let from = row(content, y)
      var line: Float = 0
      for x in 0..<width {
        for channel in 0..<3 {
          line += abs(Float(from[content.channels * x + channel]) - reference[3 * (y * width + x) + channel])
        }
      }
      sum += Double(line)
    }
    return Float(sum / Double(3 * width * height)) > Self.cut
  }

  /// The blurred difference of colours, made wider: an edge that moves takes its surroundings along.
  private func measureMotion(_ content: PixelView) {
    for y in 0..<height {
      let from = row(content, y)
      for x in 0..<width {
        let at = 3 * (y * width + x)
        // Signed, so that the blur takes the noise out; the channels' noises are independent.
        let pixel = from + content.channels * x
        motion[y * width + x] =
          (Float(pixel[0]) - reference[at]) + (Float(pixel[1]) - reference[at + 1])
          + (Float(pixel[2]) - reference[at + 2])
      }
    }
    boxMean(radius: 1)
    for i in 0..<motion.count { motion[i] = abs(motion[i]) / 3 }
    boxMean(radius: 3)
    // The mean of a thin edge's surroundings is small: count what is largest nearby for more.
    for i in 0..<motion.count { motion[i] *= 2 }
  }

  /// The mean of (2 r + 1)² pixels of `motion`, in place; the edges count as often as they are inside.
  private func boxMean(radius: Int) {
    for y in 0..<height {
      for x in 0..<width {
        let columns = max(0, x - radius)...min(width - 1, x + radius)
        var sum: Float = 0
        for i in columns { sum += motion[y * width + i] }
        scratch[y * width + x] = sum / Float(columns.count)
      }
    }
    for y in 0..<height {
      let rows = max(0, y - radius)...min(height - 1, y + radius)
      for x in 0..<width {
        var sum: Float = 0
        for i in rows { sum += scratch[i * width + x] }
        motion[y * width + x] = sum / Float(rows.count)
      }
    }
  }

  private func row(_ view: PixelView, _ y: Int) -> UnsafeMutablePointer<UInt8> {
    (view.data + y * view.stride).assumingMemoryBound(to: UInt8.self)
  }

  private func keep(_ view: PixelView, in samples: Table<Float>) {
    for y in 0..<height {
      let from = row(view, y)
      for x in 0..<width {
        for channel in 0..<3 {
          samples[3 * (y * width + x) + channel] = Float(from[view.channels * x + channel])
        }
      }
    }
  }
}
