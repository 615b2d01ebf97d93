import AdaIN
import CAdaIN

@_cdecl("adain_content_analyse")
public func contentAnalyse(
  _ model: OpaquePointer?, _ picture: UnsafePointer<adain_pixels>?,
  _ options: UnsafePointer<adain_options>?, _ content: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("content", content) { () throws(AdaINError) in
    let model = try object(Model.self, "model", model)
    let picture = try PixelView("picture", picture)
    return try model.analyse(picture, options: try RunOptions(options))
  }
}

@_cdecl("adain_content_width")
public func contentWidth(_ content: OpaquePointer?) -> UInt32 {
  UInt32((try? object(Content.self, "content", content))?.width ?? 0)
}

@_cdecl("adain_content_height")
public func contentHeight(_ content: OpaquePointer?) -> UInt32 {
  UInt32((try? object(Content.self, "content", content))?.height ?? 0)
}

@_cdecl("adain_content_render")
public func contentRender(
  _ content: OpaquePointer?, _ style: OpaquePointer?, _ options: UnsafePointer<adain_options>?,
  _ x: UInt32, _ y: UInt32, _ result: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let content = try object(Content.self, "content", content)
    let style = try object(StyleBox.self, "style", style).style
    let options = try RunOptions(options)
    let result = try PixelView("result", result)
    try content.render(style: style, options: options, x: Int(x), y: Int(y), into: result)
  }
}

@_cdecl("adain_content_ref")
public func contentRef(_ content: OpaquePointer?) -> OpaquePointer? {
  retain(Content.self, content)
}

@_cdecl("adain_content_unref")
public func contentUnref(_ content: OpaquePointer?) { release(Content.self, content) }
