import AdaIN
import CVips

/// A picture's pixels in memory, as sRGB.
final class Pixels {
  let view: PixelView
  private let data: UnsafeMutableRawPointer

  convenience init(path: String) throws(Failure) {
    do throws(Failure) { try self.init(try Picture(path: path)) } catch { throw error.named(path) }
  }

  init(_ picture: consuming Picture) throws(Failure) {
    var data: UnsafeMutableRawPointer?
    var (width, height, wide) = (Int32(0), Int32(0), Int32(0))
    guard picture.pixels(&data, &width, &height, &wide), let data else {
      throw Failure.fromVips()
    }
    do throws(AdaINError) {
      view = try PixelView(
        "picture", data: data, width: Int(width), height: Int(height),
        format: wide != 0 ? .uint16 : .uint8, channels: 3)
    } catch {
      cvips_free(data)
      throw Failure(error.message)
    }
    self.data = data
  }

  /// A video's frame.
  init(_ frame: FrameReader.Frame) {
    let copy = cvips_allocate(frame.pixels.count)!
    frame.pixels.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    data = copy
    // Its size was checked when it was read.
    view = try! PixelView(
      "frame", data: data, width: frame.width, height: frame.height, format: .uint8, channels: 3)
  }

  deinit { cvips_free(data) }

  /// All samples, row after row.
  func withBytes(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try body(UnsafeRawBufferPointer(start: data, count: view.stride * view.height))
  }
}
