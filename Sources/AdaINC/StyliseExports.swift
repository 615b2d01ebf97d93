import AdaIN
import CAdaIN

@_cdecl("adain_automatic_stroke")
public func automaticStroke(_ width: UInt32, _ height: UInt32) -> Float {
  Float(BrushSizes.automaticStroke(width: Int(width), height: Int(height)))
}

@_cdecl("adain_stylise")
public func stylise(
  _ model: OpaquePointer?, _ content: UnsafePointer<adain_pixels>?, _ style: OpaquePointer?,
  _ options: UnsafePointer<adain_options>?, _ result: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let model = try object(Model.self, "model", model)
    let content = try PixelView("content", content)
    let style = try object(StyleBox.self, "style", style).style
    let options = try RunOptions(options)
    let result = try PixelView("result", result)
    guard !result.overlaps(content) else {
      throw AdaINError(.argument, "result: overlaps the content without being the same pixels")
    }
    try model.stylise(content, style: style, options: options, into: result)
  }
}
