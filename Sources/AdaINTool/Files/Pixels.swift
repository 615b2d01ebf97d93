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

  /// - Parameter alpha: whether it is kept, as a fourth sample; else it is laid on white.
  init(_ picture: consuming Picture, alpha: Bool = false) throws(Failure) {
    var data: UnsafeMutableRawPointer?
    var (width, height, wide) = (Int32(0), Int32(0), Int32(0))
    guard picture.pixels(alpha: alpha, &data, &width, &height, &wide), let data else {
      throw Failure.fromVips()
    }
    do throws(AdaINError) {
      view = try PixelView(
        "picture", data: data, width: Int(width), height: Int(height),
        format: wide != 0 ? .uint16 : .uint8, channels: alpha ? 4 : 3)
    } catch {
      cvips_free(data)
      throw Failure(error.message)
    }
    self.data = data
  }

  /// Three samples of 8 bits for each pixel, or with alpha four, not yet written.
  init(width: Int, height: Int, alpha: Bool) throws(Failure) {
    let channels = alpha ? 4 : 3
    guard let data = cvips_allocate(channels * width * height) else {
      throw Failure("no memory for a frame of \(width) x \(height) pixels")
    }
    do throws(AdaINError) {
      view = try PixelView(
        "frame", data: data, width: width, height: height, format: .uint8, channels: channels)
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
