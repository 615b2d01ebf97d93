import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A name as libvips takes it: a path, and perhaps options of the format in brackets, such as
/// `out.jpg[Q=90]`.
///
/// Its parts are found in bytes: to Swift a slash and an accent after it are one character, to the system
/// two.
struct FileName {
  static let slash = UInt8(ascii: "/")

  let path: String
  /// With the brackets; empty without.
  let options: String

  init(_ name: String) {
    let bytes = name.utf8
    guard bytes.last == UInt8(ascii: "]"), let bracket = bytes.lastIndex(of: UInt8(ascii: "[")),
      bytes[..<bracket].contains(UInt8(ascii: "."))
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

  /// Whether the format takes the options; the sentence is libvips' error.
  func hasValidOptions(writes: Bool) -> Bool {
    options.isEmpty || cvips_check_options(path.native, options.native, writes ? 1 : 0) == 0
  }

  /// `special`: a pipe, a socket or a device.
  enum Kind { case folder, file, special }

  /// nil when there is nothing of that name.
  static func status(of path: String) -> stat? {
    var status = stat()
    return stat(path.native, &status) == 0 ? status : nil
  }

  /// nil when there is nothing of that name.
  static func kind(of path: String) -> Kind? {
    guard let status = status(of: path) else { return nil }
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
      let count = readlink(path.native, &target, Int(PATH_MAX))
      guard count > 0 else { break }
      let name = String(native: target[..<count].map { UInt8(bitPattern: $0) })
      path = name.utf8.first == slash ? name : folder(of: path) + name
    }
    return path
  }

  /// The path up to its last part: empty, or with a slash at the end.
  static func folder(of path: String) -> Substring {
    path[..<lastStart(of: path)]
  }

  /// Two names of one file are equal, however they are written.
  static func identity(of path: String) -> String? {
    guard let status = status(of: path) else { return nil }
    return "\(status.st_dev):\(status.st_ino)"
  }

  /// The last part of a path.
  static func last(of path: String) -> Substring {
    path[lastStart(of: path)...]
  }

  private static func lastStart(of path: String) -> String.Index {
    path.utf8.lastIndex(of: slash).map(path.utf8.index(after:)) ?? path.startIndex
  }

  /// "a/b//" gives "a/b", and "//" gives "/".
  static func withoutSlashes(_ path: String) -> String {
    var bytes = path.utf8[...]
    while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
    return String(Substring(bytes))
  }

  /// The last part, split before its suffix: "a/b.c.jpg" gives "b.c" and ".jpg".
  static func stem(of path: String) -> (stem: String, suffix: String) {
    let name = last(of: path)
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
      return (String(name), "")
    }
    return (String(name[..<dot]), String(name[dot...]))
  }

  /// The names in a folder, sorted by their bytes, hidden ones left out.
  static func contents(of folder: String) throws(Failure) -> [String] {
    guard let stream = opendir(folder.native) else { throw .system(folder, "cannot be opened") }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
      if name.first != UInt8(ascii: ".") { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map { String(native: $0) }
  }

  /// A name in a folder.
  static func join(_ folder: String, _ name: String) -> String {
    folder.utf8.last == slash ? folder + name : folder + "/" + name
  }
}
