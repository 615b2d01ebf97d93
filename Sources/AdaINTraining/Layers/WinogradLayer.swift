import AdaIN
import AdaINKernels

/// The weights of a convolution of training, with ReLU, as the kernels want them: of all but those at the
/// pixels.
final class WinogradLayer {
  let parameters: LayerParameters
  let form: WinogradForm
  let inputs: Int
  let outputs: Int
  let forward: AlignedBuffer
  let bias: AlignedBuffer
  /// Nil where nobody asks for the gradient of what the layer reads.
  let backward: (filters: Table<Float>, packed: AlignedBuffer, none: AlignedBuffer)?

  /// - Parameter passesGradient: whether what the layer reads gets a gradient, too.
  init(_ weights: ConvolutionWeights, form: WinogradForm, passesGradient: Bool) throws(AdaINError) {
    parameters = try LayerParameters(weights)
    self.form = form
    inputs = paddedChannels(weights.inputChannels)
    outputs = paddedChannels(weights.outputChannels)
    forward = try AlignedBuffer(
      weights.name, count: panelCount(outputs) * form.tileProducts * inputs * panelWidth)
    bias = try AlignedBuffer(weights.name, count: panelCount(outputs) * panelWidth, zeroed: true)
    if passesGradient {
      backward = (
        try Table(weights.name, count: parameters.filters.values.count),
        try AlignedBuffer(
          weights.name, count: panelCount(inputs) * WinogradForm.plain.tileProducts * outputs * panelWidth),
        try AlignedBuffer(weights.name, count: panelCount(inputs) * panelWidth, zeroed: true)
      )
    } else {
      backward = nil
    }
  }

  /// Ready the filters for the kernels: after each change.
  func pack(_ executor: Executor) {
    let kernels = executor.kernels
    let p = parameters
    for (i, value) in p.bias.values.array.enumerated() { bias.floats[i] = value }
    let panel = form.tileProducts * inputs * panelWidth
    executor.run(count: panelCount(outputs)) { item, _ in
      kernels.packFilter(
        WinogradFilter(
          form: form, filters: p.filters.values.pointer, inputs: p.inputs, outputs: p.outputs, panel: item,
          packed: forward.floats + item * panel))
    }
    guard let backward else { return }
    p.turned(into: backward.filters)
    let backPanel = WinogradForm.plain.tileProducts * outputs * panelWidth
    executor.run(count: panelCount(inputs)) { item, _ in
      kernels.packFilter(
        WinogradFilter(
          form: .plain, filters: backward.filters.pointer, inputs: p.outputs, outputs: p.inputs, panel: item,
          packed: backward.packed.floats + item * backPanel))
    }
  }
}
