import AdaINKernels

/// A convolution whose weights are packed for `WinogradProduct`: all but the first and the last.
///
///     filters  (panels, 64 or 49, groups, padded inputs, outputs of a group), or a panel of them at a time
///     bias     (panels · 32), zero beyond the layer's own outputs
final class WinogradConvolution: @unchecked Sendable {
  let name: String
  let form: WinogradForm
  let inputs: Int
  let outputs: Int
  let bias: AlignedBuffer
  private let filters: Filters

  private enum Filters {
    case packed(AlignedBuffer)
    case plain(ConvolutionWeights)
  }

  /// - Parameter form: whether the layer reads its input as it is or enlarged.
  init(
    _ weights: ConvolutionWeights, form: WinogradForm, packing: Packing
  ) throws(AdaINError) {
    name = weights.name
    self.form = form
    inputs = paddedChannels(weights.inputChannels)
    outputs = paddedChannels(weights.outputChannels)
    panelFloats = form.tileProducts * inputs * panelWidth
    bias = try paddedBias(weights)
    filters =
      switch packing {
      case .once:
        .packed(try AlignedBuffer(name, count: panelCount(weights.outputChannels) * panelFloats))
      case .perBlock: .plain(weights)
      }
  }

  let panelFloats: Int
  var panels: Int { panelCount(outputs) }
  /// Floats that a thread needs for a panel while it works with it.
  var panelScratch: Int { if case .plain = filters { panelFloats } else { 0 } }

  /// - Parameter scratch: `panelScratch` floats.
  func filters(ofPanel panel: Int, scratch: UnsafeMutablePointer<Float>, kernels: KernelTable)
    -> UnsafeMutablePointer<Float>
  {
    switch filters {
    case .packed(let buffer): return buffer.floats + panel * panelFloats
    case .plain(let weights):
      pack(weights, panel: panel, into: scratch, kernels: kernels)
      return scratch
    }
  }

  /// Pack one panel, where all are kept. Panels may be packed by different threads; each once, before
  /// the first use.
  func pack(_ weights: ConvolutionWeights, panel: Int, kernels: KernelTable) {
    guard case .packed(let buffer) = filters else { return }
    pack(weights, panel: panel, into: buffer.floats + panel * panelFloats, kernels: kernels)
  }

  private func pack(
    _ weights: ConvolutionWeights, panel: Int, into packed: UnsafeMutablePointer<Float>,
    kernels: KernelTable
  ) {
    kernels.packFilter(
      WinogradFilter(
        form: form, filters: weights.filters.pointer, inputs: weights.inputChannels,
        outputs: weights.outputChannels, panel: panel, packed: packed))
  }
}

/// The encoder's first convolution, packed for `FirstConvolution`.
///
///     filters  (panels, 27, 32), inner order: row, column, colour
package final class FirstWeights: @unchecked Sendable {
  /// Padded.
  package let outputs: Int
  package let filters: AlignedBuffer
  package let bias: AlignedBuffer

  package init(_ weights: ConvolutionWeights) throws(AdaINError) {
    outputs = paddedChannels(weights.outputChannels)
    let count = panelCount(outputs) * 27 * panelWidth
    filters = try AlignedBuffer(weights.name, count: count, zeroed: true)
    bias = try paddedBias(weights)
    pack(weights.filters.pointer, outputs: weights.outputChannels)
  }

  /// Take over other filters, (outputs, 3, 3, 3).
  package func pack(_ values: UnsafePointer<Float>, outputs: Int) {
    for output in 0..<outputs {
      let (panel, column) = output.quotientAndRemainder(dividingBy: panelWidth)
      for colour in 0..<3 {
        for tap in 0..<9 {
          filters.floats[(panel * 27 + tap * 3 + colour) * panelWidth + column] =
            values[(output * 3 + colour) * 9 + tap]
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
            weights.filters[(colour * weights.inputChannels + input) * 9 + tap]
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
