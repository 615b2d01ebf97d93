import AdaIN

/// What is learnt of one layer: its filters or its biases, with their gradient.
final class Parameter {
  /// As in the weights file.
  let name: String
  /// (outputs, inputs, 9) or (outputs).
  let shape: [Int]
  let values: Table<Float>
  let gradient: Table<Float>

  init(_ name: String, shape: [Int], _ values: [Float]) throws(AdaINError) {
    precondition(values.count == shape.reduce(1, *))
    self.name = name
    self.shape = shape
    self.values = try Table(name, values)
    gradient = try Table(name, count: values.count, zeroed: true)
  }
}

/// A convolution's filters and biases.
struct LayerParameters {
  let name: String
  let inputs: Int
  let outputs: Int
  let filters: Parameter
  let bias: Parameter

  init(_ weights: ConvolutionWeights) throws(AdaINError) {
    name = weights.name
    inputs = weights.inputChannels
    outputs = weights.outputChannels
    filters = try Parameter(name + ".weight", shape: [outputs, inputs, 9], weights.weight)
    bias = try Parameter(name + ".bias", shape: [outputs], weights.bias)
  }

  /// As they are now.
  func weights() throws(AdaINError) -> ConvolutionWeights {
    try ConvolutionWeights(
      name: name, inputChannels: inputs, outputChannels: outputs, weight: filters.values.array,
      bias: bias.values.array)
  }

  /// The filters (inputs, outputs, 3, 3) of the adjoint: turned by 180°, inputs and outputs exchanged.
  func turned(into result: Table<Float>) {
    for output in 0..<outputs {
      for input in 0..<inputs {
        let from = filters.values.pointer + (output * inputs + input) * 9
        let to = result.pointer + (input * outputs + output) * 9
        for tap in 0..<9 { to[tap] = from[8 - tap] }
      }
    }
  }
}
