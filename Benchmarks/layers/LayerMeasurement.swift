import AdaIN
import Foundation

/// One picture, stylised again and again with the clock running.
struct LayerMeasurement {
  struct Result {
    /// A stage's name, or `whole`.
    let name: String
    let seconds: Double
  }

  private let model: Model
  private let style: Style
  private let content: PixelView
  private let result: PixelView

  /// - Parameters:
  ///   - path: a file of `height` rows of `width` pixels of three floats.
  ///   - weights: a model's file; the default model if nil.
  init(path: String, width: Int, height: Int, weights: String?) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let count = 3 * width * height
    guard bytes.count == count * MemoryLayout<Float>.size else {
      throw AdaINError(.argument, "\(path): not \(width) x \(height) pixels of three floats")
    }
    // Both live as long as the process.
    let pixels = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * count)
    bytes.copyBytes(to: UnsafeMutableRawBufferPointer(pixels))
    func view(_ name: String, at offset: Int) throws -> PixelView {
      try PixelView(
        name, data: pixels.baseAddress! + offset, width: width, height: height, format: .float32,
        channels: 3)
    }
    content = try view("content", at: 0)
    result = try view("result", at: count)
    model = try weights.map { try Model(path: $0) } ?? Model.embedded()
    style = try model.style(of: content)
  }

  func medians(runs: Int, threads: Int) throws -> [Result] {
    _ = try seconds(threads: threads)  // to warm up
    var samples: [String: [Double]] = [:]
    for _ in 0..<runs {
      for (name, time) in try seconds(threads: threads) { samples[name, default: []].append(time) }
    }
    return samples.map { Result(name: $0, seconds: $1.sorted()[$1.count / 2]) }
  }

  private func seconds(threads: Int) throws -> [String: Double] {
    var options = RunOptions(threads: threads)
    let clock = StageClock()
    options.clock = clock
    let start = StageClock.now
    try model.stylise(content, style: style, options: options, into: result)
    return clock.seconds.merging(["whole": StageClock.now - start]) { $1 }
  }
}
