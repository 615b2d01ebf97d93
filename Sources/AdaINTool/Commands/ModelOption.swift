import AdaIN
import ArgumentParser

/// `--model`: which network.
struct ModelOption: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "standard, or fast for previews and video: a seventh of the time, coarser; or a weights file.",
      valueName: "name|file"),
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  /// The weights file, if one is meant.
  var file: String? { model.flatMap { FilePath.isBuiltInName($0) ? nil : $0 } }
}
