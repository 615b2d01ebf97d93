import AdaIN
import CVips

/// A picture's pixels in memory, as sRGB.
final class Pixels {
  let view: PixelView
  private let data: UnsafeMutableRawPointer

  init(path: String) throws(Failure) {
    let picture = try Picture(path: path)
    var data: UnsafeMutableRawPointer?
    var (width, height, wide) = (Int32(0), Int32(0), Int32(0))
    guard picture.pixels(&data, &width, &height, &wide), let data else {
      throw Failure.fromVips().named(path)
    }
    do throws(AdaINError) {
      view = try PixelView(
        path, data: data, width: Int(width), height: Int(height),
        format: wide != 0 ? .uint16 : .uint8, channels: 3)
    } catch {
      cvips_free(data)
      throw Failure(error.message)
    }
    self.data = data
  }

  deinit { cvips_free(data) }
}
