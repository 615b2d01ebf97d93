import CVips

/// The model that a run uses.
enum Models {
  /// Ready it, so that what is wrong with its file is said once, not for each picture.
  /// - Parameter path: a weights file; nil for the model inside.
  static func load(_ path: String?) throws(Failure) {
    guard withOptionalCString(path, { cvips_load_model($0) }) == 0 else {
      let failure = Failure.fromVips()
      throw path.map { failure.named($0) } ?? failure
    }
  }
}
