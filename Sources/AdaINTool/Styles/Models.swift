import AdaIN
import CVips

/// The model that a run uses.
enum Models {
  /// Ready it, so that what is wrong with its file is said once, not for each picture.
  /// - Parameter model: a name or a weights file; nil for the standard one.
  static func load(_ model: String?) throws(Failure) {
    guard withOptionalCString(model, { cvips_load_model($0) }) == 0 else {
      let failure = Failure.fromVips()
      guard let model, !FilePath.isBuiltInName(model) else { throw failure }
      throw failure.named(model)
    }
  }
}
