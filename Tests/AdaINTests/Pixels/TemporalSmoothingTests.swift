import Testing

@testable import AdaIN

/// Videos: calm where nothing moves, no ghosts where something does.
@Suite("Temporal smoothing") struct TemporalSmoothingTests {
  static let size = (width: 160, height: 96)

  static func difference(_ a: [UInt8], _ b: [UInt8]) -> Double {
    zip(a, b).reduce(0) { $0 + Double(abs(Int($1.0) - Int($1.1))) } / Double(a.count)
  }

  /// Stylised frames, one by one and smoothed.
  static func run(_ frames: [OwnedPicture]) throws -> (plain: [[UInt8]], smooth: [[UInt8]]) {
    let model = try Model.embedded()
    let style = try NamedStyle("great-wave").style
    let smoothing = try TemporalSmoothing(width: size.width, height: size.height)
    var plain: [[UInt8]] = []
    var smooth: [[UInt8]] = []
    for frame in frames {
      let result = try OwnedPicture(width: size.width, height: size.height, format: .uint8)
      try frame.with { content in
        try result.with { result in
          try model.stylise(content, style: style, into: result)
        }
      }
      plain.append(result.bytes)
      try frame.with { content in
        try result.with { try smoothing.smooth(content: content, stylised: $0) }
      }
      smooth.append(result.bytes)
    }
    return (plain, smooth)
  }

  static func changes(_ frames: [[UInt8]]) -> Double {
    zip(frames, frames.dropFirst()).reduce(0) { $0 + difference($1.0, $1.1) }
      / Double(frames.count - 1)
  }

  @Test("a static scene with camera noise changes at most 0.6 times as much")
  func still() throws {
    var source = VideoFrames(width: Self.size.width, height: Self.size.height, seed: 1)
    let frames = try (0..<8).map { _ in try source.frame(noise: 8) }
    let (plain, smooth) = try Self.run(frames)
    let ratio = Self.changes(smooth) / Self.changes(plain)
    print("frame to frame, static with noise: \(ratio) of frame by frame")
    #expect(ratio <= 0.6)
  }

  @Test("a pan stays within 1 of 255 of frame by frame in the mean: no ghosts")
  func pan() throws {
    var source = VideoFrames(width: Self.size.width, height: Self.size.height, seed: 2)
    let frames = try (0..<8).map { try source.frame(shift: 6 * $0, noise: 2) }
    let (plain, smooth) = try Self.run(frames)
    for (i, (a, b)) in zip(plain, smooth).enumerated() {
      let apart = Self.difference(a, b)
      print("pan, frame \(i): \(apart) of 255 from frame by frame")
      #expect(apart <= 1)
    }
  }

  @Test("a cut begins anew")
  func cut() throws {
    var first = VideoFrames(width: Self.size.width, height: Self.size.height, seed: 3)
    let black = try OwnedPicture(
      bytes: Array(repeating: 0, count: 3 * Self.size.width * Self.size.height),
      width: Self.size.width, height: Self.size.height)
    let (plain, smooth) = try Self.run([try first.frame(), try first.frame(), black, black])
    #expect(smooth[2] == plain[2])
    #expect(smooth[0] == plain[0])
  }

  @Test("frames of another size or kind are errors")
  func errors() throws {
    let smoothing = try TemporalSmoothing(width: 8, height: 8)
    let wrong = try OwnedPicture(width: 8, height: 9, format: .uint8)
    let floats = try OwnedPicture(width: 8, height: 8)
    for picture in [wrong, floats] {
      #expect(throws: AdaINError.self) {
        try picture.with { try smoothing.smooth(content: $0, stylised: $0) }
      }
    }
    #expect(throws: AdaINError.self) { try TemporalSmoothing(width: 8, height: 8, amount: 1) }
    #expect(throws: AdaINError.self) { try TemporalSmoothing(width: 0, height: 8) }
  }
}
