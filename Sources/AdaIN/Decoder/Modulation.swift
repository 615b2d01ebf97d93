/// What becomes of a feature map before it is decoded: AdaIN and strength.
enum Modulation {
  /// One affine map for the whole picture, fused into the decoder's first layer.
  case whole(ChannelAffine)
  /// Several, blended cell by cell as the map is read.
  case regions(RegionAffines)

  var affine: ChannelAffine? { if case .whole(let affine) = self { affine } else { nil } }
  var regions: RegionAffines? { if case .regions(let regions) = self { regions } else { nil } }
}
