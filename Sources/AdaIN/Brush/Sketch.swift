/// What a broad brush needs of a picture that is seen once, row by row: a reduced copy, encoded, whose
/// strokes will be broad, and the luma of the picture itself, whose edges lead them.
///
/// Memory: 1 byte for each pixel of the picture, in a temporary file where that is more than the feature map
/// may take, beside what the reduced copy's analysis takes.
final class Sketch {
  /// The coarsest first, the picture's own last.
  let sizes: [(width: Int, height: Int)]
  let luma: PixelStore

  /// Reduced pictures beside a feature map, at most: a result, two lumas and the tones. Each may take its
  /// share of what a map may.
  private static let planes = 4

  private let model: Model
  private let options: RunOptions
  private let executor: Executor
  private let memory: Int
  private var work: Work

  private enum Work {
    case taking(Copy)
    /// The reduced copy, encoded; the memory that this took is given back.
    case done(Content)
  }

  /// The reduced copy on its way into the network.
  private struct Copy {
    let encoder: Encoder
    let reducer: RowReducer
    let scratch: RowScratch
    /// Rows that are ready to be encoded.
    let rows: Table<Float>
    var encoded = 0
  }

  /// - Throws: `.memory`; `.io` for a temporary file.
  init(model: Model, width: Int, height: Int, stroke: Double, options: RunOptions) throws(AdaINError) {
    self.model = model
    self.options = options
    sizes = BrushSizes.sizes(width: width, height: height, stroke: stroke)
    executor = Executor(kernels: model.network.kernels, threads: options.threads, clock: options.clock)
    memory = try FeatureMemory.limit(options.featureMemory)
    let small = sizes[0]
    luma = try PixelStore(
      "the picture's luma", width: width, height: height, channels: 1, format: .uint8, limit: memory)
    let reducer = try RowReducer(width: width, height: height, channels: 3, to: small, executor: executor)
    work = .taking(
      Copy(
        encoder: try Encoder(
          model.network, width: small.width, height: small.height, memory: memory,
          precision: options.featurePrecision, executor: executor),
        reducer: reducer, scratch: try RowScratch(for: [luma], threads: executor.threads),
        rows: try Table("rows of the picture", count: 3 * small.width * (reducer.chunk + 1))))
  }

  /// Take the next rows, `count` of them from `firstRow` on of the picture.
  /// - Throws: `.argument` for a sample that is not a finite number; `.io`, `.cancelled`.
  func push(_ reader: PixelReader, firstRow: Int, count: Int, progress: ((Double) -> Bool)?)
    throws(AdaINError)
  {
    guard case .taking(var copy) = work else {
      throw AdaINError(.internal, "rows after the picture's end")
    }
    let (height, small) = (luma.height, sizes[0])
    for begin in stride(from: firstRow, to: firstRow + count, by: copy.reducer.chunk) {
      let end = min(begin + copy.reducer.chunk, firstRow + count)
      var ready = 0
      try copy.reducer.add(end - begin) { item, slot, row throws(AdaINError) in
        try reader.readRow(begin - firstRow + item, into: row)
        try luma.write(row: begin + item, rgb: row, scratch: copy.scratch[slot])
      } finished: { _, row in
        (copy.rows.pointer + 3 * small.width * ready).update(from: row, count: 3 * small.width)
        ready += 1
      }
      if ready > 0 {
        let rows = try PixelView(
          "rows", data: copy.rows.pointer, width: small.width, height: ready, format: .float32, channels: 3)
        try copy.encoder.push(
          PixelReader(rows, name: "rows"), firstRow: copy.encoded, count: ready,
          progress: progress.map { progress in { _ in progress(Double(begin) / Double(height)) } })
        copy.encoded += ready
        work = .taking(copy)
      }
      if let progress, !progress(Double(end) / Double(height)) {
        throw AdaINError(.cancelled, "cancelled by the progress callback")
      }
    }
  }

  /// - Throws: as `Encoder.checkDone`.
  func checkDone() throws(AdaINError) {
    if case .taking(let copy) = work { try copy.encoder.checkDone() }
  }

  /// The reduced copy, once every row was taken.
  private func encodedCopy() -> Content {
    switch work {
    case .done(let content): return content
    case .taking(let copy):
      let content = Content(
        model: model, width: sizes[0].width, height: sizes[0].height, features: copy.encoder.features,
        statistics: copy.encoder.statistics)
      work = .done(content)
      return content
    }
  }

  /// Paint: the reduced copy in broad strokes; at every larger size these enlarged, led by the picture's own
  /// edges, and finer strokes over them. The content that comes of it is rendered in the same styles, at
  /// `options.detail` of its strength: those are the finest strokes. At a detail of 0 the content is the
  /// picture in broad strokes itself.
  ///
  /// May be called again, for other styles. Memory: 6 bytes for each pixel of the largest reduced copy, 2
  /// for its luma, and the feature maps one after the other.
  /// - Throws: `.argument`, `.mismatch`, `.memory`, `.io`, `.cancelled`.
  func painted(in look: StyleLayout, options: RunOptions) throws(AdaINError) -> Content {
    let executor = Executor(kernels: model.network.kernels, threads: options.threads, clock: options.clock)
    var content = encodedCopy()
    var phases = WorkShares(Self.paintingCosts(sizes.map(Self.area)), progress: options.progress)
    var smallLuma = try luma(of: sizes[0], on: executor)
    for level in 1..<sizes.count {
      let picture = try rendered(content, in: look, options: options, progress: phases.next(), on: executor)
      let guide = level == sizes.count - 1 ? luma : try luma(of: sizes[level], on: executor)
      content = try refined(
        picture, of: content, smallGuide: smallLuma, guide: guide, detail: options.detail,
        progress: phases.next(),
        on: executor)
      smallLuma = guide
    }
    return content
  }

  /// What the three parts of a call cost: taking the picture, painting it, rendering it.
  static func costs(width: Int, height: Int, stroke: Double) -> (
    sketching: Double, painting: Double, rendering: Double
  ) {
    let areas = BrushSizes.sizes(width: width, height: height, stroke: stroke).map(area)
    let full = areas[areas.count - 1]
    return (
      areas[0] * WorkShares.encoding + full * WorkShares.reducing, paintingCosts(areas).reduce(0, +),
      full * WorkShares.rendering
    )
  }

  /// Of each size but the last a rendering, of each but the first an enlargement and encoding.
  private static func paintingCosts(_ areas: [Double]) -> [Double] {
    areas.indices.dropFirst().flatMap {
      [areas[$0 - 1] * WorkShares.rendering, areas[$0] * WorkShares.enlarging]
    }
  }

  private static func area(_ size: (width: Int, height: Int)) -> Double {
    Double(size.width) * Double(size.height)
  }

  /// The picture's luma at another size.
  private func luma(of size: (width: Int, height: Int), on executor: Executor) throws(AdaINError)
    -> PixelStore
  {
    let result = try PixelStore(
      "the reduced luma", width: size.width, height: size.height, channels: 1, format: .uint16,
      limit: memory / Self.planes)
    let reducer = try RowReducer(
      width: luma.width, height: luma.height, channels: 1, to: size, executor: executor)
    let scratch = try RowScratch(for: [luma, result], threads: executor.threads)
    let grey = try Table<Float>("a row of luma", count: 3 * size.width)
    try reducer.addAll { y, slot, row throws(AdaINError) in
      try luma.read(row: y, into: row, scratch: scratch[slot])
    } finished: { y, row throws(AdaINError) in
      for x in 0..<size.width {
        for c in 0..<3 { grey[3 * x + c] = row[x] }
      }
      try result.write(row: y, rgb: grey.pointer, scratch: scratch[0])
    }
    return result
  }

  /// The content in its styles, kept to be enlarged.
  private func rendered(
    _ content: Content, in look: StyleLayout, options: RunOptions, progress: ((Double) -> Bool)?,
    on executor: Executor
  ) throws(AdaINError) -> PixelStore {
    let result = try PixelStore(
      "the reduced result", width: content.width, height: content.height, channels: 3, format: .uint16,
      limit: memory / Self.planes)
    let rows = 64
    let band = try Table<Float>("rows of the reduced result", count: 3 * content.width * rows)
    let scratch = try RowScratch(for: [result], threads: 1)
    let destination = BandDestination(band.pointer, width: content.width)
    let decoder = try content.rectangle(
      try look.modulation(of: content, options: options), options: options,
      columns: 0..<content.width, rows: 0..<content.height, sink: destination.write)
    for begin in stride(from: 0, to: content.height, by: rows) {
      let end = min(begin + rows, content.height)
      destination.firstRow = begin
      try decoder.run(until: end, progress: progress)
      for y in begin..<end {
        try result.write(row: y, rgb: band.pointer + 3 * content.width * (y - begin), scratch: scratch[0])
      }
    }
    return result
  }

  /// The picture enlarged to the guide's size: encoded, or kept as it is where no finer strokes are wanted.
  private func refined(
    _ picture: PixelStore, of content: Content, smallGuide: PixelStore, guide: PixelStore, detail: Float,
    progress: ((Double) -> Bool)?, on executor: Executor
  ) throws(AdaINError) -> Content {
    // Bands of this size are four times those of the one before.
    BufferCache.empty()
    let enlargement = try GuidedEnlargement(picture, smallGuide: smallGuide, guide: guide, executor: executor)
    if detail == 0 {
      let finished = try PixelStore(
        "the result", width: guide.width, height: guide.height, channels: 3, format: .uint16,
        limit: memory / Self.planes)
      let scratch = try RowScratch(for: [finished], threads: executor.threads)
      try forEachBand(of: enlargement) { range, rows throws(AdaINError) in
        try executor.tryRun(count: range.count) { item, slot throws(AdaINError) in
          try finished.write(
            row: range.lowerBound + item, rgb: rows + 3 * guide.width * item, scratch: scratch[slot])
        }
        if let progress, !progress(Double(range.upperBound) / Double(guide.height)) {
          throw AdaINError(.cancelled, "cancelled by the progress callback")
        }
      }
      return Content(
        model: model, width: guide.width, height: guide.height, features: content.features,
        statistics: content.statistics, detail: 1, finished: finished)
    }
    let encoder = try Encoder(
      model.network, width: guide.width, height: guide.height, memory: memory,
      precision: options.featurePrecision, executor: executor)
    try forEachBand(of: enlargement) { range, rows throws(AdaINError) in
      let view = try PixelView(
        "enlarged rows", data: rows, width: guide.width, height: range.count, format: .float32, channels: 3)
      try encoder.push(
        PixelReader(view, name: "enlarged rows"), firstRow: range.lowerBound, count: range.count,
        progress: progress)
    }
    try encoder.checkDone()
    return Content(
      model: model, width: guide.width, height: guide.height, features: encoder.features,
      statistics: encoder.statistics, detail: detail,
      tones: try BroadTones(
        of: picture, width: guide.width, height: guide.height, limit: memory / Self.planes, executor: executor
      ))
  }
}

/// The rows of an enlargement, from the top down, as many at a time as are made together.
private func forEachBand(
  of enlargement: GuidedEnlargement,
  _ body: (Range<Int>, UnsafeMutablePointer<Float>) throws(AdaINError) -> Void
) throws(AdaINError) {
  var rows: Table<Float>?
  var y = 0
  while y < enlargement.height {
    let range = enlargement.nextRows(from: y)
    let count = 3 * enlargement.width * range.count
    if rows.map({ $0.count < count }) ?? true { rows = try Table("enlarged rows", count: count) }
    try enlargement.make(range, into: rows!.pointer)
    try body(range, rows!.pointer)
    y = range.upperBound
  }
}

/// Where the rows of a band go, of which several threads write parts.
private final class BandDestination: @unchecked Sendable {
  private let band: UnsafeMutablePointer<Float>
  private let width: Int
  var firstRow = 0

  init(_ band: UnsafeMutablePointer<Float>, width: Int) {
    self.band = band
    self.width = width
  }

  func write(_ y: Int, _ x: Int, _ count: Int, _ rgb: UnsafePointer<Float>) {
    (band + 3 * (width * (y - firstRow) + x)).update(from: rgb, count: 3 * count)
  }
}
