import ArgumentParser

/// Every content × style, named as results and reports call it, with the name of its result.
enum Plan {
  /// - Parameters:
  ///   - read: what else is read: styles, masks, the model.
  ///   - goesOn: whether results that are there are left as they are. In a folder that is both read and
  ///     written they are among the inputs of the next run, and none of its contents.
  /// - Throws: `ValidationError` when two results would have one name, or one that of a file that is read.
  static func jobs(
    contents: [Inputs.Content], styleNames: [String], outputs: Outputs, read: ReadFiles, goesOn: Bool
  ) throws -> [Job] {
    let contents = goesOn ? try withoutResults(contents, styleNames: styleNames, outputs: outputs) : contents
    var read = read
    for case .file(let path) in contents.map(\.source) { read.add(path, "the input") }
    var jobs: [Job] = []
    var taken: [[CChar]: Job] = [:]
    for content in contents {
      for (i, name) in styleNames.enumerated() {
        let output = try outputs.output(for: content, styleName: styleNames.count > 1 ? name : nil)
        let job = Job(content: content.source, selection: i, styleName: name, output: output)
        if case .file(let path, _) = output {
          try read.check(path, advice: "give --suffix or another folder")
          if let other = taken.updateValue(job, forKey: path.native) {
            throw ValidationError(
              "\(path): would be the result of \(other.inputName) and of \(job.inputName).")
          }
        }
        jobs.append(job)
      }
    }
    return jobs
  }

  /// Without the files of folders that are results of others.
  private static func withoutResults(
    _ contents: [Inputs.Content], styleNames: [String], outputs: Outputs
  ) throws -> [Inputs.Content] {
    var results: [String: String] = [:]
    for content in contents {
      guard case .file(let path) = content.source else { continue }
      for name in styleNames {
        let output = try outputs.output(for: content, styleName: styleNames.count > 1 ? name : nil)
        guard case .file(let result, _) = output,
          let identity = FileName.identity(of: result), identity != FileName.identity(of: FileName(path).path)
        else { continue }
        results[identity] = path
      }
    }
    return contents.filter { content in
      guard content.isOfFolder, case .file(let path) = content.source,
        let identity = FileName.identity(of: path)
      else { return true }
      return results[identity] == nil
    }
  }
}
