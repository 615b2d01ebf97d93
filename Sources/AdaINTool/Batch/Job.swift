/// One content in one style.
struct Job: Sendable {
  enum Content: Sendable {
    case file(String)
    case standardInput
  }

  enum Output: Sendable, Equatable {
    /// The file's name, and libvips' options of its format.
    case file(path: String, options: String)
    /// The format's suffix, perhaps with options; nil for the content's own.
    case standardOutput(suffix: String?)
  }

  let content: Content
  /// Which of the batch's selections, and its name.
  let selection: Int
  let styleName: String
  let output: Output

  /// As it is called in reports and errors.
  var inputName: String {
    switch content {
    case .file(let path): path
    case .standardInput: "standard input"
    }
  }

  var outputName: String {
    switch output {
    case .file(let path, _): path
    case .standardOutput: "standard output"
    }
  }
}
