import AdaINKernels

/// A convolution whose weights are packed for `WinogradProduct`: all but the first and the last.
///
///     filters  (panels, 64, padded inputs, 32)
///     bias     (panels · 32), zero beyond the layer's own outputs
final class WinogradConvolution: @unchecked Sendable {
  let name: String
  let inputs: Int
  let outputs: Int
  let filters: AlignedBuffer
  let bias: AlignedBuffer

  init(_ weights: ConvolutionWeights) throws(AdaINError) {
    name = weights.name
    inputs = paddedChannels(weights.inputChannels)
    outputs = paddedChannels(weights.outputChannels)
    panelFloats = tilePositions * inputs * panelWidth
    filters = try AlignedBuffer(name, count: panelCount(weights.outputChannels) * panelFloats)
    bias = try paddedBias(weights)
  }

  let panelFloats: Int
  var panels: Int { panelCount(outputs) }

  func filters(ofPanel panel: Int) -> UnsafeMutablePointer<Float> {
    filters.floats + panel * panelFloats
  }

  /// Pack one panel. Panels may be packed by different threads; each once, before the first use.
  func pack(_ weights: ConvolutionWeights, panel: Int, kernels: KernelTable) {
    weights.weight.withUnsafeBufferPointer { source in
      kernels.packFilter(
        WinogradFilter(
          filters: source.baseAddress!, inputs: weights.inputChannels,
          outputs: weights.outputChannels, panel: panel, packed: filters(ofPanel: panel)))
    }
  }
}

/// The encoder's first convolution, packed for `FirstConvolution`.
///
///     filters  (panels, 27, 32), inner order: row, column, colour
final class FirstWeights: @unchecked Sendable {
  let outputs: Int
  let filters: AlignedBuffer
  let bias: AlignedBuffer

  init(_ weights: ConvolutionWeights) throws(AdaINError) {
    outputs = paddedChannels(weights.outputChannels)
    let count = panelCount(outputs) * 27 * panelWidth
    filters = try AlignedBuffer(weights.name, count: count, zeroed: true)
    bias = try paddedBias(weights)
    for output in 0..<weights.outputChannels {
      let (panel, column) = output.quotientAndRemainder(dividingBy: panelWidth)
      for colour in 0..<3 {
        for tap in 0..<9 {
          filters.floats[(panel * 27 + tap * 3 + colour) * panelWidth + column] =
            weights.weight[(output * 3 + colour) * 9 + tap]
        }
      }
    }
  }
}

/// The decoder's last convolution, packed for `TapProducts`.
///
///     filters  (padded inputs, 32): product 3 · tap + colour, 27 of them
///     bias     (4), of which three count
final class LastWeights: @unchecked Sendable {
  let inputs: Int
  let filters: AlignedBuffer
  let bias: AlignedBuffer

  init(_ weights: ConvolutionWeights) throws(AdaINError) {
    inputs = paddedChannels(weights.inputChannels)
    filters = try AlignedBuffer(weights.name, count: inputs * panelWidth, zeroed: true)
    bias = try paddedBias(weights)
    for input in 0..<weights.inputChannels {
      for colour in 0..<3 {
        for tap in 0..<9 {
          filters.floats[input * panelWidth + tap * 3 + colour] =
            weights.weight[(colour * weights.inputChannels + input) * 9 + tap]
        }
      }
    }
  }
}

private func paddedBias(_ weights: ConvolutionWeights) throws(AdaINError) -> AlignedBuffer {
  let bias = try AlignedBuffer(
    weights.name, count: panelCount(weights.outputChannels) * panelWidth, zeroed: true)
  for (i, value) in weights.bias.enumerated() { bias.floats[i] = value }
  return bias
}
