import AdaIN
import CAdaIN

@_cdecl("adain_rendering_begin")
public func renderingBegin(
  _ content: OpaquePointer?, _ style: OpaquePointer?, _ options: UnsafePointer<adain_options>?,
  _ rendering: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("rendering", rendering) { () throws(AdaINError) in
    try Rendering(
      of: try object(Content.self, "content", content),
      style: try object(StyleBox.self, "style", style).style, options: try RunOptions(options))
  }
}

@_cdecl("adain_rendering_pull")
public func renderingPull(
  _ rendering: OpaquePointer?, _ rows: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let rendering = try object(Rendering.self, "rendering", rendering)
    try rendering.pull(try PixelView("rows", rows))
  }
}

@_cdecl("adain_rendering_free")
public func renderingFree(_ rendering: OpaquePointer?) { release(Rendering.self, rendering) }
