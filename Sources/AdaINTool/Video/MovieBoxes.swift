/// The boxes of a QuickTime movie (ISO/IEC 14496-12), as far as frames in a pipe need them.
///
/// Uncompressed frames come and go as a movie in fragments: `ftyp moov (moof mdat)*`, one pair for each
/// frame. The boxes before the pixels say when a frame is shown and for how long, how its pixels are shaped
/// and what its colours are. What is made of the frames is the same movie with other pixels, so all that is
/// kept without being understood here; only sizes are.
enum MovieBoxes {
  /// Bytes of a box before its contents: its size and its type.
  static let headerSize = 8

  /// Four characters as a number.
  static func type(_ name: StaticString) -> UInt32 {
    name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }

  static func number(_ bytes: [UInt8], at offset: Int, size: Int = 4) -> Int? {
    guard offset >= 0, offset + size <= bytes.count else { return nil }
    return bytes[offset..<offset + size].reduce(0) { $0 << 8 | Int($1) }
  }

  static func put(_ value: Int, into bytes: inout [UInt8], at offset: Int, size: Int = 4) {
    for i in 0..<size { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - i))) }
  }

  /// Where the contents of the box lie that `path` leads to from the boxes in `range`.
  static func contents(
    of path: [StaticString], in bytes: [UInt8], _ range: Range<Int>
  ) -> Range<Int>? {
    guard let name = path.first else { return range }
    var at = range.lowerBound
    while at + headerSize <= range.upperBound {
      guard let size = number(bytes, at: at), size >= headerSize, at + size <= range.upperBound else {
        return nil
      }
      if number(bytes, at: at + 4) == Int(type(name)) {
        return contents(of: Array(path.dropFirst()), in: bytes, at + headerSize..<at + size)
      }
      at += size
    }
    return nil
  }
}

/// What comes before the first frame.
struct MovieHeader {
  private(set) var bytes: [UInt8] = []
  private(set) var width = 0
  private(set) var height = 0

  /// Of the first sample entry: behind the size and type of the entry, at the place that the format gives it.
  private var sizePlace: Int?

  mutating func append(_ box: [UInt8]) {
    bytes += box
    guard
      let entries = MovieBoxes.contents(
        of: ["moov", "trak", "mdia", "minf", "stbl", "stsd"], in: bytes, 0..<bytes.count)
    else { return }
    // Version, flags and count; then of the entry 8 bytes of a box's header and 24 before its size.
    let place = entries.lowerBound + 8 + 32
    guard let width = MovieBoxes.number(bytes, at: place, size: 2),
      let height = MovieBoxes.number(bytes, at: place + 2, size: 2)
    else { return }
    (sizePlace, self.width, self.height) = (place, width, height)
  }

  /// The same of pictures of another size.
  func resized(width: Int, height: Int) -> MovieHeader {
    var copy = self
    guard let sizePlace else { return self }
    MovieBoxes.put(width, into: &copy.bytes, at: sizePlace, size: 2)
    MovieBoxes.put(height, into: &copy.bytes, at: sizePlace + 2, size: 2)
    (copy.width, copy.height) = (width, height)
    return copy
  }
}

/// A frame's `moof`.
struct MovieFragment {
  private(set) var bytes: [UInt8]

  /// Bytes of a frame's pixel: red, green, blue and alpha, which means something where it is kept. Rows of
  /// three would be filled up to an even number by the format, and to a multiple of four by ffmpeg's reader,
  /// which shears odd widths.
  static let pixelSize = 4

  /// The same with so many bytes of pixels.
  func resized(byteCount: Int) -> MovieFragment {
    var copy = self
    // Flags say which fields there are: the offset of data (8 bytes), the sample entry's index and the
    // default duration (4 each) lie before the default size.
    if let header = MovieBoxes.contents(of: ["moof", "traf", "tfhd"], in: bytes, 0..<bytes.count),
      let flags = MovieBoxes.number(bytes, at: header.lowerBound), flags & 0x10 != 0
    {
      var place = header.lowerBound + 8
      for (flag, size) in [(0x1, 8), (0x2, 4), (0x8, 4)] where flags & flag != 0 { place += size }
      if place + 4 <= header.upperBound { MovieBoxes.put(byteCount, into: &copy.bytes, at: place) }
    }
    return copy
  }
}
