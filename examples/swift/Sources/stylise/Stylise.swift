// Stylise a photograph from Swift.
//
//     swift run -c release stylise photograph.ppm painting.ppm result.ppm [STRENGTH]
//
// Build with -c release: what runs is the caller's build of the engine.

import AdaIN
import Foundation

@main
struct Stylise {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard (3...4).contains(arguments.count) else {
      fail("usage: stylise PHOTOGRAPH PAINTING RESULT [STRENGTH]", status: 2)
    }
    do {
      try run(Array(arguments))
    } catch let error as AdaINError {
      fail("stylise: adain: \(error.message)")
    } catch {
      fail("stylise: \(error)")
    }
  }

  static func run(_ arguments: [String]) throws {
    var options = RunOptions()
    if arguments.count == 4 {
      guard let strength = Float(arguments[3]) else {
        throw PictureError("\(arguments[3]): not a number")
      }
      options.strength = strength
    }
    var photograph = try Picture(ppm: arguments[0])
    var painting = try Picture(ppm: arguments[1])

    let model = try Model.embedded()
    let style = try painting.withView("painting") { try model.style(of: $0) }
    // The result may take the photograph's place.
    try photograph.withView("photograph") {
      try model.stylise($0, style: style, options: options, into: $0)
    }
    try photograph.write(ppm: arguments[2])
  }

  static func fail(_ sentence: String, status: Int32 = 1) -> Never {
    FileHandle.standardError.write(Data("\(sentence)\n".utf8))
    exit(status)
  }
}
