/// Frames that ffmpeg decodes: upright, at a constant rate, as PPM pictures in a pipe, each of which
/// says its size.
struct FrameReader {
  let process: ChildProcess

  init(_ path: String, rate: String) throws(Failure) {
    process = try ChildProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", "file:" + path, "-map", "0:v:0", "-r", rate, "-f",
        "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "pipe:1",
      ], pipe: .output)
  }

  /// nil behind the last one.
  func next() throws(Failure) -> Pixels? {
    // "P6\n640 480\n255\n"
    var header = ""
    while header.count < 64, header.split(separator: "\n").count < 3 || header.last != "\n" {
      var byte: UInt8 = 0
      guard try process.read(into: &byte, 1) == 1 else {
        guard header.isEmpty else { throw Failure("ffmpeg: a frame ends early") }
        return nil
      }
      header.unicodeScalars.append(Unicode.Scalar(byte))
    }
    let fields = header.split { $0 == "\n" || $0 == " " }
    guard fields.count == 4, fields[0] == "P6", fields[3] == "255", let width = Int(fields[1]),
      let height = Int(fields[2]), (1...65535).contains(width), (1...65535).contains(height)
    else {
      throw Failure("ffmpeg: its frames are not understood")
    }
    let pixels = try Pixels(width: width, height: height)
    let size = 3 * width * height
    guard try process.read(into: pixels.view.data, size) == size else {
      throw Failure("ffmpeg: a frame ends early")
    }
    return pixels
  }
}
