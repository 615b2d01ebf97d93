/// What a video's format can hold: how frames are encoded for it, and what becomes of sound and subtitles.
struct VideoContainer {
  /// In lower case, with its dot.
  let suffix: String
  /// Whether the result is transparent where the source is.
  let alpha: Bool

  init(path: String, _ probe: VideoProbe) {
    suffix = FileName.stem(of: path).suffix.lowercased()
    // Bringing high dynamic range down takes frames apart that have no alpha.
    let has = probe.hasAlpha && !probe.colours.isHDR
    alpha =
      switch suffix {
      case ".webm", ".gif", ".apng", ".webp": has
      // For which it takes another codec and a far larger file: not for GIF, which always may be transparent.
      case ".mov", ".mkv": has && !probe.isGIF
      default: false
      }
  }

  private var isMPEG4: Bool { [".mp4", ".m4v", ".mov"].contains(suffix) }
  private var isH264: Bool { (isMPEG4 || suffix == ".mkv") && !alpha }
  private var isVP9: Bool { suffix == ".webm" || suffix == ".mkv" && alpha }

  /// Of the video that is made of frames of this size. H.264's colours have half the size, so it wants even
  /// ones: one more row or column, like its neighbour.
  func size(width: Int, height: Int) -> (width: Int, height: Int) {
    isH264 ? (width + width % 2, height + height % 2) : (width, height)
  }

  /// For frames of this size that are still RGB: the filter and the encoder, such that what comes out plays
  /// everywhere.
  func video(_ colours: VideoColours, width: Int, height: Int) -> [String] {
    let filter = colours.fromRGB(height: height)
    if isH264 {
      let even = size(width: width, height: height)
      let pad =
        even == (width, height)
        ? ""
        : "pad=\(even.width):\(even.height),"
          + "fillborders=right=\(even.width - width):bottom=\(even.height - height):mode=smear,"
      return ["-vf", pad + filter + ",format=yuv420p", "-c:v", "libx264", "-crf", "18"]
    }
    if isVP9 {
      return [
        "-vf", filter + (alpha ? ",format=yuva420p" : ",format=yuv420p"), "-c:v", "libvpx-vp9", "-crf", "24",
        "-b:v",
        "0", "-row-mt", "1", "-cpu-used", "4",
      ]
    }
    switch suffix {
    case ".mov":  // with alpha: what editors take
      return ["-vf", filter + ",format=yuva444p10le", "-c:v", "prores_ks", "-profile:v", "4444"]
    case ".gif":
      // A palette for each frame, made of that frame, so that none waits for the last one.
      return ["-vf", "split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1"]
    default:
      return ["-vf", filter]
    }
  }

  /// nil where sound can be copied, as far as is known; else the encoder.
  private func encoder(sound: String) -> String? {
    switch suffix {
    case ".mp4", ".m4v":
      return ["aac", "mp3", "ac3", "eac3", "alac", "opus", "flac"].contains(sound) ? nil : "aac"
    case ".mov":
      let held = ["aac", "mp3", "ac3", "eac3", "alac"].contains(sound) || sound.hasPrefix("pcm_s")
      return held ? nil : "aac"
    case ".webm": return ["opus", "vorbis"].contains(sound) ? nil : "libopus"
    case ".ogv", ".ogg": return ["opus", "vorbis", "flac"].contains(sound) ? nil : "libvorbis"
    default: return nil
    }
  }

  private var holdsSound: Bool { ![".gif", ".apng", ".webp", ".avif"].contains(suffix) }

  /// Those of a film on a disc are pictures.
  private static let pictures = ["dvd_subtitle", "hdmv_pgs_subtitle", "dvb_subtitle", "xsub"]

  /// The result's other streams, taken of ffmpeg's second input, and what does not come through as it was.
  func others(_ probe: VideoProbe) -> (arguments: [String], notes: [String]) {
    var (arguments, notes): ([String], [String]) = ([], [])
    if !holdsSound, !probe.sounds.isEmpty { notes.append("\(suffix) holds no sound") }
    var kept = 0
    for (i, sound) in probe.sounds.enumerated() where holdsSound {
      guard let sound else {
        notes.append("a sound track has no samples: it is left out")
        continue
      }
      arguments += ["-map", "1:a:\(i)"]
      if let encoder = encoder(sound: sound) {
        arguments += ["-c:a:\(kept)", encoder]
        notes.append("\(suffix) does not hold \(sound) as it is: the sound is encoded anew")
      } else {
        arguments += ["-c:a:\(kept)", "copy"]
      }
      kept += 1
    }
    kept = 0
    for (i, subtitle) in probe.subtitles.enumerated() {
      guard let encoder = encoder(subtitle: subtitle) else {
        notes.append("\(suffix) does not hold the subtitles (\(subtitle)): they are left out")
        continue
      }
      arguments += ["-map", "1:s:\(i)", "-c:s:\(kept)", encoder]
      kept += 1
    }
    if probe.hasAlpha, !alpha { notes.append("its transparency, if it has any, is not kept") }
    if probe.colours.isHDR { notes.append("its high dynamic range is brought to BT.709, 8 bits") }
    return (arguments + ["-map_metadata", "1", "-map_chapters", "1"], notes)
  }

  private func encoder(subtitle: String) -> String? {
    let isText = !Self.pictures.contains(subtitle)
    if isMPEG4 { return isText ? "mov_text" : nil }
    switch suffix {
    case ".mkv": return subtitle == "mov_text" ? "subrip" : "copy"
    case ".webm": return isText ? "webvtt" : nil
    default: return nil
    }
  }
}
