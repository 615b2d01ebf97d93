#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Paintings that no collection has: gradients, hatchings and dots, drawn by chance. What is flat, or made of
/// lines alone, has statistics far from those of paintings in oil, and a model that has never seen it answers
/// with colours and textures of its own.
enum Patterns {
  /// Any kind.
  static func pattern(_ side: Int, _ chance: inout Chance) -> TrainingPicture {
    switch chance.below(3) {
    case 0: gradient(side, &chance)
    case 1: hatching(side, &chance)
    default: dots(side, &chance)
    }
  }

  /// A smooth field about 0, of a deviation of about 1: a sum of waves.
  struct SmoothNoise {
    private static let count = 4
    private static let lengths = 40.0...200.0
    private let waves: [(down: Double, right: Double, phase: Double)]

    init(_ chance: inout Chance) {
      waves = (0..<Self.count).map { _ in
        let (length, angle, phase) = (chance.share(), chance.share() * .pi, chance.share())
        let pixels = Self.lengths.lowerBound + length * (Self.lengths.upperBound - Self.lengths.lowerBound)
        return (2 * .pi * sin(angle) / pixels, 2 * .pi * cos(angle) / pixels, 2 * .pi * phase)
      }
    }

    func callAsFunction(_ down: Double, _ right: Double) -> Double {
      waves.reduce(0) { $0 + sin(down * $1.down + right * $1.right + $1.phase) }
        / Double(Self.count / 2).squareRoot()
    }
  }

  /// From one colour to another across the picture, bent a little.
  static func gradient(_ side: Int, _ chance: inout Chance) -> TrainingPicture {
    let angle = 2 * .pi * chance.share()
    let noise = SmoothNoise(&chance)
    let colours = (colour(&chance), colour(&chance))
    var along: [Double] = []
    draw(side) { down, right in along.append((down * sin(angle) + right * cos(angle)) / Double(side)) }
    let least = along.min()!
    var i = 0
    draw(side) { down, right in
      along[i] += 0.1 * noise(down, right) - least
      i += 1
    }
    let most = along.max()!
    return picture(side, along.map { ($0 / most, colours.0, colours.1) })
  }

  /// Pen lines, over a part of the picture crossed by others.
  static func hatching(_ side: Int, _ chance: inout Chance) -> TrainingPicture {
    let (spacing, angle, turn) = (5 + 9 * chance.share(), .pi * chance.share(), chance.share())
    let lines = Lines(spacing, angle, &chance)
    let crossed = Lines(spacing, angle + 0.6 + turn, &chance)
    let part = SmoothNoise(&chance)
    let paper = 0.75 + 0.25 * colour(&chance)
    let pen = 0.4 * colour(&chance)
    var shares: [(Double, SIMD3<Float>, SIMD3<Float>)] = []
    draw(side) { down, right in
      let second = part(down, right) > 0 ? crossed(down, right) : 0
      shares.append((max(lines(down, right), second), paper, pen))
    }
    return picture(side, shares)
  }

  /// Ink of lines that waver and swell, from 0 to 1.
  private struct Lines {
    private let spacing: Double
    private let angle: Double
    private let bend: SmoothNoise
    private let swell: SmoothNoise

    init(_ spacing: Double, _ angle: Double, _ chance: inout Chance) {
      self.spacing = spacing
      self.angle = angle
      bend = SmoothNoise(&chance)
      swell = SmoothNoise(&chance)
    }

    func callAsFunction(_ down: Double, _ right: Double) -> Double {
      let across = down * sin(angle) + right * cos(angle) + 0.15 * spacing * bend(down, right)
      let distance = abs(Patterns.remainder(across, spacing) - spacing / 2)
      let width = spacing * (0.16 + 0.05 * swell(down, right))
      return min(max(width - distance + 0.5, 0), 1)
    }
  }

  /// Dots on a grid that is turned and bent.
  static func dots(_ side: Int, _ chance: inout Chance) -> TrainingPicture {
    let spacing = 8 + 14 * chance.share()
    let radius = spacing * (0.2 + 0.2 * chance.share())
    let angle = .pi * chance.share()
    let noise = SmoothNoise(&chance)
    let colours = (colour(&chance), colour(&chance))
    var shares: [(Double, SIMD3<Float>, SIMD3<Float>)] = []
    draw(side) { down, right in
      let bend = 0.3 * spacing * noise(down, right)
      let across = remainder(down * sin(angle) + right * cos(angle) + bend, spacing) - spacing / 2
      let along = remainder(down * cos(angle) - right * sin(angle) + bend, spacing) - spacing / 2
      shares.append((radius - (across * across + along * along).squareRoot() + 0.5, colours.0, colours.1))
    }
    return picture(side, shares)
  }

  private static func draw(_ side: Int, _ body: (_ down: Double, _ right: Double) -> Void) {
    for y in 0..<side {
      for x in 0..<side { body(Double(y) + 0.5, Double(x) + 0.5) }
    }
  }

  private static func picture(_ side: Int, _ shares: [(Double, SIMD3<Float>, SIMD3<Float>)])
    -> TrainingPicture
  {
    var pixels: [Float] = []
    pixels.reserveCapacity(3 * side * side)
    for (share, one, other) in shares {
      let colour = (one + (other - one) * Float(min(max(share, 0), 1)))
        .clamped(lowerBound: SIMD3(), upperBound: SIMD3(repeating: 1))
      for channel in 0..<3 { pixels.append(colour[channel]) }
    }
    return TrainingPicture(width: side, height: side, pixels: pixels)
  }

  private static func colour(_ chance: inout Chance) -> SIMD3<Float> {
    SIMD3(Float(chance.share()), Float(chance.share()), Float(chance.share()))
  }

  /// From 0 to below `divisor`, of negative numbers, too.
  private static func remainder(_ value: Double, _ divisor: Double) -> Double {
    value - (value / divisor).rounded(.down) * divisor
  }
}
