/// Which styles a picture gets, and where: one for all of it, or several by masks, as in `Composition`.
struct StyleLayout {
  let styles: [Style]
  let masks: [PixelView]
  let statistics: Composition.Statistics

  init(_ style: Style) {
    self.init(styles: [style], masks: [], statistics: .regions)
  }

  init(styles: [Style], masks: [PixelView], statistics: Composition.Statistics) {
    self.styles = styles
    self.masks = masks
    self.statistics = statistics
  }

  /// - Throws: as `Composition.init`.
  func modulation(of content: Content, options: RunOptions) throws(AdaINError) -> Modulation {
    if masks.isEmpty, styles.count == 1 {
      return try content.modulation(style: styles[0], strength: options.strength)
    }
    return try Composition(
      of: content, styles: styles, masks: masks, statistics: statistics, options: options
    ).modulation(strength: options.strength)
  }
}
