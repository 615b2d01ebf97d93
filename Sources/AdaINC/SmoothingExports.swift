import AdaIN
import CAdaIN

@_cdecl("adain_smoothing_new")
public func smoothingNew(
  _ width: UInt32, _ height: UInt32, _ amount: Float, _ smoothing: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("smoothing", smoothing) { () throws(AdaINError) in
    try TemporalSmoothing(width: Int(width), height: Int(height), amount: amount)
  }
}

@_cdecl("adain_smoothing_apply")
public func smoothingApply(
  _ smoothing: OpaquePointer?, _ content: UnsafePointer<adain_pixels>?,
  _ stylised: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let smoothing = try object(TemporalSmoothing.self, "smoothing", smoothing)
    let content = try PixelView("content", content)
    let stylised = try PixelView("stylised", stylised)
    guard stylised.data != content.data, !stylised.overlaps(content) else {
      throw AdaINError(.argument, "stylised: overlaps the content")
    }
    try smoothing.smooth(content: content, stylised: stylised)
  }
}

@_cdecl("adain_smoothing_free")
public func smoothingFree(_ smoothing: OpaquePointer?) { release(TemporalSmoothing.self, smoothing) }
