/// The tensors of one 3×3 convolution, in 32-bit floats whatever the file held.
public struct ConvolutionWeights: Sendable {
  /// The name in the weights file without `.weight`: `encoder.conv1_1`.
  public let name: String
  /// Channels of the map that the layer reads.
  public let inputChannels: Int
  /// Channels of the map that it makes.
  public let outputChannels: Int
  /// (output, input, 3, 3), row-major.
  package let filters: Table<Float>
  /// (output).
  public let bias: [Float]

  var isFinite: Bool {
    bias.allSatisfy(\.isFinite) && (0..<filters.count).allSatisfy { filters.pointer[$0].isFinite }
  }

  /// The filters, a copy.
  public var weight: [Float] { filters.array }

  /// A layer from its tensors.
  /// - Parameters:
  ///   - name: as in the weights file, without `.weight`.
  ///   - inputChannels: channels of the map that the layer reads.
  ///   - outputChannels: channels of the map that it makes.
  ///   - weight: (output, input, 3, 3), row-major.
  ///   - bias: (output).
  /// - Throws: `.argument` for numbers of values that do not fit the channels; `.memory`.
  public init(name: String, inputChannels: Int, outputChannels: Int, weight: [Float], bias: [Float])
    throws(AdaINError)
  {
    let channels = 1...NetworkWeights.maximumChannels
    guard channels.contains(inputChannels), channels.contains(outputChannels),
      weight.count == outputChannels * inputChannels * 9, bias.count == outputChannels
    else {
      throw AdaINError(
        .argument,
        "\(name): \(weight.count) filter values and \(bias.count) biases do not fit \(inputChannels) channels in and \(outputChannels) out"
      )
    }
    self.init(
      name: name, inputChannels: inputChannels, outputChannels: outputChannels,
      filters: try Table(name, weight), bias: bias)
  }

  init(
    name: String, inputChannels: Int, outputChannels: Int, filters: Table<Float>, bias: [Float]
  ) {
    precondition(filters.count == outputChannels * inputChannels * 9)
    precondition(bias.count == outputChannels)
    self.name = name
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.filters = filters
    self.bias = bias
  }
}

/// The topology: how many convolutions the third block has inside.
public enum Architecture: String, Sendable {
  /// VGG-16 up to relu4_1: one inner convolution of 256 channels, as in the built-in model.
  case vgg16
  /// VGG-19 up to relu4_1: two of them, as in the weights that Huang & Belongie published.
  case vgg19

  /// Encoder layers in order; the decoder's are these reversed. Pooling follows conv1_2, conv2_2
  /// and the last conv3; up-sampling follows the same layers' mirror images in the decoder.
  public var layerNames: [String] {
    let inner = self == .vgg16 ? ["conv3_3"] : ["conv3_3", "conv3_4"]
    return ["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2"] + inner + ["conv4_1"]
  }
}

/// A whole network as read from a weights file: checked, but not yet packed for any kernel.
public struct NetworkWeights: Sendable {
  /// Which layers there are.
  public let architecture: Architecture
  /// conv1_1 … conv4_1, in the order in which they run.
  public let encoder: [ConvolutionWeights]
  /// conv4_1 … conv1_1, in the order in which they run.
  public let decoder: [ConvolutionWeights]
  /// The file's `__metadata__`.
  public let metadata: [String: String]
  /// A hash of the encoder's tensors (names, shapes, stored bytes). Styles carry it, so that one
  /// made by another encoder is refused.
  public let encoderFingerprint: UInt64

  /// A network from its parts.
  /// - Throws: `.argument` for layers that are not the architecture's, in their order; for a layer that does
  ///   not read what the one before makes; for more than 4,096 channels; for a value that is not finite, and
  ///   for an encoder whose features can be beyond the range of 32-bit floats.
  public init(
    architecture: Architecture, encoder: [ConvolutionWeights], decoder: [ConvolutionWeights],
    metadata: [String: String], encoderFingerprint: UInt64
  ) throws(AdaINError) {
    let names = architecture.layerNames
    let wanted = names.map { "encoder." + $0 } + names.reversed().map { "decoder." + $0 }
    guard (encoder + decoder).map(\.name) == wanted else {
      throw AdaINError(.argument, "the layers are not those of \(architecture.rawValue), in their order")
    }
    var channels = 3
    for layer in encoder + decoder {
      guard layer.inputChannels == channels, (1...Self.maximumChannels).contains(layer.outputChannels) else {
        throw AdaINError(
          .argument,
          "\(layer.name): \(layer.inputChannels) channels in and \(layer.outputChannels) out do not follow \(channels)"
        )
      }
      guard layer.isFinite else {
        throw AdaINError(.argument, "\(layer.name): a value is not a finite number")
      }
      channels = layer.outputChannels
    }
    guard channels == 3 else {
      throw AdaINError(.argument, "\(wanted.last!): \(channels) channels out are not 3")
    }
    if let layer = FeatureRange.firstBeyond(encoder) {
      throw AdaINError(.argument, "\(layer): its features can be beyond the range of 32-bit floats")
    }
    self.architecture = architecture
    self.encoder = encoder
    self.decoder = decoder
    self.metadata = metadata
    self.encoderFingerprint = encoderFingerprint
  }
}
