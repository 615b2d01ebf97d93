/// How a call runs.
public struct RunOptions: Sendable {
  /// α of equation 14 in Huang & Belongie, 0…1: 1 (the default, as in the paper) is the full
  /// style, 0 the content as the decoder reconstructs it.
  public var strength: Float
  /// Threads to use; 0, the default, means all processors that the process may use.
  public var threads: Int
  /// Called with the share of the work done, 0…1, never falling, never on two threads at once.
  /// Returns whether to go on; `false` ends the call with an error of kind `.cancelled`.
  public var progress: (@Sendable (Double) -> Bool)?
  /// How broad the brush is, 1…64: 4 paints first in the strokes of a copy of a quarter of the size, then,
  /// led by the picture's own edges, finer ones over them ("coarse to fine", Gatys et al., CVPR 2017). 1 is
  /// the network alone, as in the paper. nil, the default: `BrushSizes.automaticStroke` in `Model.stylise`, 1
  /// elsewhere. Counts there and in an `Analysis`. Takes 1 byte for each pixel of the picture and 40 for each
  /// of the reduced copies.
  public var stroke: Double?
  /// How strong the finer strokes are where the brush is broad, as a share of the strength, 0…1: a surface of
  /// brushwork and crisp edges on the broad strokes, whose tones stay. The default paints nearly as crisply
  /// as the network alone, and keeps smooth skies quieter than 1 does. 0 leaves the broad strokes alone.
  public var detail: Float = 0.7
  /// Bytes of memory that the feature map of a picture may take, 0 or more; a larger one is kept in a
  /// temporary file in the folder that TMPDIR names (or /tmp). nil, the default, means the environment
  /// variable `ADAIN_FEATURE_MEMORY` (such as 200m), or else 512 MB and at most an eighth of the
  /// machine's memory. Counts when a picture is analysed.
  public var featureMemory: Int?
  /// How values of the feature map are kept; nil goes by its size. For tests.
  var featurePrecision: FeatureStore.Precision?
  /// Told what each layer took; nil, the default, costs nothing.
  package var clock: StageClock?

  /// Options that are given, and the defaults for the rest: full style, all processors, no progress. The
  /// brush is set afterwards.
  public init(
    strength: Float = 1, threads: Int = 0, featureMemory: Int? = nil,
    progress: (@Sendable (Double) -> Bool)? = nil
  ) {
    self.featureMemory = featureMemory
    self.strength = strength
    self.threads = threads
    self.progress = progress
  }
}

extension RunOptions {
  /// - Throws: `.argument`, naming the option that is out of its range.
  func check() throws(AdaINError) {
    guard strength >= 0, strength <= 1 else {
      throw AdaINError(.argument, "options: strength is \(strength), not between 0 and 1")
    }
    guard (0...Self.maximumThreads).contains(threads) else {
      throw AdaINError(.argument, "options: threads is \(threads), not between 0 and \(Self.maximumThreads)")
    }
    if let stroke, !(stroke >= 1 && stroke <= BrushSizes.largestStroke) {
      throw AdaINError(.argument, "options: stroke is \(stroke), not between 1 and 64")
    }
    guard detail >= 0, detail <= 1 else {
      throw AdaINError(.argument, "options: detail is \(detail), not between 0 and 1")
    }
  }

  /// More than any machine has today.
  public static let maximumThreads = 1024
}
