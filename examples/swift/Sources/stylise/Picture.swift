import AdaIN
import Foundation

/// A picture of 8-bit RGB, read from and written to binary PPM files (P6), which `vips copy`,
/// ImageMagick and ffmpeg write and read.
struct Picture {
  let width: Int
  let height: Int
  /// height × width × RGB.
  var samples: [UInt8]

  /// The pixels as the engine takes them; the view is valid during `body` alone.
  mutating func withView<Result>(_ name: String, _ body: (PixelView) throws -> Result) throws
    -> Result
  {
    let (width, height) = (width, height)
    return try samples.withUnsafeMutableBytes {
      try body(
        PixelView(
          name, data: $0.baseAddress, width: width, height: height, format: .uint8, channels: 3))
    }
  }
}

extension Picture {
  init(ppm path: String) throws {
    guard let file = FileManager.default.contents(atPath: path) else {
      throw PictureError("\(path): cannot be opened")
    }
    var rest = file[...]
    guard rest.prefix(2) == Data("P6".utf8) else {
      throw PictureError("\(path): not a binary PPM file")
    }
    rest.removeFirst(2)
    guard let width = rest.removeNumber(), let height = rest.removeNumber(),
      rest.removeNumber() == 255, !rest.isEmpty
    else { throw PictureError("\(path): not an 8-bit PPM file") }
    rest.removeFirst()  // the one white space before the pixels
    let count = width * height * 3
    guard rest.count >= count else { throw PictureError("\(path): ends before its last pixel") }
    self.init(width: width, height: height, samples: Array(rest.prefix(count)))
  }

  func write(ppm path: String) throws {
    let header = Data("P6\n\(width) \(height)\n255\n".utf8)
    guard FileManager.default.createFile(atPath: path, contents: header + samples) else {
      throw PictureError("\(path): cannot be written")
    }
  }
}

extension Data {
  /// A number of the header, behind white space and comments; nil when there is none.
  fileprivate mutating func removeNumber() -> Int? {
    let space = Set(" \t\r\n".utf8)
    while let byte = first, space.contains(byte) || byte == UInt8(ascii: "#") {
      self = space.contains(byte) ? dropFirst() : drop { $0 != UInt8(ascii: "\n") }
    }
    let digits = prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count <= 7, let number = Int(String(decoding: digits, as: UTF8.self)), number > 0
    else { return nil }
    removeFirst(digits.count)
    return number
  }
}

struct PictureError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
