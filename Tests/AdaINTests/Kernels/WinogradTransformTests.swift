import AdaINKernels
import Testing

@testable import AdaIN

/// Each transform by itself against its matrices: where a layer test fails, these tell which.
@Suite("Winograd transforms") struct WinogradTransformTests {
  @Test("the filters' transform is G g Gᵀ", arguments: availableKernels)
  func filters(_ kernels: KernelSet) throws {
    var random = SeededRandom(1)
    let (inputs, outputs) = (5, 37)
    let weights = random.floats(outputs * inputs * 9)
    for panel in 0..<2 {
      var packed = [Float](repeating: -1, count: 64 * 16 * 32)
      weights.withUnsafeBufferPointer { source in
        packed.withUnsafeMutableBufferPointer {
          kernels.kernels.packFilter(
            WinogradFilter(
              filters: source.baseAddress!, inputs: inputs, outputs: outputs, panel: panel,
              packed: $0.baseAddress!))
        }
      }
      var expected = [Float](repeating: 0, count: packed.count)
      for c in 0..<inputs {
        for column in 0..<32 where panel * 32 + column < outputs {
          let begin = ((panel * 32 + column) * inputs + c) * 9
          let u = WinogradReference.filter(weights[begin..<begin + 9].map(Double.init))
          for position in 0..<64 {
            expected[(position * 16 + c) * 32 + column] = Float(u[position])
          }
        }
      }
      #expect(relativeError(packed, expected) <= 1e-6)
    }
  }

  @Test("the input's transform is Bᵀ d B, after the affine map", arguments: availableKernels)
  func input(_ kernels: KernelSet) throws {
    var random = SeededRandom(2)
    let tiles = 3
    let pixels = random.floats(8 * 8 * tiles * 16)
    let scale = random.floats(16)
    let offset = random.floats(16)
    var transformed = [Float](repeating: 0, count: 64 * tiles * 16)
    let columns = (0..<8 * tiles).map { $0 * 16 }
    pixels.withUnsafeBufferPointer { source in
      let rows = (0..<8).map { source.baseAddress! + $0 * 8 * tiles * 16 }
      transformed.withUnsafeMutableBufferPointer { transformed in
        pointers(rows, columns) { rows, columns in
          pointers(scale, offset) { scale, offset in
            kernels.kernels.transformInput(
              WinogradInput(
                rows: rows, columns: columns, tilesPerRow: tiles, firstTile: 0, tileCount: tiles,
                channels: 16, scale: scale, offset: offset, output: transformed.baseAddress!,
                tileStride: tiles))
          }
        }
      }
    }
    var expected = [Float](repeating: 0, count: transformed.count)
    for tile in 0..<tiles {
      for c in 0..<16 {
        var d: [Double] = []
        for i in 0..<8 {
          for j in 0..<8 {
            let value = pixels[(i * 8 * tiles + tile * 8 + j) * 16 + c]
            d.append(Double(value) * Double(scale[c]) + Double(offset[c]))
          }
        }
        for (position, value) in WinogradReference.input(d).enumerated() {
          expected[(position * tiles + tile) * 16 + c] = Float(value)
        }
      }
    }
    #expect(relativeError(transformed, expected) <= 1e-5)
  }

  @Test("the output's transform is max(0, Aᵀ m A + bias)", arguments: availableKernels)
  func output(_ kernels: KernelSet) throws {
    var random = SeededRandom(3)
    let products = random.floats(64 * 32)
    let bias = random.floats(32)
    var pixels = [Float](repeating: -1, count: 6 * 6 * 32)
    pixels.withUnsafeMutableBufferPointer { out in
      let rows = (0..<6).map { out.baseAddress! + $0 * 6 * 32 }
      pointers(products, bias) { products, bias in
        pointers(rows, rows) { rows, _ in
          kernels.kernels.transformOutput(
            WinogradOutput(
              products: products, productStride: 32, bias: bias, channels: 32, rows: rows,
              pixelStride: 32, firstChannel: 0, width: 6, height: 6, tilesPerRow: 1, firstTile: 0,
              tileCount: 1, pooled: false))
        }
      }
    }
    var expected = [Float](repeating: 0, count: pixels.count)
    for c in 0..<32 {
      let m = (0..<64).map { Double(products[$0 * 32 + c]) }
      for (i, value) in WinogradReference.output(m).enumerated() {
        expected[i * 32 + c] = Float(max(0, value + Double(bias[c])))
      }
    }
    #expect(relativeError(pixels, expected) <= 1e-5)
  }
}

/// Pointers to two arrays' elements, good inside the closure only.
private func pointers<A, B>(
  _ a: [A], _ b: [B], _ body: (UnsafePointer<A>, UnsafePointer<B>) -> Void
) {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in body(a.baseAddress!, b.baseAddress!) }
  }
}
