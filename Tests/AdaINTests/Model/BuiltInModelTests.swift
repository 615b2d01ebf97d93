import Foundation
import Testing

@testable import AdaIN

/// The models that are built in under names.
@Suite("Built-in models") struct BuiltInModelTests {
  @Test("each is made once, and from a file's bytes it is the same", arguments: BuiltInModel.allCases)
  func made(_ name: BuiltInModel) throws {
    let model = try Model.named(name)
    #expect(try Model.named(name) === model)
    #expect(try Model.open(name.rawValue) === model)
    #expect(model.encoderFingerprint == (try NetworkWeights(safetensors: name.weights)).encoderFingerprint)
    #expect(model.metadata["provenance"] != nil && model.metadata["license"] != nil)
  }

  @Test("the standard one is meant where none is named")
  func standard() throws {
    #expect(try Model.embedded() === Model.named(.standard))
    #expect(try Model.embedded() !== Model.named(.fast))
  }

  @Test(
    "a name that there is not is answered with those that there are",
    arguments: ["fsat", "", "Fast", "caf\u{e9}"])
  func unknown(_ name: String) {
    for make in [{ _ = try BuiltInModel(name) }, { _ = try Model.open(name) }] as [() throws -> Void] {
      do {
        try make()
        Issue.record("found")
      } catch let error as AdaINError {
        #expect(error.kind == .argument)
        #expect(error.message.contains("'\(name)'") && error.message.contains("standard and fast"))
      } catch {
        Issue.record(error)
      }
    }
  }

  @Test(
    "what has a suffix or a folder is a file",
    arguments: ["./fast", "fast.safetensors", "/nonexistent/fast", "."])
  func file(_ path: String) {
    do {
      _ = try Model.open(path)
      Issue.record("opened")
    } catch {
      #expect(error.kind == .io && error.message.hasPrefix("\(path): "))
    }
  }

  @Test("each has its own of every built-in style, and refuses the other's by the name of its model")
  func styles() throws {
    for named in NamedStyle.all {
      for (name, other) in [(BuiltInModel.standard, BuiltInModel.fast), (.fast, .standard)] {
        let model = try Model.named(name)
        let style = try named.style(for: model)
        try model.check(style)
        #expect(BuiltInModel(encoderFingerprint: style.encoderFingerprint) == name)
        do {
          try Model.named(other).check(style)
          Issue.record("taken")
        } catch {
          #expect(error.kind == .mismatch)
          #expect(error.message == "style: made with the model '\(name.rawValue)', not with this one")
        }
      }
    }
    #expect(BuiltInModel(encoderFingerprint: 1) == nil)
  }

  @Test("another model than those inside has no built-in styles")
  func foreign() throws {
    let model = try Model(path: Dump.url("narrow-vgg16-model.safetensors").path)
    do {
      _ = try NamedStyle("lion").style(for: model)
      Issue.record("found")
    } catch {
      #expect(error.kind == .mismatch && error.message.contains("'lion'"))
    }
  }
}
