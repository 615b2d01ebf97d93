#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What ffprobe tells of a video: its frame rate, and about how many frames it has.
struct VideoProbe {
  /// As a fraction, such as `30000/1001`.
  let rate: String
  /// nil where the file does not say how long it is.
  let frames: Int?

  private struct Answer: Decodable {
    struct Stream: Decodable {
      let r_frame_rate: String?
      let nb_frames: String?
      let duration: String?
    }
    struct Format: Decodable { let duration: String? }
    let streams: [Stream]?
    let format: Format?
  }

  init(_ path: String) throws(Failure) {
    let probe = try ChildProcess(
      "ffprobe",
      [
        "-v", "error", "-select_streams", "v:0", "-show_entries",
        "stream=r_frame_rate,nb_frames,duration:format=duration", "-of", "json", "file:" + path,
      ], pipe: .output)
    let bytes = try probe.readAll()
    do throws(Failure) { try probe.finish() } catch { throw error.named(path) }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)),
      let stream = answer.streams?.first, let rate = stream.r_frame_rate,
      let perSecond = Self.number(rate), perSecond > 0
    else {
      throw Failure("\(path): holds no video")
    }
    self.rate = rate
    let seconds = (stream.duration ?? answer.format?.duration).flatMap(Double.init)
    frames = stream.nb_frames.flatMap(Int.init) ?? seconds.map { Int($0 * perSecond) }
  }

  private static func number(_ fraction: String) -> Double? {
    let parts = fraction.split(separator: "/").map { Double($0) }
    guard let numerator = parts.first ?? nil else { return nil }
    guard parts.count == 2, let denominator = parts[1] else { return numerator }
    return denominator > 0 ? numerator / denominator : nil
  }
}
