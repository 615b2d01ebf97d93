#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// CIE L*a*b* of sRGB samples from 0 to 1 (IEC 61966-2-1; white point D65).
struct LabColour {
  var lightness: Float
  var a: Float
  var b: Float

  init(_ rgb: UnsafePointer<Float>) {
    let (r, g, b) = (linear(rgb[0]), linear(rgb[1]), linear(rgb[2]))
    let x = response((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / white.x)
    let y = response(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
    let z = response((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / white.z)
    lightness = 116 * y - 16
    a = 500 * (x - y)
    self.b = 200 * (y - z)
  }

  /// As sRGB; what sRGB does not have is clamped.
  func write(_ rgb: UnsafeMutablePointer<Float>) {
    let fy = (lightness + 16) / 116
    let x = white.x * stimulus(fy + a / 500)
    let y = stimulus(fy)
    let z = white.z * stimulus(fy - b / 200)
    rgb[0] = encoded(3.2404542 * x - 1.5371385 * y - 0.4985314 * z)
    rgb[1] = encoded(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z)
    rgb[2] = encoded(0.0556434 * x - 0.2040259 * y + 1.0572252 * z)
  }
}

private let white: (x: Float, z: Float) = (0.950470, 1.088830)

private func linear(_ v: Float) -> Float {
  v <= 0.04045 ? v / 12.92 : powf((v + 0.055) / 1.055, 2.4)
}

private func encoded(_ v: Float) -> Float {
  let v = min(1, max(0, v))
  return v <= 0.0031308 ? 12.92 * v : 1.055 * powf(v, 1 / 2.4) - 0.055
}

private func response(_ t: Float) -> Float {
  t > 216.0 / 24389 ? cbrtf(t) : (24389.0 / 27 * t + 16) / 116
}

private func stimulus(_ f: Float) -> Float {
  f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389
}
