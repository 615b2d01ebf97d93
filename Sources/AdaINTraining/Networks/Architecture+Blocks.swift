import AdaIN

extension Architecture {
  /// Whether a layer, of `layerNames`, is the last of its block, behind which pooling halves the maps.
  func endsBlock(_ layer: Int) -> Bool {
    layer + 1 < layerNames.count && block(layer) != block(layer + 1)
  }

  /// The layers whose statistics are a style's, the first of each block; the last is relu4_1, the content's.
  var styleLayers: [Int] { layerNames.indices.filter { $0 == 0 || endsBlock($0 - 1) } }

  /// conv3_2: block 3.
  private func block(_ layer: Int) -> Character { layerNames[layer].dropFirst(4).first! }
}
