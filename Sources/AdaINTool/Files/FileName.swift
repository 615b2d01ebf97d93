import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A name as libvips takes it: a path, and perhaps options of the format in brackets, such as
/// `out.jpg[Q=90]`.
struct FileName {
  let path: String
  /// With the brackets; empty without.
  let options: String

  init(_ name: String) {
    guard name.hasSuffix("]"), let bracket = name.lastIndex(of: "["),
      name[..<bracket].contains(".")
    else {
      path = name
      options = ""
      return
    }
    path = String(name[..<bracket])
    options = String(name[bracket...])
  }

  /// A path without options, whatever it ends in.
  init(whole path: String) {
    self.path = path
    options = ""
  }

  /// `special`: a pipe, a socket or a device.
  enum Kind { case folder, file, special }

  /// nil when there is nothing of that name.
  static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .special
    }
  }

  /// The file behind a symbolic link, or behind several, whether it is there or not.
  static func resolved(_ path: String) -> String {
    var path = path
    // As many as the system follows.
    for _ in 0..<40 {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(path, &target, Int(PATH_MAX))
      guard count > 0 else { break }
      let name = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = name.hasPrefix("/") ? name : folder(of: path) + name
    }
    return path
  }

  /// The path up to its last part: empty, or with a slash at the end.
  static func folder(of path: String) -> Substring {
    path[..<(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)]
  }

  /// Two names of one file are equal, however they are written.
  static func identity(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return "\(status.st_dev):\(status.st_ino)"
  }

  /// The last part of a path.
  static func last(of path: String) -> Substring {
    path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
  }

  /// The last part, split before its suffix: "a/b.c.jpg" gives "b.c" and ".jpg".
  static func stem(of path: String) -> (stem: String, suffix: String) {
    let name = last(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (String(name), "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  /// The names in a folder, sorted, hidden ones left out.
  static func contents(of folder: String) throws(Failure) -> [String] {
    guard let stream = opendir(folder) else { throw .system(folder, "cannot be opened") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// A name in a folder.
  static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
