import AdaIN
import ArgumentParser

struct StylesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "styles",
    _superCommandName: "adain",
    abstract: "List the built-in styles: name, painter, title, year.")

  @Flag(help: "One JSON object for each style.")
  var json = false

  private struct Description: Encodable {
    let name: String
    let painter: String
    let title: String
    let year: String
  }

  func run() {
    let all = NamedStyle.all.map {
      Description(name: $0.name, painter: $0.painter, title: $0.title, year: $0.year)
    }
    let width = all.map(\.name.count).max() ?? 0
    for style in all {
      if json {
        JSON.print(style)
      } else {
        let padding = String(repeating: " ", count: width - style.name.count)
        Terminal.print("\(style.name)\(padding)  \(style.painter), \(style.title), \(style.year)")
      }
    }
  }
}
