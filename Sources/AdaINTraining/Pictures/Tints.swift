#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Paintings in palettes that no collection has enough of: a model that has seen few of one hue lets the
/// photograph's colours through. Some of the crops become such paintings, others keep their relations between
/// colours and change the colours themselves.
enum Tints {
  static let singleHuedShare = 0.25
  static let turnedShare = 0.15

  /// As it is, single-hued or turned.
  static func tinted(_ picture: TrainingPicture, _ chance: inout Chance) -> TrainingPicture {
    let (choice, hue) = (chance.share(), chance.share())
    let (strong, pale, dark, light) = (chance.share(), chance.share(), chance.share(), chance.share())
    if choice < singleHuedShare {
      return singleHued(
        picture, hue: hue, saturations: (strong, 0.6 * pale), values: (0.4 * dark, 0.6 + 0.4 * light))
    }
    if choice < singleHuedShare + turnedShare { return turned(picture, angle: 2 * .pi * hue) }
    return picture
  }

  /// Luma (Rec. 601) mapped onto the line between a dark and a light tone of one hue; grey at a saturation of
  /// 0.
  static func singleHued(
    _ picture: TrainingPicture, hue: Double, saturations: (Double, Double), values: (Double, Double)
  ) -> TrainingPicture {
    let dark = colour(hue: hue, saturation: saturations.0, value: values.0)
    let light = colour(hue: hue, saturation: saturations.1, value: values.1)
    return picture.mapped { dark + (light - dark) * ($0 * SIMD3(0.299, 0.587, 0.114)).sum() }
  }

  /// Hues turned about the grey axis, by Rodrigues' formula.
  static func turned(_ picture: TrainingPicture, angle: Double) -> TrainingPicture {
    let (cosine, sine) = (Float(cos(angle)), Float(sin(angle)))
    let third = 1 / Float(3).squareRoot()
    return picture.mapped { c in
      let crossed = third * SIMD3(c.z - c.y, c.x - c.z, c.y - c.x)
      let along = SIMD3<Float>(repeating: c.sum() / 3)
      let turned = cosine * c + sine * crossed + (1 - cosine) * along
      return turned.clamped(lowerBound: SIMD3(), upperBound: SIMD3(repeating: 1))
    }
  }

  /// Hue, saturation and value to RGB (A. Smith: Color gamut transform pairs, SIGGRAPH 1978).
  static func colour(hue: Double, saturation: Double, value: Double) -> SIMD3<Float> {
    func channel(_ n: Double) -> Float {
      let k = (n + 6 * hue).truncatingRemainder(dividingBy: 6)
      return Float(value - value * saturation * max(0, min(k, 4 - k, 1)))
    }
    return SIMD3(channel(5), channel(3), channel(1))
  }
}
