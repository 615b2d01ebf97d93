import AdaIN
import ArgumentParser

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    _superCommandName: "adain",
    abstract: "Versions, processor, models and licences.")

  @Flag(help: "As a JSON object.")
  var json = false

  private struct Information: Encodable {
    struct Model: Encodable {
      let name: String
      let architecture: String
      let encoder: String
      let metadata: [String: String]
    }
    let version: String
    let libvips: String
    let kernel: String
    let threads: Int
    let models: [Model]
    let licences: [String: String]
  }

  func run() throws {
    let information = Information(
      version: Versions.tool, libvips: Versions.vips, kernel: KernelSet.current.rawValue,
      threads: ProcessorCount.available,
      models: try BuiltInModel.allCases.map(Self.describe),
      licences: Self.licences)
    if json {
      JSON.print(information)
      return
    }
    Terminal.print("adain \(information.version), libvips \(information.libvips)")
    Terminal.print("kernel: \(information.kernel), threads: \(information.threads)")
    for model in information.models {
      Terminal.print("model \(model.name): \(model.architecture), encoder \(model.encoder)")
      for (key, value) in model.metadata.sorted(by: { $0.key < $1.key }) {
        Terminal.print("  \(key): \(value)")
      }
    }
    Terminal.print("licences:")
    for (part, licence) in information.licences.sorted(by: { $0.key < $1.key }) {
      Terminal.print("  \(part): \(licence)")
    }
  }

  private static func describe(_ name: BuiltInModel) throws(Failure) -> Information.Model {
    do throws(AdaINError) {
      let model = try Model.named(name)
      return Information.Model(
        name: name.rawValue, architecture: model.architecture.rawValue,
        encoder: String(model.encoderFingerprint, radix: 16), metadata: model.metadata)
    } catch {
      throw Failure(error.message)
    }
  }

  /// Of what is linked; the weights' is in the model's metadata.
  private static let licences = [
    "adain": "MIT",
    "libvips": "LGPL-2.1-or-later",
    "Swift standard library, Foundation, swift-argument-parser": "Apache-2.0 with runtime exception",
  ]
}
