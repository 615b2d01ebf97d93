import CSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A style that is built in under a name: a painting's, with its painter.
///
/// This is conditional instance normalisation (Dumoulin, Shlens & Kudlur, ICLR 2017) with the painting's
/// own statistics for γ and β instead of learned ones. Each model inside the library has its own of every
/// painting; `style(for:)` gives it.
public struct NamedStyle: Sendable, Equatable {
  /// Such as `great-wave`.
  public let name: String
  /// The painting's title.
  public let title: String
  /// Who painted it.
  public let painter: String
  /// Such as `1890` or `about 1831`.
  public let year: String
  /// Its means and deviations, for the standard model.
  public var style: Style { styles[.standard]! }

  private let styles: [BuiltInModel: Style]

  /// Its means and deviations for a model.
  /// - Throws: `.mismatch` for a model with another encoder than those inside the library.
  public func style(for model: Model) throws(AdaINError) -> Style {
    guard let style = styles.values.first(where: { $0.encoderFingerprint == model.encoderFingerprint }) else {
      throw AdaINError(.mismatch, "the style '\(name)' is built in for other encoders than this model's")
    }
    return style
  }

  /// The fingerprint of a built-in model's encoder.
  static func fingerprint(of model: BuiltInModel) -> UInt64 { all[0].styles[model]!.encoderFingerprint }

  /// All of them, in the catalogue's order.
  public static var all: [NamedStyle] {
    kept.withLock { kept in
      let all = kept ?? read()
      kept = all
      return all
    }
  }

  /// Made at the first use.
  static let kept = ProcessLock<[NamedStyle]?>(.styles, nil)

  private static func read() -> [NamedStyle] {
    var size = 0
    let catalogue = csupport_embedded_catalogue(&size)
    let entries: [Entry]
    do {
      entries = try JSONDecoder().decode([Entry].self, from: Data(bytes: catalogue!, count: size))
    } catch {
      preconditionFailure("the catalogue that was built in is damaged: \(error)")
    }
    return entries.enumerated().map { i, entry in
      let styles = BuiltInModel.allCases.map { model in
        let each = model.styles.count / entries.count
        guard let style = try? Style(serialized: .init(rebasing: model.styles[i * each..<(i + 1) * each]))
        else {
          preconditionFailure("the styles that were built in are damaged")
        }
        return (model, style)
      }
      return NamedStyle(
        name: entry.name, title: entry.title, painter: entry.painter, year: entry.year,
        styles: Dictionary(uniqueKeysWithValues: styles))
    }
  }

  private struct Entry: Decodable {
    let name: String
    let title: String
    let painter: String
    let year: String
  }

  /// The style of that name.
  /// - Throws: `.argument` for a name that there is not, with the nearest ones.
  public init(_ name: String) throws(AdaINError) {
    guard let found = Self.all.first(where: { $0.name == name }) else {
      let nearest = Self.all.map(\.name).sorted {
        (distance($0, name), $0) < (distance($1, name), $1)
      }
      throw AdaINError(
        .argument,
        "there is no style named '\(name)'; the nearest are \(nearest.prefix(3).joined(separator: ", "))")
    }
    self = found
  }

  private init(name: String, title: String, painter: String, year: String, styles: [BuiltInModel: Style]) {
    self.name = name
    self.title = title
    self.painter = painter
    self.year = year
    self.styles = styles
  }
}

/// How many characters must be put in, taken out or changed (Levenshtein); a part of a name is as near
/// as one typing error.
private func distance(_ name: String, _ typed: String) -> Int {
  // Only what could be a name is compared: the effort grows with its length.
  let typed = Array(typed.utf8.prefix(64))
  let name = Array(name.utf8)
  if !typed.isEmpty, name.firstRange(of: typed) != nil { return 1 }
  var row = Array(0...typed.count)
  for i in name.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in typed.indices {
      let substituted = diagonal + (name[i] == typed[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[typed.count]
}
