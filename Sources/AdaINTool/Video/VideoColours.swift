/// What a video says of its colours, in ffmpeg's words, and what becomes of them.
struct VideoColours {
  /// From YCbCr to RGB; nil where the file does not say.
  let matrix: String?
  let primaries: String?
  let transfer: String?

  /// Absolute brightness (PQ) or that of a scene (HLG), beyond what a painting's white is.
  var isHDR: Bool { transfer == "smpte2084" || transfer == "arib-std-b67" }

  /// Matrices by their tags: what the filter `scale` calls them.
  private static let names = [
    "bt709": "bt709", "smpte170m": "smpte170m", "bt470bg": "smpte170m", "smpte240m": "smpte240m",
    "fcc": "fcc",
    "bt2020nc": "bt2020", "bt2020c": "bt2020",
  ]

  /// The tag of the result's. As players take it, what has none is BT.709 from 720 rows on, and BT.601 below;
  /// so is made what was RGB, and what `scale` does not know.
  func matrix(height: Int) -> String {
    if isHDR { return "bt709" }
    if let matrix, Self.names[matrix] != nil { return matrix }
    return height >= 720 ? "bt709" : "smpte170m"
  }

  private func name(height: Int) -> String { Self.names[matrix(height: height)]! }

  /// The filter that brings frames to RGB; nil where their own tags are enough.
  func toRGB(height: Int) -> String? {
    if isHDR {
      return "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
        + "zscale=t=bt709:m=bt709:r=tv,format=yuv444p,scale=in_color_matrix=bt709,format=rgb24"
    }
    return matrix == nil ? "scale=in_color_matrix=\(name(height: height))" : nil
  }

  /// The filter that brings RGB back, and tags the frames with what that is: the encoder takes it over, of every version
  /// of ffmpeg. (Its own options for that, ffmpeg 7 does not hear.)
  func fromRGB(height: Int) -> String {
    let (primaries, transfer) = isHDR ? ("bt709", "bt709") : (primaries, transfer)
    return "scale=out_color_matrix=\(name(height: height)):out_range=tv,"
      + "setparams=range=tv:colorspace=\(matrix(height: height))"
      + (primaries.map { ":color_primaries=" + $0 } ?? "") + (transfer.map { ":color_trc=" + $0 } ?? "")
  }
}
