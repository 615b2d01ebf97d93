import AdaIN
import CVips

/// A picture's pixels in memory, as sRGB.
final class Pixels {
  /// Valid for as long as the object is: whoever hands it on keeps the object alive for the call
  /// (`withExtendedLifetime`).
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

  /// Three samples of 8 bits for each pixel, not yet written.
  init(width: Int, height: Int) throws(Failure) {
    guard let data = cvips_allocate(3 * width * height) else {
      throw Failure("no memory for a frame of \(width) x \(height) pixels")
    }
    do throws(AdaINError) {
      view = try PixelView(
        "frame", data: data, width: width, height: height, format: .uint8, channels: 3)
    } catch {
      cvips_free(data)
      throw Failure(error.message)
    }
    self.data = data
  }

  deinit { cvips_free(data) }

  /// Samples of a picture of 8 bits; as `view`, valid for as long as the object is.
  func row(_ y: Int) -> UnsafeMutablePointer<UInt8> {
    (view.data + y * view.stride).assumingMemoryBound(to: UInt8.self)
  }
}
