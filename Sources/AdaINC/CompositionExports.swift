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
    // Counts first: nothing is read of arrays that cannot be as long as they say.
    guard (1...Composition.maximumStyles).contains(styleCount) else {
      throw AdaINError(
        .argument, "style_count: is \(styleCount), not between 1 and \(Composition.maximumStyles)")
    }
    guard maskCount == styleCount || maskCount == styleCount - 1 else {
      throw AdaINError(
        .argument,
        "mask_count: is \(maskCount) for \(styleCount) styles; one for each is needed, or one less")
    }
    let handles = try required("styles", styles)
    let kind: Composition.Statistics
    switch statistics {
    case ADAIN_STATISTICS_REGIONS: kind = .regions
    case ADAIN_STATISTICS_WHOLE: kind = .whole
    default:
      throw AdaINError(
        .argument, "statistics: is \(statistics.rawValue), not an adain_statistics")
    }
    var looks: [Style] = []
    for i in 0..<styleCount {
      looks.append(try object(StyleBox.self, "styles[\(i)]", handles[i]).style)
    }
    var views: [PixelView] = []
    for i in 0..<maskCount {
      views.append(try PixelView("mask \(i)", try required("masks", masks) + i))
    }
    return try Composition(
      of: content, styles: looks, masks: views, statistics: kind, options: try RunOptions(options))
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
