import AdaINKernels
import Testing

@testable import AdaIN

/// Each transform by itself against its matrices: where a layer test fails, these tell which.
@Suite("Winograd transforms") struct WinogradTransformTests {
  static let forms: [WinogradForm] = [.plain, .enlarged]

  @Test("the transforms together are the convolution of a tile", arguments: forms)
  func together(_ form: WinogradForm) {
    var random = SeededRandom(4)
    let n = form.values
    let tile = random.floats(n * n).map(Double.init)
    let g = random.floats(9).map(Double.init)
    let reference = WinogradReference(form)
    let values = reference.input(tile)
    let filter = reference.filter(g)
    let products = (0..<form.tileProducts).map { product in
      let i = form.value(ofProduct: product / form.products)
      let j = form.value(ofProduct: product % form.products)
      return filter[product] * values[i * n + j]
    }
    // The pixels that the convolution sees: 8×8, enlarged or not.
    func source(_ i: Int) -> Int { form == .plain ? i : (i + 1) / 2 }
    var expected: [Double] = []
    for y in 0..<6 {
      for x in 0..<6 {
        var sum = 0.0
        for i in 0..<3 {
          for j in 0..<3 { sum += g[3 * i + j] * tile[source(y + i) * n + source(x + j)] }
        }
        expected.append(sum)
      }
    }
    for (a, b) in zip(reference.output(products), expected) { #expect(abs(a - b) <= 1e-12) }
  }

  @Test("the filters' transform is G g Gᵀ", arguments: availableKernels, forms)
  func filters(_ kernels: KernelSet, _ form: WinogradForm) throws {
    let count = form.tileProducts
    let width = kernels.kernels.groupWidth
    var random = SeededRandom(1)
    let (inputs, outputs) = (5, 37)
    let weights = random.floats(outputs * inputs * 9)
    for panel in 0..<2 {
      var packed = [Float](repeating: -1, count: count * 16 * 32)
      weights.withUnsafeBufferPointer { source in
        packed.withUnsafeMutableBufferPointer {
          kernels.kernels.packFilter(
            WinogradFilter(
              form: form, filters: source.baseAddress!, inputs: inputs, outputs: outputs, panel: panel,
              packed: $0.baseAddress!))
        }
      }
      var expected = [Float](repeating: 0, count: packed.count)
      for c in 0..<inputs {
        for column in 0..<32 where panel * 32 + column < outputs {
          let begin = ((panel * 32 + column) * inputs + c) * 9
          let u = WinogradReference(form).filter(weights[begin..<begin + 9].map(Double.init))
          for position in 0..<count {
            let (group, lane) = column.quotientAndRemainder(dividingBy: width)
            expected[(position * 32 + group * width) * 16 + c * width + lane] = Float(u[position])
          }
        }
      }
      #expect(relativeError(packed, expected) <= 1e-6)
    }
  }

  @Test(
    "the input's transform is Bᵀ d B, after the affine map where there is one",
    arguments: availableKernels, forms)
  func input(_ kernels: KernelSet, _ form: WinogradForm) throws {
    var random = SeededRandom(2)
    let tiles = 3
    let n = form.values
    let pixels = random.floats(n * n * tiles * 16)
    let affine = form == .plain
    let scale = affine ? random.floats(16) : [Float](repeating: 1, count: 16)
    let offset = affine ? random.floats(16) : [Float](repeating: 0, count: 16)
    var transformed = [Float](repeating: 0, count: form.tileValues * tiles * 16)
    let columns = (0..<n * tiles).map { $0 * 16 }
    pixels.withUnsafeBufferPointer { source in
      let rows = (0..<n).map { source.baseAddress! + $0 * n * tiles * 16 }
      transformed.withUnsafeMutableBufferPointer { transformed in
        pointers(rows, columns) { rows, columns in
          pointers(scale, offset) { scale, offset in
            kernels.kernels.transformInput(
              WinogradInput(
                form: form, rows: rows, columns: columns, tilesPerRow: tiles, firstTile: 0,
                tileCount: tiles, channels: 16, scale: affine ? scale : nil,
                offset: affine ? offset : nil, output: transformed.baseAddress!,
                tileStride: tiles))
          }
        }
      }
    }
    var expected = [Float](repeating: 0, count: transformed.count)
    for tile in 0..<tiles {
      for c in 0..<16 {
        var d: [Double] = []
        for i in 0..<n {
          for j in 0..<n {
            let value = pixels[(i * n * tiles + tile * n + j) * 16 + c]
            d.append(Double(value) * Double(scale[c]) + Double(offset[c]))
          }
        }
        for (position, value) in WinogradReference(form).input(d).enumerated() {
          expected[(position * tiles + tile) * 16 + c] = Float(value)
        }
      }
    }
    #expect(relativeError(transformed, expected) <= 1e-5)
  }

  @Test("the output's transform is max(0, Aᵀ m A + bias)", arguments: availableKernels, forms)
  func output(_ kernels: KernelSet, _ form: WinogradForm) throws {
    var random = SeededRandom(3)
    let products = random.floats(form.tileProducts * 32)
    let bias = random.floats(32)
    var pixels = [Float](repeating: -1, count: 6 * 6 * 32)
    pixels.withUnsafeMutableBufferPointer { out in
      let rows = (0..<6).map { out.baseAddress! + $0 * 6 * 32 }
      pointers(products, bias) { products, bias in
        pointers(rows, rows) { rows, _ in
          kernels.kernels.transformOutput(
            WinogradOutput(
              form: form, products: products, productStride: 32, bias: bias, channels: 32,
              rows: rows, pixelStride: 32, firstChannel: 0, width: 6, height: 6, tilesPerRow: 1,
              firstTile: 0, tileCount: 1, pooled: false))
        }
      }
    }
    var expected = [Float](repeating: 0, count: pixels.count)
    for c in 0..<32 {
      let m = (0..<form.tileProducts).map { Double(products[$0 * 32 + c]) }
      for (i, value) in WinogradReference(form).output(m).enumerated() {
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
