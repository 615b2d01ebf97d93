import AdaIN
import CAdaIN

/// The caller's styles and masks: which styles a picture gets, and where.
struct Layout {
  let styles: [Style]
  let masks: [PixelView]
  let statistics: Composition.Statistics

  /// - Throws: `.argument`, naming the array or the element that is wrong.
  init(
    _ styles: UnsafePointer<OpaquePointer?>?, _ styleCount: Int, _ masks: UnsafePointer<adain_pixels>?,
    _ maskCount: Int, _ statistics: adain_statistics
  ) throws(AdaINError) {
    // Counts first: nothing is read of arrays that cannot be as long as they say.
    guard (1...Composition.maximumStyles).contains(styleCount) else {
      throw AdaINError(
        .argument, "style_count: is \(styleCount), not between 1 and \(Composition.maximumStyles)")
    }
    guard maskCount == styleCount || maskCount == styleCount - 1 else {
      throw AdaINError(
        .argument,
        "mask_count: is \(maskCount) for \(styleCount) styles; one for each is needed, or one less")
    }
    let handles = try required("styles", styles)
    switch statistics {
    case ADAIN_STATISTICS_REGIONS: self.statistics = .regions
    case ADAIN_STATISTICS_WHOLE: self.statistics = .whole
    default:
      throw AdaINError(
        .argument, "statistics: is \(statistics.rawValue), not an adain_statistics")
    }
    var read: [Style] = []
    for i in 0..<styleCount {
      read.append(try object(StyleBox.self, "styles[\(i)]", handles[i]).style)
    }
    self.styles = read
    var views: [PixelView] = []
    for i in 0..<maskCount {
      views.append(try PixelView("mask \(i)", try required("masks", masks) + i))
    }
    self.masks = views
  }
}
