import AdaIN
import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why something could not be done: one sentence, which names the file.
struct Failure: Error, Sendable, Equatable {
  let sentence: String

  init(_ sentence: some StringProtocol) { self.sentence = String(sentence) }

  /// As it is printed.
  var line: String { "adain: \(sentence)" }

  /// The system's last error about a file.
  static func system(_ path: String, _ what: String, _ code: Int32 = errno) -> Failure {
    Failure("\(path): \(what): \(String(cString: strerror(code)))")
  }

  /// What libvips said last: its first line, without the name of the part that speaks, and the system's
  /// reason, which is a line of its own.
  static func fromVips() -> Failure {
    let text = cvips_take_error()
    defer { cvips_free(text) }
    let lines = text.map { String(native: $0) } ?? ""
    let all = lines.split(separator: "\n")
    // ImageMagick's own reason may be empty; what libvips adds to it then says more.
    guard let line = all.first(where: { !$0.hasSuffix(":") && !$0.hasSuffix(": ") }) ?? all.first else {
      return Failure("libvips gave no reason")
    }
    var reason = ""
    for prefix in ["unix error: ", "system error: "] where all.count > 1 && all[1].hasPrefix(prefix) {
      let words = all[1].dropFirst(prefix.count)
      if !words.hasPrefix("Unknown") { reason = ": " + words }
    }
    // By scalars: a space, and an accent that a name begins with, would be one character.
    let scalars = line.unicodeScalars
    let words = scalars.split(separator: ":", maxSplits: 1)
    let speaker =
      words.count == 2
      && words[0].allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" }
    let sentence = String((speaker ? words[1] : scalars[...]).drop { $0 == " " })
    return Failure(sentence + reason)
  }

  /// The sentence with the file's name before it, unless it begins with that or the other name.
  func named(_ name: String, unless other: String? = nil) -> Failure {
    let named = [name, other ?? name].contains { sentence.hasPrefix("\($0): ") }
    return named ? self : Failure("\(name): \(sentence)")
  }
}
