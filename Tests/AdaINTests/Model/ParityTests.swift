import Foundation
import Testing

@testable import AdaIN

/// The engine against what PyTorch computed (weights/dumps/make_dumps.py): features within 1e-3 of the
/// largest, pixels within 1/255.
@Suite("Parity with PyTorch") struct ParityTests {
  static let featureTolerance: Float = 1e-3
  static let pixelTolerance: Float = 1 / 255
  static let sizes = [
    "24x16", "17x16", "1x1", "33x40", "96x64", "2x2", "1x50", "15x17", "90x7",
  ]

  static func weights(_ architecture: String) throws -> NetworkWeights {
    try Data(contentsOf: Dump.url("narrow-\(architecture)-model.safetensors")).withUnsafeBytes {
      try NetworkWeights(safetensors: $0)
    }
  }

  @Test(
    "every layer of both topologies", arguments: availableKernels, ["vgg16", "vgg19"])
  func layers(_ kernels: KernelSet, _ architecture: String) throws {
    let dump = try Dump("narrow-\(architecture).safetensors")
    let weights = try Self.weights(architecture)
    let model = try Model(weights: weights, kernels: kernels)
    #expect(model.architecture.rawValue == architecture)
    let style = try dump.picture("painting").with { try model.style(of: $0) }
    var worst: [(String, Float)] = []
    for size in Self.sizes.prefix(3) {
      let picture = try dump.picture("\(size).picture")
      func channels(_ name: String) -> Int { dump["\(size).layer.\(name)"].shape[0] }
      var trace = try LayerTrace(model)
      let features = try picture.with { try trace.encode($0, channels: channels) }
      let content = try picture.with { try model.analyse($0) }
      let affine = try ChannelAffine(
        content: content.statistics, style: style, strength: 1,
        paddedChannels: features.channels)
      let adain = dump["\(size).adain"]
      #expect(
        relativeError(
          normalised(features, by: affine, channels: adain.shape[0]), adain.floats)
          <= Self.featureTolerance, "\(size) AdaIN")
      try trace.decode(features, affine: affine, channels: channels)

      #expect(trace.layers.count == 2 * model.architecture.layerNames.count)
      for (i, (name, values)) in trace.layers.enumerated() {
        let error = relativeError(values, dump["\(size).layer.\(name)"].floats)
        #expect(error <= Self.featureTolerance, "\(size) \(name)")
        if i == worst.count { worst.append((name, error)) }
        worst[i].1 = max(worst[i].1, error)
      }
    }
    for (name, error) in worst { print("\(kernels) \(architecture) \(name): \(error)") }
  }

  @Test(
    "features, statistics and pixels at every size", arguments: availableKernels,
    ["vgg16", "vgg19"])
  func pixels(_ kernels: KernelSet, _ architecture: String) throws {
    let dump = try Dump("narrow-\(architecture).safetensors")
    let model = try Model(weights: Self.weights(architecture), kernels: kernels)
    try compare(model, dump, Self.sizes, "\(kernels) \(architecture)")
  }

  @Test("the shipped models on a photograph", arguments: availableKernels, BuiltInModel.allCases)
  func shipped(_ kernels: KernelSet, _ name: BuiltInModel) throws {
    let model = try Model(weights: NetworkWeights(safetensors: name.weights), kernels: kernels)
    try compare(model, Dump("shipped-\(name.rawValue).safetensors"), ["photograph"], "\(kernels) \(name)")
  }

  private func compare(_ model: Model, _ dump: Dump, _ names: [String], _ what: String) throws {
    let style = try dump.picture("painting").with { try model.style(of: $0) }
    var worst: (features: Float, pixels: Float) = (0, 0)
    for name in names {
      let picture = try dump.picture("\(name).picture")
      let content = try picture.with { try model.analyse($0) }
      let features = dump["\(name).features"]
      let error = relativeError(
        channelsFirst(
          try content.features.allRows(), height: features.shape[1], channels: features.shape[0]),
        features.floats)
      #expect(error <= Self.featureTolerance, "\(name) features")
      #expect(
        relativeError(content.statistics.mean.map { Float($0) }, dump["\(name).mean"].floats)
          <= Self.featureTolerance)
      #expect(
        relativeError(
          content.statistics.deviation.map { Float($0) }, dump["\(name).deviation"].floats)
          <= Self.featureTolerance)
      worst.features = max(worst.features, error)

      for strength in [Float(1), 0.5] {
        let result = try OwnedPicture(width: content.width, height: content.height)
        try picture.with { picture in
          try result.with {
            try model.stylise(
              picture, style: style, options: RunOptions(strength: strength), into: $0)
          }
        }
        let expected = dump["\(name).pixels.\(strength)"].floats
        let difference = largestDifference(result.floats, expected)
        #expect(difference <= Self.pixelTolerance, "\(name) α = \(strength)")
        worst.pixels = max(worst.pixels, difference)
      }
    }
    print("\(what): features \(worst.features) relative, pixels \(worst.pixels * 255) of 255")
  }
}

/// max|a − b|; infinite if a value of `a` is none, which no comparison would tell.
private func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  precondition(a.count == b.count)
  return zip(a, b).reduce(0) { $1.0.isFinite ? max($0, abs($1.0 - $1.1)) : .infinity }
}

/// The feature map after AdaIN, (channels, height, width): what the decoder's first layer fuses.
private func normalised(
  _ features: FeatureRows, by affine: ChannelAffine, channels: Int
) -> [Float] {
  let values = channelsFirst(features, height: features.available, channels: channels)
  let cells = values.count / channels
  return values.indices.map { i in
    affine.scale.floats[i / cells] * values[i] + affine.offset.floats[i / cells]
  }
}

/// The repository's root, for files that are not test resources.
let repository = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
