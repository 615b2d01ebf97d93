#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Another program, with a pipe to its standard input or from its standard output; what it says last on
/// standard error is kept for a sentence.
final class ChildProcess {
  enum Pipe { case input, output }

  let name: String
  /// The pipe's end that is ours.
  private(set) var pipe: Int32
  private let errors = ErrorOutput()
  /// That reads `errors`; nil when it was joined.
  private var listener: pthread_t?
  /// nil before the program runs and after it was waited for.
  private var process: pid_t?

  /// - Throws: when the program is not on PATH, or cannot be started.
  init(_ name: String, _ arguments: [String], pipe kind: Pipe) throws(Failure) {
    self.name = name
    let data = try Self.makePipe()
    let words = try Self.makePipe()
    let (ours, theirs) = kind == .input ? (data.write, data.read) : (data.read, data.write)
    pipe = ours
    listener = errors.read(words.read)
    defer {
      close(theirs)
      close(words.write)
    }
    // Words that nobody takes would stop the program.
    guard listener != nil else {
      close(words.read)
      throw .system(name, "cannot be started", EAGAIN)
    }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, theirs, kind == .input ? 0 : 1)
    posix_spawn_file_actions_adddup2(&actions, words.write, 2)

    // The signals that this process waits for are blocked in it, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var usual = sigset_t()
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)
    sigaddset(&usual, SIGXFSZ)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

    var list = ([name] + arguments).map { strdup($0.native) } + [nil]
    defer { for word in list { free(word) } }
    var started = pid_t()
    let status = posix_spawnp(&started, name, &actions, &attributes, &list, environ)
    guard status == 0 else {
      guard status != ENOENT else {
        throw Failure("\(name): is not on PATH; videos need ffmpeg, with its program ffprobe")
      }
      throw .system(name, "cannot be started", status)
    }
    process = started
  }

  deinit {
    closePipe()
    if let process {
      kill(process, SIGTERM)
      Self.wait(for: process)
    }
    joinListener()
  }

  /// - Returns: how it ended, as waitpid says it.
  @discardableResult
  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status
  }

  private static func makePipe() throws(Failure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw .system("pipe", "cannot be made") }
    // Only one thread starts programs, so none starts between the two calls.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Ask it to end; whoever waits for its pipe, waits no longer.
  func stop() { if let process { kill(process, SIGTERM) } }

  func closePipe() {
    if pipe >= 0 { close(pipe) }
    pipe = -1
  }

  /// The next bytes.
  /// - Returns: how many: fewer only at the end.
  func read(into memory: UnsafeMutableRawPointer, _ count: Int) throws(Failure) -> Int {
    var filled = 0
    while filled < count {
      let got = Glibc.read(pipe, memory + filled, count - filled)
      if got == 0 { break }
      if got > 0 {
        filled += got
      } else if errno != EINTR {
        throw .system(name, "cannot be read from")
      }
    }
    return filled
  }

  /// All that is left.
  func readAll() throws(Failure) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = try read(into: &buffer, buffer.count)
      all += buffer[..<count]
      if count < buffer.count { return all }
    }
  }

  /// Close the pipe and wait for the end.
  /// - Throws: what the program said last, when it failed.
  /// - Returns: what it said last all the same.
  @discardableResult
  func finish() throws(Failure) -> String? {
    closePipe()
    let status = process.map { Self.wait(for: $0) } ?? 0
    process = nil
    joinListener()
    guard status != 0 else { return errors.lastLine }
    throw Failure("\(name): \(errors.lastLine ?? "it failed without a word")")
  }

  private func joinListener() {
    if let listener { pthread_join(listener, nil) }
    listener = nil
  }
}
