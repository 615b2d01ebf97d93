import CVips

/// The pictures that the command line names.
enum Inputs {
  /// Files as they are; of a folder every file directly inside that is a picture.
  /// - Returns: the contents, and what could not be looked into.
  static func expand(_ names: [String]) -> (contents: [Job.Content], failures: [Failure]) {
    var contents: [Job.Content] = []
    var failures: [Failure] = []
    for name in names {
      if name == "-" {
        contents.append(.standardInput)
      } else if FileName.kind(of: name) == .folder {
        do throws(Failure) {
          let files = try FileName.contents(of: name).map { FileName.join(name, $0) }
            .filter { FileName.kind(of: $0) == .other && cvips_can_read($0) != 0 }
          if files.isEmpty { failures.append(Failure("\(name): holds no picture")) }
          contents += files.map { .file($0) }
        } catch {
          failures.append(error)
        }
      } else {
        contents.append(.file(name))
      }
    }
    return (contents, failures)
  }
}
