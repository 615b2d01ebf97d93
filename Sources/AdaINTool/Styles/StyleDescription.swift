import AdaIN

/// What `adain style list` and `adain style info` tell of a file.
struct StyleDescription: Encodable {
  let file: String
  let channels: Int
  /// The encoder's fingerprint in hexadecimal.
  let encoder: String
  /// The name of the model inside the tool that made it and takes it; nil for another's.
  let model: String?
  /// Means over the channels: how bright and how lively the painting's features are.
  let mean: Float
  let deviation: Float

  init(_ path: String) throws(Failure) {
    let style: Style
    do throws(AdaINError) { style = try Style(path: path.file) } catch { throw Failure(error.message) }
    func average(_ values: [Float]) -> Float { values.reduce(0, +) / Float(values.count) }
    file = path
    channels = style.mean.count
    encoder = String(style.encoderFingerprint, radix: 16)
    model = BuiltInModel(encoderFingerprint: style.encoderFingerprint)?.rawValue
    mean = average(style.mean)
    deviation = average(style.deviation)
  }

  private var line: String {
    "\(file): \(channels) channels of encoder \(encoder), "
      + (model.map { "model \($0)" } ?? "which is no built-in model's")
  }

  /// - Returns: whether all files could be read; of the others one sentence each was said.
  static func print(_ paths: [String], json: Bool) -> Bool {
    var succeeded = true
    for path in paths {
      do throws(Failure) {
        let description = try StyleDescription(path)
        if json { JSON.print(description) } else { Terminal.print(description.line) }
      } catch {
        Terminal.writeError(error.line)
        succeeded = false
      }
    }
    return succeeded
  }
}
