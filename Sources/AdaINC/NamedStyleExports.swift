import AdaIN
import CAdaIN

@_cdecl("adain_style_named")
public func styleNamed(
  _ name: UnsafePointer<CChar>?, _ style: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("style", style) { () throws(AdaINError) in
    StyleBox(try NamedStyle(try string("name", name)).style)
  }
}

@_cdecl("adain_style_named_for")
public func styleNamedFor(
  _ model: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ style: UnsafeMutablePointer<OpaquePointer?>?
) -> adain_status {
  create("style", style) { () throws(AdaINError) in
    let model = try object(Model.self, "model", model)
    return StyleBox(try NamedStyle(try string("name", name)).style(for: model))
  }
}

@_cdecl("adain_named_style_count")
public func namedStyleCount() -> Int { NamedStyle.all.count }

@_cdecl("adain_named_style_name")
public func namedStyleName(_ index: Int) -> UnsafePointer<CChar>? { Constants[index]?.name }

@_cdecl("adain_named_style_title")
public func namedStyleTitle(_ index: Int) -> UnsafePointer<CChar>? { Constants[index]?.title }

@_cdecl("adain_named_style_painter")
public func namedStylePainter(_ index: Int) -> UnsafePointer<CChar>? { Constants[index]?.painter }

@_cdecl("adain_named_style_year")
public func namedStyleYear(_ index: Int) -> UnsafePointer<CChar>? { Constants[index]?.year }

/// `finishGlobals`, for what the C interface makes at its first use.
@_cdecl("adain_finish_interface_globals")
func finishInterfaceGlobals() {
  _ = Constants.kept
  LastError.finishGlobals()
}

/// The catalogue as C strings that live as long as the process.
struct Constants: @unchecked Sendable {
  let name: UnsafePointer<CChar>
  let title: UnsafePointer<CChar>
  let painter: UnsafePointer<CChar>
  let year: UnsafePointer<CChar>

  /// Made at the first use.
  static let kept = ProcessLock<[Constants]?>(.names, nil)

  /// nil for an index that there is not.
  static subscript(_ index: Int) -> Constants? {
    kept.withLock { kept in
      let all =
        kept
        ?? NamedStyle.all.map {
          Constants(
            name: copy($0.name), title: copy($0.title), painter: copy($0.painter), year: copy($0.year))
        }
      kept = all
      return all.indices.contains(index) ? all[index] : nil
    }
  }

  private static func copy(_ text: String) -> UnsafePointer<CChar> {
    let bytes = Array(text.utf8CString)
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    copy.update(from: bytes, count: bytes.count)
    return UnsafePointer(copy)
  }
}
