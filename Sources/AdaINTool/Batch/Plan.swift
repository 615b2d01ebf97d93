import ArgumentParser

/// Every content × look, named as results and reports call it, with the name of its result.
enum Plan {
  /// - Throws: `ValidationError` when two results would have one name, or one that of an input.
  static func jobs(contents: [Job.Content], looks: [String], outputs: Outputs) throws -> [Job] {
    var jobs: [Job] = []
    var inputs: [String: String] = [:]
    for case .file(let path) in contents {
      if let identity = FileName.identity(of: FileName(path).path) { inputs[identity] = path }
    }
    var taken: [String: Job] = [:]
    for content in contents {
      for (i, look) in looks.enumerated() {
        let output = try outputs.output(for: content, look: looks.count > 1 ? look : nil)
        let job = Job(content: content, look: i, lookName: look, output: output)
        if case .file(let path, _) = output {
          if let input = FileName.identity(of: path).flatMap({ inputs[$0] }) {
            throw ValidationError(
              "\(path): would overwrite the input \(input); give --suffix or another folder.")
          }
          if let other = taken.updateValue(job, forKey: path) {
            throw ValidationError(
              "\(path): would be the result of \(other.inputName) and of \(job.inputName).")
          }
        }
        jobs.append(job)
      }
    }
    return jobs
  }
}
