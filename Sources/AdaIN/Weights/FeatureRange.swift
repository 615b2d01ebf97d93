/// How large an encoder's features can become, whatever the picture.
enum FeatureRange {
  /// The shipped encoder's stay below 2e17. Beyond this limit the Winograd layers' sums, up to 1e6 times
  /// their results, could leave the range of 32-bit floats. The rectifier would make zeros of what is then no
  /// number, and the style would mean nothing, without a word.
  static let limit = 1e30

  /// The first layer whose features can exceed the limit, by the sum of absolute weights of each filter times
  /// the largest value before it; nil where none does.
  static func firstBeyond(_ encoder: [ConvolutionWeights]) -> String? {
    var largest = 1.0  // of a picture
    for layer in encoder {
      let count = layer.inputChannels * 9
      var next = 0.0
      for output in 0..<layer.outputChannels {
        let filter = layer.filters.pointer + output * count
        var sum = 0.0
        for i in 0..<count { sum += Double(abs(filter[i])) }
        next = max(next, sum * largest + Double(abs(layer.bias[output])))
      }
      guard next <= limit else { return layer.name }
      largest = next
    }
    return nil
  }
}
