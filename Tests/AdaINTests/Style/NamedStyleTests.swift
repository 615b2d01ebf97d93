import Foundation
import Testing

@testable import AdaIN

/// The styles that are built in under names.
@Suite("Named styles") struct NamedStyleTests {
  @Test("there are sixteen, complete, and the built-in model takes them")
  func complete() throws {
    let all = NamedStyle.all
    #expect(all.count >= 16)
    #expect(Set(all.map(\.name)).count == all.count)
    let model = try Model.embedded()
    for named in all {
      #expect(!named.title.isEmpty && !named.painter.isEmpty && !named.year.isEmpty)
      #expect(named.style.encoderFingerprint == model.encoderFingerprint)
      #expect(named.style.mean.allSatisfy(\.isFinite) && named.style.deviation.allSatisfy { $0 > 0 })
      #expect(try NamedStyle(named.name) == named)
    }
    #expect(Set(all.map(\.style.mean)).count == all.count)
  }

  @Test(
    "a name that there is not is answered with the nearest",
    arguments: [
      ("great-wawe", "great-wave"), ("wave", "great-wave"), ("Lion", "lion"), ("", "lion"),
      (String(repeating: "x", count: 100_000), "composition-viii"), ("galette", "moulin-de-la-galette"),
    ])
  func nearest(_ typed: String, _ expected: String) {
    do {
      _ = try NamedStyle(typed)
      Issue.record("found")
    } catch {
      #expect(error.kind == .argument)
      #expect(error.message.contains(expected))
    }
  }
}
