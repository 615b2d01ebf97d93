/// A whole feature map, kept between the first pass and the second: one eighth of the picture's
/// size, channels innermost, in memory or, when it is larger than the limit, in a temporary file.
///
///     row y → (width, channels) values
///
/// Rows are written once, each by one thread, and read by any thread afterwards.
final class FeatureStore: @unchecked Sendable {
  let width: Int
  let height: Int
  /// The network's own channels rounded up to whole blocks; those in excess are 0.
  let channels: Int
  let precision: Precision

  /// Bytes of a value. Half precision keeps 11 bits: pixels move by less than half of 1/255.
  enum Precision: Int, Sendable {
    case half = 2
    case single = 4
  }

  /// Maps larger than this in single precision, those of more than two megapixels, are kept in half:
  /// where memory matters, and not where it does not.
  static let largestSingle = 64 << 20

  private enum Storage {
    case memory(AlignedBuffer)
    case file(TemporaryFile)
  }
  private let storage: Storage

  /// - Parameters:
  ///   - limit: bytes of memory that the map may take; see `FeatureMemory`.
  ///   - precision: for tests; nil, the default, goes by the map's size.
  /// - Throws: `.memory`; `.io` when a temporary file cannot be had or has too little room.
  init(width: Int, height: Int, channels: Int, limit: Int, precision: Precision? = nil)
    throws(AdaINError)
  {
    let (cells, tooWide) = width.multipliedReportingOverflow(by: height)
    let (values, tooMany) = cells.multipliedReportingOverflow(by: channels)
    guard !tooWide, !tooMany, values < Int.max / 8 else {
      throw AdaINError(.memory, "the feature map of \(width) x \(height) cells is more than addressable")
    }
    self.width = width
    self.height = height
    self.channels = channels
    let fits = values * Precision.single.rawValue <= Self.largestSingle
    self.precision = precision ?? (fits ? .single : .half)
    let bytes = values * self.precision.rawValue
    if bytes <= limit {
      storage = .memory(
        try AlignedBuffer("the feature map", count: (bytes + 3) / 4, recycled: true))
    } else {
      storage = .file(try TemporaryFile("the feature map", size: bytes))
    }
  }

  var isInFile: Bool {
    if case .file = storage { true } else { false }
  }

  private var rowBytes: Int { width * channels * precision.rawValue }

  /// Scratch memory that a thread needs to write or read, in floats.
  static let scratchCount = 1 << 14
  private static let segment = scratchCount * 2

  /// Keep row `y`.
  /// - Throws: `.io`.
  func write(row y: Int, _ values: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>)
    throws(AdaINError)
  {
    let count = width * channels
    switch (storage, precision) {
    case (.memory(let buffer), .single):
      (buffer.floats + y * count).update(from: values, count: count)
    case (.memory(let buffer), .half):
      roundToHalf(values, into: buffer.halves + y * count, count: count)
    case (.file(let file), .single):
      try file.write(values, count: 4 * count, at: y * rowBytes)
    case (.file(let file), .half):
      let halves = scratch.halves
      for first in stride(from: 0, to: count, by: Self.segment) {
        let part = min(Self.segment, count - first)
        roundToHalf(values + first, into: halves, count: part)
        try file.write(halves, count: 2 * part, at: y * rowBytes + 2 * first)
      }
    }
  }

  /// Read the cells of row `y` in the given columns.
  /// - Throws: `.io`.
  func read(
    row y: Int, columns: Range<Int>, into values: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) throws(AdaINError) {
    let from = (y * width + columns.lowerBound) * channels
    let count = columns.count * channels
    switch (storage, precision) {
    case (.memory(let buffer), .single):
      values.update(from: buffer.floats + from, count: count)
    case (.memory(let buffer), .half):
      widenHalves(buffer.halves + from, into: values, count: count)
    case (.file(let file), .single):
      try file.read(into: values, count: 4 * count, at: 4 * from)
    case (.file(let file), .half):
      let halves = scratch.halves
      for first in stride(from: 0, to: count, by: Self.segment) {
        let part = min(Self.segment, count - first)
        try file.read(into: halves, count: 2 * part, at: 2 * (from + first))
        widenHalves(halves, into: values + first, count: part)
      }
    }
  }
}

extension AlignedBuffer {
  fileprivate var halves: UnsafeMutablePointer<UInt16> { floats.halves }
}

extension UnsafeMutablePointer where Pointee == Float {
  fileprivate var halves: UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt16.self)
  }
}
