import CVips

/// The pictures that the command line names.
struct Inputs {
  struct Content {
    let source: Job.Content
    /// Found in a folder, and not named.
    var isOfFolder = false
  }

  private(set) var contents: [Content] = []
  /// What could not be looked into, and files with a picture's suffix that hold none.
  private(set) var failures: [Failure] = []

  /// Files as they are; of a folder every regular file directly inside that is a picture.
  init(_ names: [String]) {
    for name in names {
      if name == "-" {
        contents.append(Content(source: .standardInput))
      } else if FileName.kind(of: name) == .folder {
        do throws(Failure) { try addFolder(name) } catch { failures.append(error) }
      } else {
        contents.append(Content(source: .file(name)))
      }
    }
  }

  private mutating func addFolder(_ folder: String) throws(Failure) {
    let (before, failed) = (contents.count, failures.count)
    for path in try FileName.contents(of: folder).map({ FileName.join(folder, $0) }) {
      switch FileName.kind(of: path) {
      case .file where cvips_can_read(path) != 0:
        contents.append(Content(source: .file(path), isOfFolder: true))
      case .file where cvips_is_table(path) != 0: break
      case .file, nil:
        // An empty file, another thing's download, a link to nothing: somebody takes it for a picture.
        if cvips_has_picture_suffix(path) != 0 {
          do throws(Failure) { try Picture.checkReadable(path) } catch { failures.append(error) }
        }
      case .folder, .special: break
      }
    }
    if contents.count == before, failures.count == failed {
      failures.append(Failure("\(folder): holds no picture"))
    }
  }
}
