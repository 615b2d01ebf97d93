import ArgumentParser

/// What a command reads. Nothing of it may be written, by whatever name: links, another spelling, another
/// path.
struct ReadFiles {
  /// By identity, what each is called in a sentence.
  private var names: [String: String] = [:]

  /// - Parameter what: how a sentence calls it, such as "the input", with the name behind it.
  mutating func add(_ path: String, _ what: String) {
    let path = FileName(path).path
    if let identity = FileName.identity(of: path) { names[identity] = "\(what) \(path)" }
  }

  /// Styles that are files, masks, the model.
  mutating func add(styles: [StyleReference], controls: Controls) {
    for style in styles { add(style.path, "the style") }
    for mask in controls.masks { add(mask, "the mask") }
    if let file = controls.network.file { add(file, "the model") }
  }

  /// The file that a result of that name would overwrite.
  func overwritten(by output: String) -> String? {
    FileName.identity(of: FileName(output).path).flatMap { names[$0] }
  }

  /// - Throws: `ValidationError` where a result would overwrite one of the files.
  func check(_ output: String, advice: String = "give another name") throws {
    if let name = overwritten(by: output) {
      throw ValidationError("\(FileName(output).path): would overwrite \(name); \(advice).")
    }
  }
}
