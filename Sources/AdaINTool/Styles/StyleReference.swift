import AdaIN
import ArgumentParser
import CVips

/// What `--style` names: a painting, a style file or a built-in style, and its weight in a mix.
struct StyleReference: ExpressibleByArgument, Sendable {
  let path: String
  let weight: Float?

  static let fileSuffix = ".style"

  /// `wave.jpg` or `wave.jpg=0.3`. A file whose name ends that way is meant as it stands.
  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    if let sign = argument.lastIndex(of: "="), sign != argument.startIndex,
      let weight = Float(argument[argument.index(after: sign)...]),
      FileName.kind(of: argument) == nil
    {
      path = String(argument[..<sign])
      self.weight = weight
    } else {
      path = argument
      weight = nil
    }
  }

  /// For the names of results.
  var stem: String { FileName.stem(of: FileName(path).path).stem }

  /// Whether it can only be the name of a built-in style: no file, and nothing that a file's name has.
  private var isName: Bool {
    FileName.kind(of: FileName(path).path) == nil && FilePath.isBuiltInName(path)
  }

  /// The style itself: the built-in one, read from its file, or made of the painting.
  func load(styleSize: Int, model: String?) throws(Failure) -> Style {
    if let style = try file() { return style }
    return try made(styleSize: styleSize, model: model) { bytes throws(AdaINError) in
      try Style(serialized: bytes)
    }
  }

  /// The same as the bytes of a style file, which is what the operation takes.
  func bytes(styleSize: Int, model: String?) throws(Failure) -> [UInt8] {
    if let style = try file() { return style.serialized() }
    return try made(styleSize: styleSize, model: model) { Array($0) }
  }

  /// A style file's; nil where there is none.
  private func file() throws(Failure) -> Style? {
    guard !isName, path.hasSuffix(Self.fileSuffix) else { return nil }
    do throws(AdaINError) { return try Style(path: path.file) } catch { throw Failure(error.message) }
  }

  /// The built-in style, or the painting's as the operation makes it: its bytes, during `body`.
  private func made<Result>(
    styleSize: Int, model: String?, _ body: (UnsafeRawBufferPointer) throws(AdaINError) -> Result
  ) throws(Failure) -> Result {
    if !isName { try Picture.checkReadable(path) }
    var data: UnsafeMutableRawPointer?
    var size = 0
    let status = withOptionalCString(model) {
      isName
        ? cvips_named_style(path.native, $0, &data, &size)
        : cvips_style(path.native, Int32(styleSize), $0, &data, &size)
    }
    guard status == 0 else { throw isName ? Failure.fromVips() : Failure.fromVips().named(path) }
    defer { cvips_free(data) }
    do throws(AdaINError) {
      return try body(UnsafeRawBufferPointer(start: data, count: size))
    } catch {
      throw Failure(error.message).named(path)
    }
  }

  /// The painting's file.
  /// - Throws: a failure for a style that has no pixels.
  func painting(for colour: Controls.Colour) throws(Failure) -> String {
    if isName || path.hasSuffix(Self.fileSuffix) {
      let what = isName ? "the built-in style \(path)" : path
      throw Failure("--color \(colour.rawValue): needs a painting's pixels; \(what) has none")
    }
    try Picture.checkReadable(path)
    return path
  }

  /// - Throws: `ValidationError` for weights with which nothing can be mixed.
  static func check(_ styles: [StyleReference]) throws {
    for style in styles {
      if let weight = style.weight, !(weight >= 0 && weight.isFinite) {
        throw ValidationError("\(style.path): the weight \(weight) is not a number from 0 on.")
      }
    }
    if !styles.isEmpty, styles.allSatisfy({ $0.weight == 0 }) {
      throw ValidationError("All weights of the styles are 0.")
    }
  }
}
