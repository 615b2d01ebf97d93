extension ColourMode {
  /// The lightness of a stylised picture with the content's a* and b*: `contentLightness`. All views have
  /// one size; `result` may be either of the others. A fourth channel of the result is opaque.
  /// - Throws: `.argument` for sizes that differ and for a sample that is not a finite number.
  public static func keepColours(
    of content: PixelView, stylised: PixelView, into result: PixelView
  ) throws(AdaINError) {
    for (name, view) in [("stylised", stylised), ("result", result)] {
      guard view.width == content.width, view.height == content.height else {
        throw AdaINError(
          .argument,
          "\(name): the size \(view.width) x \(view.height) is not the content's \(content.width) x \(content.height)"
        )
      }
    }
    let reader = PixelReader(content, name: "content")
    let writer = PixelWriter(result, alpha: .opaque)
    let colours = try Table<Float>("a row of the content", count: 3 * content.width)
    try forEachRow(of: stylised, name: "stylised") { y, rgb throws(AdaINError) in
      try reader.readRow(y, into: colours.pointer)
      for x in 0..<content.width {
        var lab = LabColour(colours.pointer + 3 * x)
        lab.lightness = LabColour(rgb + 3 * x).lightness
        lab.write(rgb + 3 * x)
      }
      writer.writeRow(y, from: 0, count: content.width, rgb: rgb)
    }
    withExtendedLifetime(colours) {}
  }
}
