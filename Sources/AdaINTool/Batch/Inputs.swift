import CVips

/// The pictures that the command line names.
struct Inputs {
  struct Content {
    let source: Job.Content
    /// Found in a folder, and not named.
    var isOfFolder = false
    /// Where in that folder: empty, or with a slash at the end.
    var place = ""
  }

  private(set) var contents: [Content] = []
  /// What could not be looked into, and files with a picture's suffix that hold none.
  private(set) var failures: [(path: String, failure: Failure)] = []
  /// Folders in which files are that nobody takes for pictures, and how many.
  private(set) var passedOver: [(folder: String, files: Int)] = []

  /// Folders that were looked into, or are not to be: a link can lead back, and results are no contents.
  private var seen: Set<String> = []

  /// Files as they are; of a folder every regular file that is a picture, directly inside or, if asked for,
  /// below.
  /// - Parameter output: where results go.
  init(_ names: [String], recursive: Bool, output: String) {
    for name in names {
      // Two names may overlap: each is looked into for itself.
      seen = recursive ? Set([FileName.identity(of: output)].compactMap { $0 }) : []
      if FileName.identity(of: name) == FileName.identity(of: output) { seen = [] }
      if name == "-" {
        contents.append(Content(source: .standardInput))
      } else if FileName.kind(of: name) == .folder {
        do throws(Failure) { try addFolder(name, recursive: recursive) } catch {
          failures.append((name, error))
        }
      } else {
        contents.append(Content(source: .file(name)))
      }
    }
  }

  private mutating func addFolder(_ folder: String, recursive: Bool) throws(Failure) {
    let (before, failed) = (contents.count, failures.count)
    var hasFolders = false
    var others = 0
    defer { if others > 0 { passedOver.append((folder, others)) } }
    try addContents(of: folder, place: "", recursive: recursive, hasFolders: &hasFolders, others: &others)
    if contents.count == before, failures.count == failed {
      let advice = hasFolders && !recursive ? "; --recursive looks into its folders" : ""
      failures.append((folder, Failure("\(folder): holds no picture\(advice)")))
    }
  }

  private mutating func addContents(
    of folder: String, place: String, recursive: Bool, hasFolders: inout Bool, others: inout Int
  ) throws(Failure) {
    if let identity = FileName.identity(of: folder), !seen.insert(identity).inserted { return }
    for name in try FileName.contents(of: folder) {
      let path = FileName.join(folder, name)
      switch FileName.kind(of: path) {
      case .file, nil: addFile(path, place: place, others: &others)
      case .folder:
        hasFolders = true
        guard recursive else { break }
        do throws(Failure) {
          try addContents(
            of: path, place: place + name + "/", recursive: true, hasFolders: &hasFolders, others: &others)
        } catch { failures.append((path, error)) }
      case .special: others += 1
      }
    }
  }
  private mutating func addFile(_ path: String, place: String, others: inout Int) {
    switch cvips_contents_of(path.native) {
    case CVIPS_PICTURE: contents.append(Content(source: .file(path), isOfFolder: true, place: place))
    case CVIPS_TABLE, CVIPS_CAMERA_RAW: others += 1
    // An empty file, another thing's download, a link to nothing: somebody takes it for a picture.
    case _ where cvips_has_picture_suffix(path.native) != 0:
      do throws(Failure) { try Picture.checkReadable(path) } catch { failures.append((path, error)) }
    default: others += 1
    }
  }
}
