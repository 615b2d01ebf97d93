import AdaIN
import CAdaIN

@_cdecl("adain_composition_new")
public func compositionNew(
  _ content: OpaquePointer?, _ styles: UnsafePointer<OpaquePointer?>?, _ styleCount: Int,
  _ masks: UnsafePointer<adain_pixels>?, _ maskCount: Int, _ statistics: adain_statistics,
  _ options: UnsafePointer<adain_options>?, _ composition: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("composition", composition) { () throws(AdaINError) in
    let content = try object(Content.self, "content", content)
    let layout = try Layout(styles, styleCount, masks, maskCount, statistics)
    return try Composition(
      of: content, styles: layout.styles, masks: layout.masks, statistics: layout.statistics,
      options: try RunOptions(options))
  }
}

@_cdecl("adain_composition_render")
public func compositionRender(
  _ composition: OpaquePointer?, _ options: UnsafePointer<adain_options>?, _ x: UInt32,
  _ y: UInt32, _ result: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let composition = try object(Composition.self, "composition", composition)
    let options = try RunOptions(options)
    try composition.render(
      options: options, x: Int(x), y: Int(y), into: try PixelView("result", result))
  }
}

@_cdecl("adain_composition_rendering")
public func compositionRendering(
  _ composition: OpaquePointer?, _ options: UnsafePointer<adain_options>?,
  _ rendering: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("rendering", rendering) { () throws(AdaINError) in
    try Rendering(
      of: try object(Composition.self, "composition", composition),
      options: try RunOptions(options))
  }
}

@_cdecl("adain_composition_ref")
public func compositionRef(_ composition: OpaquePointer?) -> OpaquePointer? {
  retain(Composition.self, composition)
}

@_cdecl("adain_composition_unref")
public func compositionUnref(_ composition: OpaquePointer?) {
  release(Composition.self, composition)
}
