import ArgumentParser
import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where results go.
struct Outputs {
  enum Target: Equatable {
    case file(String)
    case folder(String)
    case standardOutput
  }

  let target: Target
  /// Appended to the names in a folder, before the format's suffix.
  let suffix: String
  /// Another format than the content's: `png` or `jpg[Q=90]`, with or without a dot.
  let format: String?

  /// - Parameter count: of the results.
  /// - Throws: `ValidationError` for what cannot be meant, `Failure` for a folder that cannot be
  ///   written.
  init(_ output: String, suffix: String, format: String?, count: Int, folderGiven: Bool) throws {
    self.suffix = suffix
    self.format = format.map { $0.hasPrefix(".") ? $0 : "." + $0 }
    if let format = self.format, cvips_can_write(("x" + FileName(format).path).native) == 0 {
      throw ValidationError("--format: libvips writes no files that end in '\(format)'.")
    }
    if let format = self.format, !FileName("x" + format).hasValidOptions(writes: true) {
      throw ValidationError("--format \(format): \(Failure.fromVips().sentence).")
    }
    if output == "-" {
      guard count == 1, !folderGiven else {
        throw ValidationError("-o -: standard output takes one picture, not \(count).")
      }
      target = .standardOutput
    } else if count > 1 || folderGiven || output.utf8.last == FileName.slash
      || FileName.kind(of: output) == .folder
    {
      if let kind = FileName.kind(of: FileName.withoutSlashes(output)), kind != .folder {
        throw ValidationError("-o \(output): is a file, no folder.")
      }
      target = .folder(output)
    } else {
      target = .file(output)
    }
  }

  /// Make the folders of the results, if need be, and see that files can be made there.
  func prepare(for jobs: [Job]) throws(Failure) {
    try prepare()
    guard case .folder(let folder) = target else { return }
    var made: Set<[CChar]> = []
    for case .file(let path, _) in jobs.map(\.output) {
      let place = FileName.folder(of: path)
      guard made.insert(String(place).native).inserted else { continue }
      // Folders below the target, from the outermost.
      for i in place.utf8.indices
      where place.utf8[i] == FileName.slash && place[..<i].utf8.count >= folder.utf8.count {
        let name = String(place[..<i])
        if mkdir(name.native, 0o777) != 0, errno != EEXIST { throw .system(name, "cannot be made") }
      }
    }
  }

  private func prepare() throws(Failure) {
    let folder: String
    switch target {
    case .standardOutput: return
    case .file(let name):
      folder = String(FileName.folder(of: FileName.resolved(FileName(name).path)))
    case .folder(let name):
      folder = name
      if mkdir(name.native, 0o777) != 0, errno != EEXIST { throw .system(name, "cannot be made") }
    }
    let path = folder.isEmpty ? "." : folder
    guard access(path.native, W_OK | X_OK) == 0 else { throw .system(path, "cannot be written to") }
  }

  /// - Parameter styleName: the style's name when each content gets several.
  func output(for content: Inputs.Content, styleName: String?) throws -> Job.Output {
    switch target {
    case .standardOutput: return .standardOutput(suffix: format)
    case .file(let name):
      let name = FileName(name)
      guard cvips_can_write(name.path.native) != 0 else {
        throw ValidationError(
          "-o \(name.path): libvips writes no files with such a suffix; a folder's name ends in '/'.")
      }
      guard name.hasValidOptions(writes: true) else {
        throw ValidationError("-o \(name.path)\(name.options): \(Failure.fromVips().sentence).")
      }
      return .file(path: name.path, options: name.options)
    case .folder(let folder):
      guard case .file(let path) = content.source else {
        throw ValidationError("-o \(folder): standard input has no name to keep; give a file's name.")
      }
      let (stem, ending) = FileName.stem(of: FileName(path).path)
      let format = FileName(format.map { "x" + $0 } ?? "x" + ending)
      let name = stem + (styleName.map { "-" + $0 } ?? "") + suffix + format.path.dropFirst()
      return .file(path: FileName.join(folder, content.place + name), options: format.options)
    }
  }
}
