/// A video that ffmpeg encodes of frames, with the sound of another copied.
struct FrameWriter {
  let process: ChildProcess

  /// - Parameters:
  ///   - path: the video's file; its suffix says the format.
  ///   - sound: the video whose sound is taken, if it has any.
  init(_ path: String, width: Int, height: Int, rate: String, sound: String) throws(Failure) {
    var arguments = [
      "-nostdin", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
      "\(width)x\(height)", "-r", rate, "-i", "pipe:0", "-i", "file:" + sound, "-map", "0:v:0",
      "-map", "1:a?", "-c:a", "copy",
    ]
    // H.264 halves the colours' size only where the picture's is even.
    let halved = width % 2 == 0 && height % 2 == 0
    let suffix = FileName.stem(of: path).suffix.lowercased()
    if [".mp4", ".mov", ".m4v", ".mkv"].contains(suffix) {
      arguments += ["-c:v", "libx264", "-crf", "18", "-pix_fmt", halved ? "yuv420p" : "yuv444p"]
    }
    process = try ChildProcess("ffmpeg", arguments + ["file:" + path], pipe: .input)
  }

  func write(_ pixels: UnsafeRawBufferPointer) throws(Failure) {
    if !Terminal.write(pixels, to: process.pipe) {
      // Why it stopped listening is what counts.
      try process.finish()
      throw .system("ffmpeg", "cannot be written to")
    }
  }
}
