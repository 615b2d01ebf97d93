import Testing

@testable import AdaIN

/// Whose colours a result has.
@Suite("Colours") struct ColourTests {
  /// Correlated channels with means and deviations of their own; away from the ends, so that
  /// nothing is clamped.
  static func picture(_ seed: UInt64, mix: Float, mean: Float) throws -> OwnedPicture {
    var random = SeededRandom(seed)
    let values = random.floats(3 * 40 * 30, -1...1)
    let picture = try OwnedPicture(width: 40, height: 30)
    picture.with { view in
      let out = view.data.assumingMemoryBound(to: Float.self)
      for i in 0..<40 * 30 {
        let (a, b, c) = (values[3 * i], values[3 * i + 1], values[3 * i + 2])
        out[3 * i] = mean + 0.08 * a
        out[3 * i + 1] = 0.5 + 0.05 * (b + mix * a)
        out[3 * i + 2] = 0.6 - 0.06 * (c - mix * b)
      }
    }
    return picture
  }

  static func colours(_ picture: OwnedPicture) throws -> ContentColours {
    let colours = try ContentColours()
    try picture.with { try colours.add($0) }
    return colours
  }

  static func recoloured(
    _ painting: OwnedPicture, to content: OwnedPicture, _ mode: ColourMode
  ) throws -> OwnedPicture {
    let result = try OwnedPicture(width: 40, height: 30)
    try painting.with { painting in
      try result.with { try colours(content).recolour(painting, mode, into: $0) }
    }
    return result
  }

  static func moments(_ picture: OwnedPicture) -> (mean: [Double], covariance: [Double]) {
    let floats = picture.floats.map(Double.init)
    let n = floats.count / 3
    var mean = [0.0, 0, 0]
    for i in 0..<n {
      for c in 0..<3 { mean[c] += floats[3 * i + c] / Double(n) }
    }
    var covariance = Array(repeating: 0.0, count: 9)
    for i in 0..<n {
      for k in 0..<9 {
        let left = floats[3 * i + k / 3] - mean[k / 3]
        let right = floats[3 * i + k % 3] - mean[k % 3]
        covariance[k] += left * right / Double(n)
      }
    }
    return (mean, covariance)
  }

  @Test("CORAL gives the content's means and covariances")
  func coral() throws {
    let content = try Self.picture(1, mix: 0.9, mean: 0.4)
    let painting = try Self.picture(2, mix: -0.5, mean: 0.6)
    let result = Self.moments(try Self.recoloured(painting, to: content, .contentCORAL))
    let expected = Self.moments(content)
    for (a, b) in zip(result.mean, expected.mean) { #expect(abs(a - b) <= 1e-6) }
    for (a, b) in zip(result.covariance, expected.covariance) { #expect(abs(a - b) <= 2e-5) }
  }

  @Test("pictures of one colour stay finite", arguments: [ColourMode.contentCORAL, .histogram])
  func constant(_ mode: ColourMode) throws {
    let grey = try OwnedPicture(width: 40, height: 30)
    grey.with { $0.data.assumingMemoryBound(to: Float.self).update(repeating: 0.25, count: 3600) }
    let painting = try Self.picture(2, mix: 0.3, mean: 0.6)
    #expect(try Self.recoloured(painting, to: grey, mode).floats.allSatisfy { abs($0 - 0.25) < 0.05 })
    #expect(try Self.recoloured(grey, to: painting, mode).floats.allSatisfy(\.isFinite))
  }

  @Test("histogram matching sorts a channel onto the content's values")
  func histogram() throws {
    let content = try Self.picture(3, mix: 0.9, mean: 0.4)
    let painting = try Self.picture(4, mix: -0.5, mean: 0.6)
    let result = try Self.recoloured(painting, to: content, .histogram)
    for colour in 0..<3 {
      func channel(_ picture: OwnedPicture) -> [Float] {
        stride(from: colour, to: 3600, by: 3).map { picture.floats[$0] }
      }
      // As many pixels on both sides: the sorted values are the content's own, but where two of the
      // painting's share a level and so go to one.
      for (a, b) in zip(channel(result).sorted(), channel(content).sorted()) {
        #expect(abs(a - b) <= 5e-3)
      }
      // And the painting's order is kept.
      let (before, after) = (channel(painting), channel(result))
      let order = before.indices.sorted { before[$0] < before[$1] }
      for (i, j) in zip(order, order.dropFirst()) { #expect(after[i] <= after[j]) }
    }
    #expect(
      try Self.recoloured(content, to: content, .histogram).floats
        .elementsEqual(content.floats) { abs($0 - $1) <= 1 / 65535 })
  }

  @Test("Lab of known colours, and back")
  func lab() {
    let known: [([Float], [Float])] = [
      ([1, 1, 1], [100, 0, 0]), ([0, 0, 0], [0, 0, 0]), ([1, 0, 0], [53.24, 80.09, 67.20]),
      ([0, 1, 0], [87.74, -86.18, 83.18]), ([0, 0, 1], [32.30, 79.19, -107.86]),
      ([0.5, 0.5, 0.5], [53.39, 0, 0]),
    ]
    for (rgb, expected) in known {
      let lab = rgb.withUnsafeBufferPointer { LabColour($0.baseAddress!) }
      for (a, b) in zip([lab.lightness, lab.a, lab.b], expected) { #expect(abs(a - b) <= 0.05) }
      var back: [Float] = [-1, -1, -1]
      back.withUnsafeMutableBufferPointer { lab.write($0.baseAddress!) }
      for (a, b) in zip(back, rgb) { #expect(abs(a - b) <= 1e-3) }
    }
  }

  @Test("contentLightness keeps the content's colours and the result's lightness")
  func lightness() throws {
    let content = try Self.picture(5, mix: 0.2, mean: 0.5)
    let stylised = try Self.picture(6, mix: 0.1, mean: 0.45)
    let result = try OwnedPicture(width: 40, height: 30)
    try content.with { content in
      try stylised.with { stylised in
        try result.with { try ColourMode.keepColours(of: content, stylised: stylised, into: $0) }
      }
    }
    func labs(_ picture: OwnedPicture) -> [LabColour] {
      picture.floats.withUnsafeBufferPointer { floats in
        stride(from: 0, to: 3600, by: 3).map { LabColour(floats.baseAddress! + $0) }
      }
    }
    for (own, (of, by)) in zip(labs(result), zip(labs(content), labs(stylised))) {
      #expect(abs(own.lightness - by.lightness) <= 0.05)
      #expect(abs(own.a - of.a) <= 0.1 && abs(own.b - of.b) <= 0.1)
    }
  }

  @Test("what cannot be recoloured is an error")
  func errors() throws {
    let painting = try Self.picture(1, mix: 0, mean: 0.5)
    let result = try OwnedPicture(width: 39, height: 30)
    func message(_ colours: ContentColours, _ mode: ColourMode, _ result: OwnedPicture) -> String {
      do {
        try painting.with { painting in
          try result.with { try colours.recolour(painting, mode, into: $0) }
        }
        return ""
      } catch { return "\(error)" }
    }
    #expect(message(try ContentColours(), .histogram, painting).contains("no rows"))
    let colours = try Self.colours(painting)
    #expect(message(colours, .histogram, result).contains("39 x 30"))
    #expect(message(colours, .style, painting).contains("leaves the painting"))
  }
}
