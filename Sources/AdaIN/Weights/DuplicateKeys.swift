#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The first key that stands twice in one object of a JSON text, at any depth, with the keys that
/// lead to it: `__metadata__.version`. Nil when there is none.
///
/// JSONDecoder keeps one of several equal keys and other readers keep another, so a file with a
/// duplicate means different things to different programs. This scan looks only for strings,
/// brackets and commas, which is enough because `text` is known to be valid JSON in UTF-8.
func firstDuplicateKey(inJSON text: UnsafeRawBufferPointer) -> String? {
  struct Level {
    let isObject: Bool
    var keys: Set<String> = []
    var current: String?
  }
  var levels: [Level] = []
  var expectsKey = false
  var i = 0
  while i < text.count {
    switch text[i] {
    case UInt8(ascii: "\""):
      let start = i + 1
      i = start
      while i < text.count, text[i] != UInt8(ascii: "\"") {
        i += text[i] == UInt8(ascii: "\\") ? 2 : 1
      }
      if expectsKey {
        let key = unescaped(text[start..<min(i, text.count)])
        levels[levels.count - 1].current = key
        guard levels[levels.count - 1].keys.insert(key).inserted else {
          return levels.compactMap(\.current).joined(separator: ".")
        }
      }
      expectsKey = false
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      expectsKey = text[i] == UInt8(ascii: "{")
      levels.append(Level(isObject: expectsKey))
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      _ = levels.popLast()
      expectsKey = false
    case UInt8(ascii: ","):
      expectsKey = levels.last?.isObject ?? false
    default:
      break
    }
    i += 1
  }
  return nil
}

/// What a JSON string between its quotes means. Keys that differ only in escapes are equal;
/// hardly any has one, so hardly any costs a decoder.
private func unescaped(_ string: Slice<UnsafeRawBufferPointer>) -> String {
  if string.contains(UInt8(ascii: "\\")) {
    let quoted = Data("\"".utf8) + Data(string) + Data("\"".utf8)
    if let text = try? JSONDecoder().decode(String.self, from: quoted) { return text }
  }
  return String(decoding: string, as: UTF8.self)
}
