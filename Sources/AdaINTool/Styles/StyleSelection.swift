import AdaIN

/// A style as libvips gets it.
struct StyleSource: Sendable {
  enum Kind: Sendable {
    /// A style file's.
    case bytes([UInt8])
    /// A painting's name: its colours change with each content.
    case painting(String)
  }

  let kind: Kind
  let weight: Double
}

/// What is done to a picture: one style, mixed of those that were named, or several in their regions.
struct StyleSelection: Sendable {
  /// What the operation gets, or why there is nothing.
  let styles: Result<[StyleSource], Failure>

  /// For names of results and reports.
  static func name(_ references: [StyleReference]) -> String {
    references.map(\.stem).joined(separator: "+")
  }

  /// All styles mixed. One without a weight, beside others that have one, counts as 1.
  static func mix(
    _ references: [StyleReference], styleSize: Int, model: String?
  ) throws(Failure) -> Style {
    var styles: [Style] = []
    for reference in references {
      styles.append(try reference.load(styleSize: styleSize, model: model))
    }
    do throws(AdaINError) {
      return try Style.mix(styles, weights: references.map { $0.weight ?? 1 })
    } catch {
      throw Failure(error.message)
    }
  }

  init(_ references: [StyleReference], _ controls: Controls) {
    styles = Result { () throws(Failure) in try Self.sources(references, controls) }
  }

  private static func sources(
    _ references: [StyleReference], _ controls: Controls
  ) throws(Failure) -> [StyleSource] {
    var sources: [StyleSource] = []
    if controls.colour.changesPainting {
      for reference in references {
        sources.append(
          StyleSource(
            kind: .painting(try reference.painting(for: controls.colour)),
            weight: Double(reference.weight ?? 1)))
      }
    } else if controls.masks.isEmpty {
      let style = try mix(references, styleSize: controls.styleSize, model: controls.model)
      sources.append(StyleSource(kind: .bytes(style.serialized()), weight: 1))
    } else {
      for reference in references {
        let bytes = try reference.bytes(styleSize: controls.styleSize, model: controls.model)
        sources.append(StyleSource(kind: .bytes(bytes), weight: 1))
      }
    }
    return sources
  }
}
