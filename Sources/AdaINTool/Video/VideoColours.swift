/// What a video says of its colours, in ffmpeg's words, and what becomes of them.
struct VideoColours {
  /// From YCbCr to RGB; nil where the file does not say.
  let matrix: String?
  let primaries: String?
  let transfer: String?

  /// Absolute brightness (PQ) or that of a scene (HLG), beyond what a painting's white is.
  var isHDR: Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }

  /// As players take it: what is not tagged is BT.709 from 720 rows on, and BT.601 below.
  func matrix(height: Int) -> String {
    if isHDR { return "bt709" }
    switch matrix {
    // What RGB is written with, and matrices that have no RGB of their own here.
    case nil, "gbr", "ycgco", "ictcp": return height >= 720 ? "bt709" : "smpte170m"
    case let matrix?: return matrix
    }
  }

  /// The filter that brings frames to RGB; nil where their own tags are enough.
  func toRGB(height: Int) -> String? {
    if isHDR {
      return "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
        + "zscale=t=bt709:m=bt709:r=tv,format=yuv444p,scale=in_color_matrix=bt709,format=rgb24"
    }
    return matrix == nil ? "scale=in_color_matrix=\(Self.scalesName(matrix(height: height)))" : nil
  }

  /// The filter that brings RGB back.
  func fromRGB(height: Int) -> String {
    "scale=out_color_matrix=\(Self.scalesName(matrix(height: height))):out_range=tv"
  }

  /// What the result is tagged with.
  func tags(height: Int) -> [String] {
    var tags = ["-colorspace", matrix(height: height), "-color_range", "tv"]
    let (primaries, transfer) = isHDR ? ("bt709", "bt709") : (self.primaries, self.transfer)
    if let primaries { tags += ["-color_primaries", primaries] }
    if let transfer { tags += ["-color_trc", transfer] }
    return tags
  }

  /// The filter `scale` has other names for some matrices.
  private static func scalesName(_ matrix: String) -> String {
    switch matrix {
    case "bt2020nc", "bt2020c": "bt2020"
    case "bt470bg", "smpte170m": "smpte170m"
    case "bt709", "smpte240m", "fcc": matrix
    default: "bt709"
    }
  }
}
