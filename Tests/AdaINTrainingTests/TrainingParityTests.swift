import Foundation
import Testing

@testable import AdaIN
@testable import AdaINTraining

/// The first steps against PyTorch's, on the same pictures: `weights/dumps/make_training_dumps.py`.
@Suite("Training as PyTorch has it") struct TrainingParityTests {
  private static var dump: String {
    ProcessInfo.processInfo.environment["ADAIN_TRAINING_DUMP"]
      ?? Bundle.module.resourceURL!.appendingPathComponent("Dumps/training.safetensors").path
  }

  private static let narrow = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../AdaINTests/Dumps/narrow-vgg16-model.safetensors").path

  private func floats(_ file: SafetensorsFile, _ name: String) -> (shape: [Int], values: [Float]) {
    let tensor = file.tensors.first { $0.name == name }!
    return (
      tensor.shape,
      (0..<tensor.bytes.count / 4).map {
        Float(bitPattern: tensor.bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
      }
    )
  }

  @Test("losses of the first steps") func losses() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.dump)))
    try bytes.withUnsafeBytes { bytes in
      let file = try SafetensorsFile(bytes)
      let model = file.metadata["model"]!
      let (shape, contents) = floats(file, "contents")
      let (_, paintings) = floats(file, "paintings")
      let (_, strengths) = floats(file, "strengths")
      let (_, shifts) = floats(file, "shifts")
      let (_, expected) = floats(file, "losses")
      let (batch, size) = (shape[0], shape[1])
      var options = TrainingOptions(for: .every)
      (options.batch, options.size, options.warmUp) = (batch, size, 1)
      // The rate stays what it is.
      (options.rate, options.steps, options.decayShare) = (Double(file.metadata["rate"]!)!, 100_000, 0.01)
      let training = try Training(
        try NetworkWeights.open(model.isEmpty ? Self.narrow : model), contents: MadeUpPictures(count: 1),
        styles: MadeUpPictures(count: 1), options: options, threads: 2)
      func picture(_ values: [Float], _ i: Int) -> TrainingPicture {
        let count = 3 * size * size
        return TrainingPicture(width: size, height: size, pixels: Array(values[i * count..<(i + 1) * count]))
      }
      let pairs = try (0..<batch).map { i in
        let content = try training.objective.content(picture(contents, i))
        let style = try training.objective.style(picture(paintings, i))
        return Pair(content: content, style: content.style.blended(to: style, strengths[i]))
      }
      for step in 0..<shifts.count / 2 {
        let losses = try training.advance(
          pairs, shift: Shift(down: Int(shifts[2 * step]), right: Int(shifts[2 * step + 1])))
        let found = [losses.content, losses.style, losses.lattice, losses.palette, losses.perceptual]
        for (i, value) in found.enumerated() {
          let wanted = Double(expected[5 * step + i])
          // Before anything was learnt to rounding; then rounding decides (see the script).
          let tolerance = step < 2 ? 5e-4 : 0.05
          #expect(
            abs(value - wanted) <= tolerance * abs(wanted), "step \(step), loss \(i): \(value) for \(wanted)")
        }
      }
    }
  }

  @Test("the optimiser by itself") func optimiser() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.dump)))
    try bytes.withUnsafeBytes { bytes in
      let file = try SafetensorsFile(bytes)
      let (shape, begun) = floats(file, "soap.begun")
      let (_, gradients) = floats(file, "soap.gradients")
      let (_, ended) = floats(file, "soap.ended")
      let layer = try LayerParameters(
        ConvolutionWeights(
          name: "layer", inputChannels: shape[1], outputChannels: shape[0], weight: begun,
          bias: Array(repeating: 0, count: shape[0])))
      let executor = Executor(kernels: KernelSet.current.kernels, threads: 2)
      try executor.reserve(MatrixProduct.scratchCount)
      let soap = try Soap([layer], executor)
      for step in 0..<gradients.count / begun.count {
        for i in begun.indices { layer.filters.gradient[i] = gradients[step * begun.count + i] }
        try soap.step(rate: Float(file.metadata["rate"]!)!)
      }
      let moved = zip(ended, begun).map { $0 - $1 }
      let found = zip(layer.filters.values.array, begun).map { $0 - $1 }
      #expect(relativeError(found, moved) < 2e-3)
    }
  }
}
