extension Model {
  /// The losses of `output`, by whatever program made it, as `content` in the style of `style`; its palette
  /// and its lattice.
  ///
  /// Each picture is measured as it is: to judge a result, give the painting in the size in which its
  /// style was taken. Pictures whose sides are no multiples of 8 are extended as for stylising.
  ///
  /// Memory grows with the pictures: with the published widths 512 bytes for each pixel of style and
  /// output, and of the content for a while, beside 12 for each thread and pixel of the larger of
  /// style and output, and 36 of the output at the end.
  /// - Parameters:
  ///   - content: the photograph.
  ///   - style: the painting.
  ///   - output: the result, of the content's size.
  ///   - options: threads and progress; the strength is not used.
  /// - Throws: `.argument` for an output of another size than the content's, a pixel that is not
  ///   finite, or features beyond the range of 32-bit floats; `.memory`, `.cancelled`.
  public func measure(
    content: PixelView, style: PixelView, output: PixelView, options: RunOptions = RunOptions()
  ) throws(AdaINError) -> Measurement {
    guard output.width == content.width, output.height == content.height else {
      throw AdaINError(
        .argument,
        "output: the size \(output.width) x \(output.height) is not the content's \(content.width) x \(content.height)"
      )
    }
    try options.check()
    let executor = Executor(kernels: network.kernels, threads: options.threads)
    // Nearly all the work is the three encodings and the losses of four layers.
    let steps = 7.0
    func encode(_ picture: PixelView, _ name: String, step: Double) throws(AdaINError)
      -> [FeatureMap]
    {
      try blockStarts(
        of: picture, name: name, executor: executor,
        progress: options.progress.map { progress in { progress((step + $0) / steps) } })
    }

    let wanted = try encode(style, "style", step: 0)
    let features = try encode(content, "content", step: 1).last!
    let target = try AdaptiveInstanceNormalisation().normalise(
      features,
      to: ChannelStatistics(try wanted[wanted.count - 1].moments(on: executor), variance: .adaptive),
      strength: 1, on: executor)
    let made = try encode(output, "output", step: 2)
    let contentLoss = try Loss.content(made[made.count - 1], target, on: executor)

    var layers: [Measurement.Layer] = []
    for (i, (a, b)) in zip(made, wanted).enumerated() {
      let statistics = try Loss.statistics(a, b, variance: .adaptive, on: executor)
      layers.append(
        Measurement.Layer(
          name: "relu\(i + 1)_1", mean: statistics.mean, deviation: statistics.deviation,
          gram: try Loss.gram(a, b, on: executor),
          histogram: try Loss.histogram(a, b, on: executor)))
      if let progress = options.progress, !progress(Double(4 + i) / steps) {
        throw AdaINError(.cancelled, "cancelled by the progress callback")
      }
    }
    return Measurement(
      contentLoss: contentLoss, layers: layers,
      paletteDistance: try Palette(of: output).distance(to: Palette(of: style)),
      lattice: try Measurement.Lattice.measure(output, name: "output", on: executor))
  }

  /// relu1_1, relu2_1, relu3_1 and relu4_1 of a picture.
  private func blockStarts(
    of picture: PixelView, name: String, executor: Executor, progress: ((Double) -> Bool)?
  ) throws(AdaINError) -> [FeatureMap] {
    let encoder = try Encoder(
      network, width: picture.width, height: picture.height, keeps: .blockStarts, executor: executor)
    try encoder.encode(picture, name: name, progress: progress)
    var maps: [FeatureMap] = []
    for (rows, channels) in zip(encoder.blockStarts, network.blockChannels) {
      maps.append(
        try FeatureMap(
          rows, height: rows.capacity, channels: channels, what: "features of the \(name)"))
    }
    return maps
  }
}
