/// A brush broader than the picture's own: the content is stylised at a fraction of its size, and enlarged
/// again with the content for a guide.
///
/// After the guided filter (He, Sun & Tang, TPAMI 2013; He & Sun, "Fast guided filter", 2015): around
/// every pixel the stylised picture p is taken for a linear function of the content's luminance G,
///
///     p ≈ a G + b,   a = cov(G, p) / (var G + ε)
///
/// The filter's own a G + b would wash out every stroke that the content does not have. So p is enlarged
/// plainly, which keeps the strokes, and gets from the guide only what reducing took away:
///
///     out = up(p) + up(a) (G − up(down(G)))
struct BroadBrush {
  /// Of the windows, in reduced pixels.
  static let radius = 2
  /// ε, of luminances from 0 to 1: contrasts below 4 of 255 are noise.
  static let epsilon: Float = (4.0 / 255) * (4.0 / 255)

  let content: PixelView
  let executor: Executor
  let reduced: Plane

  /// - Parameter stroke: 1 or more.
  /// - Throws: `.argument` for a sample that is not a finite number, `.memory`.
  init(_ content: PixelView, stroke: Double, executor: Executor) throws(AdaINError) {
    self.content = content
    self.executor = executor
    func side(_ side: Int) -> Int { max(1, Int((Double(side) / stroke).rounded())) }
    reduced = try Plane(
      reducing: content, name: "content", width: side(content.width),
      height: side(content.height), on: executor)
  }

  /// Enlarge what was stylised of `reduced` to the content's size.
  func enlarge(_ stylised: Plane, writer: PixelWriter) throws(AdaINError) {
    let small = try guided(stylised)
    let rows = try Resampling.cubic(from: small.height, to: content.height)
    let columns = try Resampling.cubic(from: small.width, to: content.width)
    let reader = PixelReader(content, name: "content")
    let channels = small.channels
    let lines = try Plane(
      "rows of the result", width: small.width, height: executor.threads, channels: channels)
    let pixels = try Plane(
      "rows of the result", width: content.width, height: executor.threads, channels: 6)
    try executor.tryRun(count: content.height) { y, slot throws(AdaINError) in
      let line = lines.row(slot)
      line.update(repeating: 0, count: small.width * channels)
      rows.forEachTap(of: y, count: small.height) { from, weight in
        let row = small.row(from)
        for i in 0..<small.width * channels { line[i] += weight * row[i] }
      }
      let rgb = pixels.row(slot)
      let result = rgb + 3 * content.width
      try reader.readRow(y, into: rgb)
      for x in 0..<content.width {
        // The stylised colours, their slopes and the reduced guide, here.
        var p = SIMD3<Float>.zero
        var a = SIMD3<Float>.zero
        var guide: Float = 0
        columns.forEachTap(of: x, count: small.width) { from, weight in
          let at = line + from * channels
          p += weight * SIMD3(at[0], at[1], at[2])
          a += weight * SIMD3(at[3], at[4], at[5])
          guide += weight * at[6]
        }
        let out = p + a * (Self.luminance(rgb + 3 * x) - guide)
        for c in 0..<3 { result[3 * x + c] = out[c] }
      }
      writer.writeRow(y, from: 0, count: content.width, rgb: result)
    }
  }

  /// p, a and G of the reduced picture: 7 channels.
  private func guided(_ stylised: Plane) throws(AdaINError) -> Plane {
    let (width, height) = (reduced.width, reduced.height)
    // G, p, G², G p: means of all at once.
    let products = try Plane("the guide", width: width, height: height, channels: 8)
    let slopes = try Plane("the guide", width: width, height: height, channels: 3)
    let result = try Plane("the guide", width: width, height: height, channels: 7)
    executor.run(count: height) { y, _ in
      for x in 0..<width {
        let into = products.row(y) + 8 * x
        let p = stylised.row(y) + 3 * x
        let guide = Self.luminance(reduced.row(y) + 3 * x)
        into[0] = guide
        into[1] = guide * guide
        for c in 0..<3 {
          into[2 + c] = p[c]
          into[5 + c] = guide * p[c]
        }
      }
    }
    let means = try products.boxMean(radius: Self.radius, on: executor)
    executor.run(count: height) { y, _ in
      for x in 0..<width {
        let m = means.row(y) + 8 * x
        let variance = m[1] - m[0] * m[0]
        for c in 0..<3 {
          slopes.row(y)[3 * x + c] = (m[5 + c] - m[0] * m[2 + c]) / (variance + Self.epsilon)
        }
      }
    }
    let smooth = try slopes.boxMean(radius: Self.radius, on: executor)
    executor.run(count: height) { y, _ in
      for x in 0..<width {
        let into = result.row(y) + 7 * x
        for c in 0..<3 {
          into[c] = stylised.row(y)[3 * x + c]
          into[3 + c] = smooth.row(y)[3 * x + c]
        }
        into[6] = products.row(y)[8 * x]
      }
    }
    return result
  }

  /// Rec. 709 luma.
  private static func luminance(_ rgb: UnsafePointer<Float>) -> Float {
    0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
  }
}
