import AdaIN

/// What is done to a picture: one style, mixed of those that were named.
struct Look: Sendable {
  /// A style file's bytes, or why there are none.
  let style: Result<[UInt8], Failure>

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

  init(_ references: [StyleReference], styleSize: Int, model: String?) {
    style = Result { () throws(Failure) in
      try Self.mix(references, styleSize: styleSize, model: model).serialized()
    }
  }
}
