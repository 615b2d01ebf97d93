import AdaIN

/// SOAP: Adam in the eigenbasis of Shampoo's preconditioner (N. Vyas et al.: SOAP: Improving and Stabilizing
/// Shampoo using Adam, arXiv:2409.11321).
///
/// The decoder's features are not normalised, and their means make its losses steep in a few directions and
/// flat in all others. Adam, which scales single weights, cannot tell them apart.
///
/// Filters (K, C, 9) are rotated in three modes, filters, channels and places; biases are left to Adam. The
/// first step only measures.
final class Soap {
  static let firstDecay: Float = 0.95
  static let secondDecay: Float = 0.95
  /// Steps between two updates of the bases.
  static let basisEvery = 10
  private static let epsilon: Float = 1e-8

  let states: [State]
  private let multiply: MatrixProduct
  private let memory: Table<Float>

  /// Of one parameter.
  final class State {
    let parameter: Parameter
    var step = 0
    /// Moving averages of the gradient and of its squares, both rotated.
    let first: Table<Float>
    let second: Table<Float>
    /// (d, d) of each mode; none for biases. Bases have the vectors in their columns.
    let factors: [Table<Float>]
    let bases: [Table<Float>]

    init(_ parameter: Parameter) throws(AdaINError) {
      self.parameter = parameter
      first = try Table(parameter.name, count: parameter.values.count, zeroed: true)
      second = try Table(parameter.name, count: parameter.values.count, zeroed: true)
      var (factors, bases): ([Table<Float>], [Table<Float>]) = ([], [])
      if parameter.shape.count == 3 {
        for size in parameter.shape {
          factors.append(try Table(parameter.name, count: size * size, zeroed: true))
          bases.append(try Table(parameter.name, count: size * size, zeroed: true))
        }
      }
      self.factors = factors
      self.bases = bases
    }

    /// What a checkpoint holds, by name.
    var tensors: [(name: String, values: Table<Float>)] {
      [("first", first), ("second", second)] + factors.enumerated().map { ("factor.\($0)", $1) }
        + bases.enumerated().map { ("basis.\($0)", $1) }
    }
  }

  init(_ parameters: [LayerParameters], _ executor: Executor) throws(AdaINError) {
    var states: [State] = []
    for layer in parameters {
      states.append(try State(layer.filters))
      states.append(try State(layer.bias))
    }
    self.states = states
    multiply = MatrixProduct(executor: executor)
    memory = try Table(
      "the optimiser",
      count: 4 * states.map { max($0.parameter.values.count, $0.parameter.shape.map { $0 * $0 }.max()!) }
        .max()!)
  }

  /// One step along the parameters' gradients.
  func step(rate: Float) throws(AdaINError) {
    for state in states { try advance(state, rate) }
  }

  private func advance(_ state: State, _ rate: Float) throws(AdaINError) {
    let p = state.parameter
    let count = p.values.count
    let gradient = p.gradient.pointer
    if state.step == 0, !state.factors.isEmpty {
      updateFactors(state, keep: 0)
      for (mode, size) in p.shape.enumerated() {
        let basis = try Decomposition.eigenvectors(state.factors[mode], size)
        for i in 0..<size * size { state.bases[mode][i] = basis[i] }
      }
    }
    state.step += 1
    // The first step only measures.
    if state.step == 1 { return }
    if !state.factors.isEmpty { updateFactors(state, keep: Self.secondDecay) }
    let step = Float(state.step - 1)
    let first = state.first.pointer
    let second = state.second.pointer
    let (one, other) = (memory.pointer, memory.pointer + count)
    let rotated = memory.pointer + 2 * count
    rotate(gradient, state, into: rotated, one, other)
    let firstScale = 1 / (1 - power(Self.firstDecay, step))
    let secondScale = 1 / (1 - power(Self.secondDecay, step))
    for i in 0..<count {
      first[i] += (rotated[i] - first[i]) * (1 - Self.firstDecay)
      second[i] += (rotated[i] * rotated[i] - second[i]) * (1 - Self.secondDecay)
      rotated[i] = first[i] * firstScale / ((second[i] * secondScale).squareRoot() + Self.epsilon)
    }
    let update = memory.pointer + 3 * count
    rotate(rotated, state, into: update, one, other, back: true)
    let values = p.values.pointer
    for i in 0..<count { values[i] -= rate * update[i] }
    if !state.bases.isEmpty, (state.step - 1) % Self.basisEvery == 0 { try turn(state) }
  }

  private func power(_ base: Float, _ exponent: Float) -> Float {
    var result = 1.0
    for _ in 0..<Int(exponent) {
      result *= Double(base)
      if result < 1e-12 { return 0 }
    }
    return Float(result)
  }

  /// Shampoo's factors: the gradient's products with itself over the other modes.
  private func updateFactors(_ state: State, keep: Float) {
    let shape = state.parameter.shape
    let count = state.parameter.values.count
    let (k, c, places) = (shape[0], shape[1], shape[2])
    let gradient = state.parameter.gradient.pointer
    // (C, 9, K) and (9, K, C): each mode once as the columns.
    let (filtersLast, channelsLast) = (memory.pointer, memory.pointer + count)
    transpose(gradient, rows: k, columns: c * places, into: filtersLast)
    transpose(filtersLast, rows: c, columns: places * k, into: channelsLast)
    let product = memory.pointer + 2 * count
    for (mode, source) in [filtersLast, channelsLast, gradient].enumerated() {
      let size = shape[mode]
      multiplyInto(product, source, size, steps: count / size)
      let factor = state.factors[mode].pointer
      for i in 0..<size * size { factor[i] += (product[i] - factor[i]) * (1 - keep) }
    }
  }

  private func multiplyInto(
    _ product: UnsafeMutablePointer<Float>, _ source: UnsafeMutablePointer<Float>, _ size: Int, steps: Int
  ) {
    multiply(source, source, steps: steps, rows: size, columns: size, into: product)
  }

  private func transpose(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, into result: UnsafeMutablePointer<Float>
  ) {
    let block = 32
    for first in stride(from: 0, to: rows, by: block) {
      for column in 0..<columns {
        for row in first..<min(rows, first + block) {
          result[column * rows + row] = matrix[row * columns + column]
        }
      }
    }
  }

  /// In the bases, or back from them: one product a mode, each of which moves its mode to the end.
  private func rotate(
    _ values: UnsafePointer<Float>, _ state: State, into result: UnsafeMutablePointer<Float>,
    _ one: UnsafeMutablePointer<Float>, _ other: UnsafeMutablePointer<Float>, back: Bool = false
  ) {
    let count = state.parameter.values.count
    guard !state.bases.isEmpty else {
      result.update(from: values, count: count)
      return
    }
    var source = values
    for (mode, size) in state.parameter.shape.enumerated() {
      let target = mode == 0 ? one : mode == 1 ? other : result
      var basis = state.bases[mode].pointer
      let turned = back ? transposed(state.bases[mode], size) : nil
      if let turned { basis = turned }
      multiply(source, basis, steps: size, rows: count / size, columns: size, into: target)
      turned?.deallocate()
      source = UnsafePointer(target)
    }
  }

  private func transposed(_ basis: Table<Float>, _ size: Int) -> UnsafeMutablePointer<Float> {
    let result = UnsafeMutablePointer<Float>.allocate(capacity: size * size)
    transpose(basis.pointer, rows: size, columns: size, into: result)
    return result
  }

  /// One step of orthogonal iteration; the second moments follow the order of the eigenvalues.
  private func turn(_ state: State) throws(AdaINError) {
    let shape = state.parameter.shape
    let count = state.parameter.values.count
    // The mean in no basis, until it is in the new one.
    let (one, other, mean) = (memory.pointer, memory.pointer + count, memory.pointer + 3 * count)
    rotate(state.first.pointer, state, into: mean, one, other, back: true)
    defer { rotate(mean, state, into: state.first.pointer, one, other) }
    for (mode, size) in shape.enumerated() {
      let basis = state.bases[mode]
      let towards = memory.pointer
      // The factor is symmetric: its rows are its columns.
      multiply(
        state.factors[mode].pointer, basis.pointer, steps: size, rows: size, columns: size, into: towards)
      let values = (0..<size).map { column in
        (0..<size).reduce(Float(0)) { $0 + basis[$1 * size + column] * towards[$1 * size + column] }
      }
      let order = (0..<size).sorted { values[$0] > values[$1] || (values[$0] == values[$1] && $0 < $1) }
      let sorted = (0..<size * size).map { towards[$0 / size * size + order[$0 % size]] }
      let turned = try Decomposition.orthogonal(sorted, size)
      for i in 0..<size * size { basis[i] = turned[i] }
      // (before, size, behind).
      let behind = shape[(mode + 1)...].reduce(1, *)
      let old = memory.pointer
      old.update(from: state.second.pointer, count: count)
      for i in 0..<count {
        let (block, place) = i.quotientAndRemainder(dividingBy: size * behind)
        let (row, column) = place.quotientAndRemainder(dividingBy: behind)
        state.second[i] = old[block * size * behind + order[row] * behind + column]
      }
    }
  }
}
