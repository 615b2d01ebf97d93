import AdaIN
import CAdaIN

@_cdecl("adain_style_from_pixels")
public func styleFromPixels(
  _ model: OpaquePointer?, _ painting: UnsafePointer<adain_pixels>?,
  _ options: UnsafePointer<adain_options>?, _ style: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("style", style) { () throws(AdaINError) in
    let model = try object(Model.self, "model", model)
    let painting = try PixelView("painting", painting)
    return StyleBox(try model.style(of: painting, options: try RunOptions(options)))
  }
}

@_cdecl("adain_style_mix")
public func styleMix(
  _ styles: UnsafePointer<OpaquePointer?>?, _ weights: UnsafePointer<Float>?, _ count: Int,
  _ style: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("style", style) { () throws(AdaINError) in
    let styles = try required("styles", styles)
    guard (1...Style.maximumMix).contains(count) else {
      throw AdaINError(.argument, "count: is \(count), not between 1 and \(Style.maximumMix)")
    }
    var mixed: [Style] = []
    for i in 0..<count {
      mixed.append(try object(StyleBox.self, "styles[\(i)]", styles[i]).style)
    }
    let weights = weights.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
    return StyleBox(try Style.mix(mixed, weights: weights))
  }
}

@_cdecl("adain_style_save_memory")
public func styleSaveMemory(
  _ style: OpaquePointer?, _ buffer: UnsafeMutableRawPointer?, _ capacity: Int,
  _ size: UnsafeMutablePointer<Int>?
) -> adain_status {
  status { () throws(AdaINError) in
    let size = try required("size", size)
    let bytes = try object(StyleBox.self, "style", style).style.serialized()
    size.pointee = bytes.count
    // Swift sees size_t as Int.
    let capacity = UInt(bitPattern: capacity)
    guard let buffer else {
      if capacity == 0 { return }  // the caller asks for the size alone
      throw AdaINError(.argument, "buffer: is NULL, but capacity is \(capacity)")
    }
    guard capacity >= UInt(bytes.count) else {
      throw AdaINError(.argument, "capacity: is \(capacity) bytes; \(bytes.count) are needed")
    }
    bytes.withUnsafeBytes { buffer.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
  }
}

@_cdecl("adain_style_save_file")
public func styleSaveFile(_ style: OpaquePointer?, _ path: UnsafePointer<CChar>?) -> adain_status {
  status { () throws(AdaINError) in
    let style = try object(StyleBox.self, "style", style).style
    try style.save(to: try AdaINC.path("path", path))
  }
}

@_cdecl("adain_style_load_memory")
public func styleLoadMemory(
  _ data: UnsafeRawPointer?, _ size: Int, _ style: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("style", style) { () throws(AdaINError) in
    StyleBox(try Style(serialized: try bytes("data", data, size)))
  }
}

@_cdecl("adain_style_load_file")
public func styleLoadFile(
  _ path: UnsafePointer<CChar>?, _ style: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("style", style) { () throws(AdaINError) in
    StyleBox(try Style(path: try AdaINC.path("path", path)))
  }
}

@_cdecl("adain_style_ref")
public func styleRef(_ style: OpaquePointer?) -> OpaquePointer? { retain(StyleBox.self, style) }

@_cdecl("adain_style_unref")
public func styleUnref(_ style: OpaquePointer?) { release(StyleBox.self, style) }
