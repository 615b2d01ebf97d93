/// How one sample of a picture is stored. All are sRGB-encoded.
public enum PixelFormat: Sendable, Equatable {
  /// 0…255.
  case uint8
  /// 0…65535, in the machine's byte order.
  case uint16
  /// 0…1; values outside are clamped, a NaN or an infinity is an error.
  case float32

  /// Bytes of one sample.
  public var byteCount: Int {
    switch self {
    case .uint8: 1
    case .uint16: 2
    case .float32: 4
    }
  }
}

/// A view of somebody else's pixels: `height` rows of `width` pixels, channels interleaved,
/// row y beginning at `data + y * stride`.
///
/// The view owns nothing; the memory must stay valid during the call that it is passed to.
/// `channels` is 1 (grey), 3 (RGB) or 4 (RGB and alpha; the network does not see alpha).
public struct PixelView: @unchecked Sendable {
  /// The first sample of the first row. Written to only where the view is a result.
  public let data: UnsafeMutableRawPointer
  /// Bytes from one row to the next.
  public let stride: Int
  /// Pixels of a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// How a sample is stored.
  public let format: PixelFormat
  /// Samples of a pixel: 1, 3 or 4.
  public let channels: Int

  /// A view, checked: whatever takes one relies on it.
  /// - Parameters:
  ///   - name: what the pixels are, for sentences of errors, such as "painting".
  ///   - data: the first sample; nil is refused.
  ///   - stride: bytes from one row to the next; 0, the default, means rows without gaps.
  ///   - width: pixels of a row, 1…``maximumSide``.
  ///   - height: rows, 1…``maximumSide``.
  ///   - format: how a sample is stored.
  ///   - channels: 1, 3 or 4.
  /// - Throws: `.argument`, naming `name` and what is wrong with it, when a size is zero, the
  ///   number of channels is not 1, 3 or 4, the stride is shorter than a row, stride or address is no
  ///   multiple of the sample size, or the picture's size in bytes overflows.
  public init(
    _ name: String, data: UnsafeMutableRawPointer?, stride: Int = 0, width: Int, height: Int,
    format: PixelFormat, channels: Int
  ) throws(AdaINError) {
    guard let data else { throw AdaINError(.argument, "\(name): data is NULL") }
    guard width > 0, height > 0 else {
      throw AdaINError(.argument, "\(name): the size \(width) x \(height) is empty")
    }
    guard width <= Self.maximumSide, height <= Self.maximumSide else {
      throw AdaINError(
        .argument,
        "\(name): the size \(width) x \(height) exceeds \(Self.maximumSide) pixels on a side")
    }
    guard channels == 1 || channels == 3 || channels == 4 else {
      throw AdaINError(.argument, "\(name): channels is \(channels), not 1, 3 or 4")
    }
    let rowBytes = width * channels * format.byteCount
    let stride = stride == 0 ? rowBytes : stride
    guard stride >= rowBytes else {
      throw AdaINError(
        .argument, "\(name): stride is \(stride) bytes, shorter than a row of \(rowBytes)")
    }
    guard stride % format.byteCount == 0 else {
      throw AdaINError(
        .argument,
        "\(name): stride is \(stride) bytes, not a multiple of the sample size \(format.byteCount)")
    }
    let (_, overflow) = stride.multipliedReportingOverflow(by: height)
    guard !overflow else {
      throw AdaINError(.argument, "\(name): stride \(stride) times height \(height) overflows")
    }
    guard Int(bitPattern: data) % format.byteCount == 0 else {
      throw AdaINError(
        .argument, "\(name): data is not aligned to its samples of \(format.byteCount) bytes")
    }
    self.data = data
    self.stride = stride
    self.width = width
    self.height = height
    self.format = format
    self.channels = channels
  }

  /// The longest side that is accepted: libvips' own limit (VIPS_MAX_COORD).
  public static let maximumSide = 10_000_000
}
