extension FeatureMap {
  /// Every value by its channel's affine map, computed in double precision.
  /// - Throws: `.argument` when a value leaves the range of 32-bit floats; `.memory`.
  func applying(_ affine: AffineCoefficients, on executor: Executor) throws(AdaINError)
    -> FeatureMap
  {
    let output = try Self.allocate(height: height, width: width, channels: channels)
    executor.run(count: height) { y, _ in
      let row = rows.row(y)
      let target = output.row(y)
      affine.scale.withUnsafeBufferPointer { scale in
        affine.offset.withUnsafeBufferPointer { offset in
          for x in 0..<width {
            let cell = x * rows.channels
            for channel in 0..<channels {
              target[cell + channel] =
                Float(scale[channel] * Double(row[cell + channel]) + offset[channel])
            }
            for channel in channels..<rows.channels { target[cell + channel] = 0 }
          }
        }
      }
    }
    return try FeatureMap(
      output, height: height, channels: channels, what: "the normalised feature map")
  }
}
