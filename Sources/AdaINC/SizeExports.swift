import AdaIN
import CAdaIN

@_cdecl("adain_fitted_size")
public func fittedSize(
  _ width: UInt32, _ height: UInt32, _ shortSide: UInt32, _ crop: Int32,
  _ fittedWidth: UnsafeMutablePointer<UInt32>?, _ fittedHeight: UnsafeMutablePointer<UInt32>?
) {
  let size = PictureSize.fitted(
    width: Int(width), height: Int(height), shortSide: Int(shortSide), crop: crop != 0)
  fittedWidth?.pointee = UInt32(size.width)
  fittedHeight?.pointee = UInt32(size.height)
}

@_cdecl("adain_reduce")
public func reduce(
  _ picture: UnsafePointer<adain_pixels>?, _ crop: Int32, _ result: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let picture = try PixelView("picture", picture)
    let result = try PixelView("result", result)
    guard !result.overlaps(picture) else {
      throw AdaINError(.argument, "result: overlaps the picture")
    }
    try PictureSize.reduce(picture, crop: crop != 0, into: result)
  }
}
