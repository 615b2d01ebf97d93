/// The losses by which style transfer is trained and judged, each a function of feature maps.
///
/// All are computed in a fixed order, mostly in double precision, on all processors that are free;
/// the results do not depend on how many those are. Equal maps have a loss of exactly 0. Any thread
/// may call them.
public enum Loss {}

extension Loss {
  /// Refuse two maps of different numbers of channels.
  static func checkChannels(_ a: FeatureMap, _ b: FeatureMap) throws(AdaINError) {
    guard a.channels == b.channels else {
      throw AdaINError(
        .argument, "the feature maps have \(a.channels) and \(b.channels) channels, not as many")
    }
  }
}
