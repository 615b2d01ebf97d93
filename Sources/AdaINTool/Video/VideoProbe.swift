#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What ffprobe tells of a video.
struct VideoProbe {
  /// Nominal, as a fraction, such as `30000/1001`.
  let rate: String
  /// nil where the file does not say how long it is.
  let frames: Int?
  /// Of its frames as they are stored.
  let height: Int
  let colours: VideoColours
  let hasAlpha: Bool
  let isGIF: Bool
  /// The decoder that gives alpha, where it is not ffmpeg's first choice.
  let alphaDecoder: String?
  /// Whether the file says when a frame is shown.
  let hasTimes: Bool
  /// Seconds from the file's beginning to its first frame.
  let start: Double
  /// In the file's order; nil for a track without a sample, of which nothing is known but that it was
  /// announced.
  let sounds: [String?]
  /// Names of the codecs, in the file's order.
  let subtitles: [String]

  /// What ffprobe says, with its names in snake case.
  private struct Answer: Decodable {
    struct Stream: Decodable {
      let codecType: String?
      let codecName: String?
      let height: Int?
      let pixFmt: String?
      let rFrameRate: String?
      let avgFrameRate: String?
      let nbFrames: String?
      let duration: String?
      let startTime: String?
      let colorSpace: String?
      let colorPrimaries: String?
      let colorTransfer: String?
      let channels: Int?
      let disposition: [String: Int]?
      let tags: [String: String]?
    }
    struct Format: Decodable {
      let formatName: String?
      let duration: String?
      let startTime: String?
    }
    let streams: [Stream]?
    let format: Format?
  }

  init(_ path: String) throws(Failure) {
    let probe = try ChildProcess(
      "ffprobe",
      [
        "-v", "error", "-show_entries",
        "stream=codec_type,codec_name,height,pix_fmt,r_frame_rate,avg_frame_rate,nb_frames,duration,start_time,color_space,channels,"
          + "color_primaries,color_transfer:stream_disposition=attached_pic:stream_tags=alpha_mode:"
          + "format=format_name,duration,start_time",
        "-of", "json", "file:" + path,
      ], pipe: .output)
    let bytes = try probe.readAll()
    do throws(Failure) { try probe.finish() } catch { throw error.named(path) }
    // A cover is a video stream to ffprobe, too.
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let answer = try? decoder.decode(Answer.self, from: Data(bytes)),
      let streams = answer.streams,
      let stream = streams.first(where: { $0.codecType == "video" && $0.disposition?["attached_pic"] != 1 }),
      let nominal = stream.rFrameRate, Self.number(nominal) ?? 0 > 0
    else {
      throw Failure("\(path): holds no video")
    }
    hasTimes = !["h264", "hevc", "m4v", "mpegvideo", "vvc", "obu"].contains(answer.format?.formatName)
    // Of a stream without times ffmpeg 7 takes its fields for frames.
    let mean = stream.avgFrameRate.flatMap { Self.number($0) ?? 0 > 0 ? $0 : nil }
    rate = hasTimes ? nominal : mean ?? nominal
    let perSecond = Self.number(rate)!
    let seconds = (stream.duration ?? answer.format?.duration).flatMap(Double.init)
    // The nominal rate can be that of the clock, and says nothing of how many frames there are.
    frames =
      stream.nbFrames.flatMap(Int.init)
      ?? seconds.flatMap { perSecond <= 240 ? Int(exactly: ($0 * perSecond).rounded()) : nil }
    height = stream.height ?? 0
    colours = VideoColours(
      matrix: Self.known(stream.colorSpace), primaries: Self.known(stream.colorPrimaries),
      transfer: Self.known(stream.colorTransfer))
    let format = stream.pixFmt ?? ""
    // VP8 and VP9 hold it as a stream beside their own, of which pixels say nothing.
    let beside = stream.tags?.contains { $0.key.lowercased() == "alpha_mode" && $0.value == "1" } ?? false
    alphaDecoder = beside ? ["vp8": "libvpx", "vp9": "libvpx-vp9"][stream.codecName ?? ""] : nil
    isGIF = stream.codecName == "gif"
    hasAlpha =
      alphaDecoder != nil
      || ["rgba", "argb", "bgra", "abgr", "yuva", "gbrap", "ya8", "ya16"].contains { format.hasPrefix($0) }
    let starts = [stream.startTime, answer.format?.startTime].map { $0.flatMap(Double.init) ?? 0 }
    start = max(0, starts[0] - starts[1])
    sounds = streams.filter { $0.codecType == "audio" }.map {
      $0.channels == 0 ? nil : $0.codecName ?? "unknown"
    }
    subtitles = streams.filter { $0.codecType == "subtitle" }.map { $0.codecName ?? "unknown" }
  }

  private static func known(_ word: String?) -> String? {
    word == "unknown" || word == "reserved" ? nil : word
  }

  private static func number(_ fraction: String) -> Double? {
    let parts = fraction.split(separator: "/").map { Double($0) }
    guard let numerator = parts.first ?? nil else { return nil }
    guard parts.count == 2, let denominator = parts[1] else { return numerator }
    return denominator > 0 ? numerator / denominator : nil
  }
}
