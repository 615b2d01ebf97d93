import AdaIN
import AdaINKernels

/// Feature maps of a batch of pictures, (pictures, height, width, channels): channels innermost, padded to
/// whole blocks of 16. A cell of zeros lies behind the last one of each row: what a tile reads beyond the
/// edge of a gradient.
final class FeatureBatch {
  let count: Int
  let height: Int
  let width: Int
  let channels: Int
  /// Floats from one row to the next.
  let pitch: Int
  private let buffer: AlignedBuffer

  /// Maps of zeros.
  init(_ what: String, count: Int, height: Int, width: Int, channels: Int) throws(AdaINError) {
    self.count = count
    self.height = height
    self.width = width
    self.channels = paddedChannels(channels)
    pitch = (width + 1) * self.channels
    buffer = try AlignedBuffer(what, count: Self.floats(count, height, width, channels), zeroed: true)
  }

  /// A copy of one map of a batch, in memory that a later copy has again.
  init(_ what: String, copying maps: FeatureBatch, _ map: Int) throws(AdaINError) {
    (count, height, width, channels, pitch) = (1, maps.height, maps.width, maps.channels, maps.pitch)
    buffer = try AlignedBuffer(what, count: height * pitch, recycled: true)
    buffer.floats.update(from: maps.row(map, 0), count: height * pitch)
  }

  /// Maps in memory that other maps have at other times. Whoever writes them writes the cells of zeros, too,
  /// where they are read.
  init(in workspace: Workspace, count: Int, height: Int, width: Int, channels: Int) {
    precondition(Self.floats(count, height, width, channels) <= workspace.buffer.count)
    self.count = count
    self.height = height
    self.width = width
    self.channels = paddedChannels(channels)
    pitch = (width + 1) * self.channels
    buffer = workspace.buffer
  }

  func row(_ map: Int, _ y: Int) -> UnsafeMutablePointer<Float> {
    buffer.floats + (map * height + y) * pitch
  }

  static func floats(_ count: Int, _ height: Int, _ width: Int, _ channels: Int) -> Int {
    count * height * (width + 1) * paddedChannels(channels)
  }
}

/// A row of zeros, for what lies above and below a gradient.
final class ZeroRow {
  private let buffer: AlignedBuffer

  init(count: Int) throws(AdaINError) {
    buffer = try AlignedBuffer("a row of zeros", count: count, zeroed: true)
  }

  var floats: UnsafeMutablePointer<Float> { buffer.floats }
}
