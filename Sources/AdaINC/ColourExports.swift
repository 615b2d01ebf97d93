import AdaIN
import CAdaIN

@_cdecl("adain_colours_new")
public func coloursNew(_ colours: UnsafeMutablePointer<OpaquePointer?>?) -> adain_status {
  create("colours", colours) { () throws(AdaINError) in try ContentColours() }
}

@_cdecl("adain_colours_add")
public func coloursAdd(
  _ colours: OpaquePointer?, _ rows: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let colours = try object(ContentColours.self, "colours", colours)
    try colours.add(try PixelView("rows", rows))
  }
}

@_cdecl("adain_colours_recolour")
public func coloursRecolour(
  _ colours: OpaquePointer?, _ mode: adain_colour_mode, _ painting: UnsafePointer<adain_pixels>?,
  _ result: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let colours = try object(ContentColours.self, "colours", colours)
    let painting = try PixelView("painting", painting)
    let result = try PixelView("result", result)
    guard !result.overlaps(painting) else {
      throw AdaINError(.argument, "result: overlaps the painting without being the same pixels")
    }
    try colours.recolour(painting, try ColourMode(mode), into: result)
  }
}

@_cdecl("adain_colours_free")
public func coloursFree(_ colours: OpaquePointer?) { release(ContentColours.self, colours) }

@_cdecl("adain_keep_colours")
public func keepColours(
  _ content: UnsafePointer<adain_pixels>?, _ stylised: UnsafePointer<adain_pixels>?,
  _ result: UnsafePointer<adain_pixels>?
) -> adain_status {
  status { () throws(AdaINError) in
    let content = try PixelView("content", content)
    let stylised = try PixelView("stylised", stylised)
    let result = try PixelView("result", result)
    guard !result.overlaps(content), !result.overlaps(stylised) else {
      throw AdaINError(.argument, "result: overlaps another picture without being the same pixels")
    }
    try ColourMode.keepColours(of: content, stylised: stylised, into: result)
  }
}

extension ColourMode {
  fileprivate init(_ mode: adain_colour_mode) throws(AdaINError) {
    switch mode {
    case ADAIN_COLOUR_STYLE: self = .style
    case ADAIN_COLOUR_CONTENT_CORAL: self = .contentCORAL
    case ADAIN_COLOUR_CONTENT_LIGHTNESS: self = .contentLightness
    case ADAIN_COLOUR_HISTOGRAM: self = .histogram
    default:
      throw AdaINError(.argument, "mode: is \(mode.rawValue), not an adain_colour_mode")
    }
  }
}
