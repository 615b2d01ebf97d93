import Foundation
import Testing

@testable import AdaIN

@Suite("Styles") struct StyleTests {
  static func style(_ seed: UInt64, channels: Int = 12, fingerprint: UInt64 = 7) -> Style {
    var random = SeededRandom(seed)
    return Style(
      mean: random.floats(channels), deviation: random.floats(channels, 0...1),
      encoderFingerprint: fingerprint)
  }

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func load(_ bytes: [UInt8]) throws -> Style {
    try bytes.withUnsafeBytes { try Style(serialized: $0) }
  }

  @Test("bytes and back, the same on every machine")
  func roundTrip() throws {
    let style = Self.style(1)
    let bytes = style.serialized()
    #expect(bytes.count == 24 + 8 * 12 + 8)
    #expect(try load(bytes) == style)
    let known = Style(mean: [1], deviation: [2], encoderFingerprint: 0x0102_0304_0506_0708)
    let expected: [UInt8] =
      Array("ADAINSTY".utf8) + [1, 0, 0, 0, 1, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1]
      + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
    #expect(Array(known.serialized().prefix(32)) == expected)
  }

  @Test("every cut and every flipped bit is refused")
  func damaged() {
    let bytes = Self.style(2).serialized()
    for count in 0..<bytes.count { #expect(throws: AdaINError.self) { try load(Array(bytes[..<count])) } }
    #expect(throws: AdaINError.self) { try load(bytes + [0]) }
    for bit in 0..<8 * bytes.count {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: AdaINError.self, "bit \(bit)") { try load(flipped) }
    }
  }

  @Test("each kind of damage has its own sentence")
  func sentences() throws {
    let style = Self.style(3)
    var bytes = style.serialized()
    #expect(message { _ = try load([]) }?.contains("too few") == true)
    bytes[0] = 0
    #expect(message { _ = try load(bytes) } == "style: not a style file")
    bytes = style.serialized()
    bytes[8] = 2
    #expect(message { _ = try load(bytes) } == "style: version 2 is not 1")
    bytes = style.serialized()
    bytes[15] = 0xFF
    #expect(message { _ = try load(bytes) }?.contains("channels are not between") == true)
    bytes = style.serialized()
    bytes[30] ^= 1
    #expect(message { _ = try load(bytes) }?.contains("checksum") == true)
    let bad = Style(mean: [.nan], deviation: [1], encoderFingerprint: 0)
    #expect(message { _ = try load(bad.serialized()) }?.contains("not a finite number") == true)
    let negative = Style(mean: [1], deviation: [-1], encoderFingerprint: 0)
    #expect(message { _ = try load(negative.serialized()) }?.contains("negative") == true)
  }

  @Test("a file is replaced whole or stays as it is")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "adain-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.style").path
    try Self.style(4).save(to: path)
    try Self.style(5).save(to: path)
    #expect(try Style(path: path) == Self.style(5))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.style"])

    // As readable as the process's other new files.
    let plain = folder.appending(path: "plain").path
    #expect(FileManager.default.createFile(atPath: plain, contents: nil))
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(path) == mode(plain))
    try FileManager.default.removeItem(atPath: plain)

    // A name as long as a name can be.
    let long = folder.appending(path: String(repeating: "n", count: 255)).path
    try Self.style(6).save(to: long)
    #expect(try Style(path: long) == Self.style(6))
    try FileManager.default.removeItem(atPath: long)

    // A zero byte would end the name early.
    let cut = path + "\0.other"
    #expect(message { try Self.style(4).save(to: cut) } == path + ": the name has a zero byte in it")
    #expect(message { _ = try Style(path: cut) } == path + ": the name has a zero byte in it")
    #expect(try Style(path: path) == Self.style(5))

    // A directory in the file's place: the rename fails, nothing is left beside it.
    let taken = folder.appending(path: "taken").path
    try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
    #expect(message { try Self.style(4).save(to: taken) }?.hasPrefix(taken + ": cannot be written") == true)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.style", "taken"])

    try Data([1, 2, 3]).write(to: URL(filePath: path))
    #expect(message { _ = try Style(path: path) }?.hasPrefix(path + ": style: ") == true)
  }

  @Test("a mix is the weighted mean; with itself a style stays the same")
  func mix() throws {
    let (a, b) = (Self.style(6), Self.style(7))
    #expect(try Style.mix([a, a, a], weights: [0.1, 7, 0.3]) == a)
    #expect(try Style.mix([a, b], weights: [0, 2]) == b)
    #expect(try Style.mix([a]) == a)
    let mixed = try Style.mix([a, b], weights: [1, 3])
    for i in a.mean.indices {
      #expect(abs(mixed.mean[i] - (a.mean[i] + 3 * b.mean[i]) / 4) < 1e-6)
      #expect(abs(mixed.deviation[i] - (a.deviation[i] + 3 * b.deviation[i]) / 4) < 1e-6)
    }
    #expect(try Style.mix([a, b]) == Style.mix([a, b], weights: [5, 5]))
  }

  @Test("rounding takes no mix out of the range of its styles")
  func mixRange() throws {
    func flat(_ value: Float) -> Style {
      Style(mean: [value], deviation: [abs(value)], encoderFingerprint: 7)
    }
    // A style with weight 0 leaves no trace, however large.
    #expect(try Style.mix([flat(1e10), flat(1e-10)], weights: [0, 1]) == flat(1e-10))
    // The same bits: -0 == 0 would not tell.
    let zero = try Style.mix([flat(-0.0), flat(-0.0), flat(-0.0)])
    #expect(zero.mean[0].sign == .minus)
    #expect(zero.deviation[0].sign == .plus)

    var random = SeededRandom(5)
    for _ in 0..<2000 {
      let count = Int.random(in: 2...6, using: &random)
      let zeros = Array(repeating: flat(0), count: count)
      let weights = [0] + random.floats(count, 0...1)
      #expect(try Style.mix([flat(1)] + zeros, weights: weights) == flat(0))
      let same = Array(repeating: flat(random.floats(1)[0]), count: count)
      #expect(try Style.mix(same, weights: random.floats(count, 0...1)) == same[0])
    }
  }

  @Test("mixes that mean nothing are refused")
  func badMixes() {
    let (a, b) = (Self.style(8), Self.style(9))
    for weights: [Float] in [[1], [1, 2, 3], [-1, 2], [.nan, 1], [.infinity, 1], [0, 0]] {
      #expect(message { _ = try Style.mix([a, b], weights: weights) }?.hasPrefix("weights: ") == true)
    }
    #expect(message { _ = try Style.mix([]) } == "styles: there are none")
    for other in [Self.style(1, fingerprint: 8), Self.style(1, channels: 13)] {
      #expect(message { _ = try Style.mix([a, other]) } == "styles: made with different encoders")
    }
  }
}
