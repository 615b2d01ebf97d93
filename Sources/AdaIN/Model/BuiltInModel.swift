import CSupport

/// A model inside the library, by name.
///
/// Both have the paper's topology and were trained with the same losses; styles made with one are refused by
/// the other.
public enum BuiltInModel: String, CaseIterable, Sendable {
  /// The paper's widths: the best pictures.
  case standard
  /// Fewer channels, for previews and for video: about a seventh of the time.
  case fast

  /// The weights file; it stays where it is for as long as the process lives.
  var weights: UnsafeRawBufferPointer {
    switch self {
    case .standard: Self.bytes(csupport_embedded_weights)
    case .fast: Self.bytes(csupport_embedded_fast_weights)
    }
  }

  /// Style files, one behind the other in the catalogue's order.
  var styles: UnsafeRawBufferPointer {
    switch self {
    case .standard: Self.bytes(csupport_embedded_styles)
    case .fast: Self.bytes(csupport_embedded_fast_styles)
    }
  }

  private static func bytes(_ file: (UnsafeMutablePointer<Int>?) -> UnsafeRawPointer?)
    -> UnsafeRawBufferPointer
  {
    var size = 0
    return UnsafeRawBufferPointer(start: file(&size), count: size)
  }

  /// The model that made a style with that fingerprint; nil for one that is not inside.
  public init?(encoderFingerprint: UInt64) {
    // The styles tell it without the models being made.
    guard let model = Self.allCases.first(where: { NamedStyle.fingerprint(of: $0) == encoderFingerprint })
    else {
      return nil
    }
    self = model
  }

  /// The model of that name.
  /// - Throws: `.argument` for a name that there is not, with those that there are.
  public init(_ name: String) throws(AdaINError) {
    guard let model = Self(rawValue: name) else {
      let known = Self.allCases.map(\.rawValue).joined(separator: " and ")
      throw AdaINError(
        .argument,
        "there is no model named '\(name)', only \(known); a weights file is given with its suffix or folder")
    }
    self = model
  }
}
