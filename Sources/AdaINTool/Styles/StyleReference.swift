import AdaIN
import ArgumentParser
import CVips

/// What `--style` names: a painting or a style file, and its weight in a mix.
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

  /// The style itself: read from its file, or made of the painting.
  func load(styleSize: Int, model: String?) throws(Failure) -> Style {
    if path.hasSuffix(Self.fileSuffix) {
      do throws(AdaINError) { return try Style(path: path) } catch { throw Failure(error.message) }
    }
    try Picture.checkReadable(path)
    var data: UnsafeMutableRawPointer?
    var size = 0
    let status = withOptionalCString(model) {
      cvips_style(path, Int32(styleSize), $0, &data, &size)
    }
    guard status == 0 else { throw Failure.fromVips().named(path) }
    defer { cvips_free(data) }
    do throws(AdaINError) {
      return try Style(serialized: UnsafeRawBufferPointer(start: data, count: size))
    } catch {
      throw Failure(error.message).named(path)
    }
  }

  /// - Throws: `ValidationError` for weights or a size that no painting can be had with.
  static func check(_ styles: [StyleReference], styleSize: Int) throws {
    guard (0...Int(Int32.max)).contains(styleSize) else {
      throw ValidationError("--style-size: \(styleSize) is not 0 or a number of pixels.")
    }
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
