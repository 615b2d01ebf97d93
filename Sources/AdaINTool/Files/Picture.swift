import CVips

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A picture that libvips reads, once, from top to bottom.
///
/// Its errors are libvips' own words, without a name: the caller knows which file it was.
struct Picture: ~Copyable {
  private let image: OpaquePointer

  private init(_ image: OpaquePointer?) throws(Failure) {
    guard let image else { throw .fromVips() }
    self.image = image
  }

  deinit { cvips_close(image) }

  /// Of a file with several frames or pages.
  enum Pages {
    case all
    /// From 1. A single picture has the first.
    case one(Int)

    fileprivate var number: Int32 {
      switch self {
      case .all: 0
      case .one(let page): Int32(clamping: page)
      }
    }
  }

  /// A file, or a pipe, as a shell's process substitution gives one.
  init(path: String, pages: Pages = .one(1)) throws(Failure) {
    if FileName.kind(of: path) == .special {
      let pipe = try NamedPipe(path)
      try self.init(cvips_open_descriptor(pipe.descriptor, pages.number))
    } else {
      try Self.checkReadable(path)
      // libvips' own options, such as [page=2] or [n=-1], go before.
      let options = FileName(path).options
      let areNamed = ["[n=", ",n=", "page="].contains { options.contains($0) }
      try self.init(areNamed ? cvips_open(path.native) : cvips_open_pages(path.native, pages.number))
    }
  }

  static func standardInput(_ pages: Pages) throws(Failure) -> Picture {
    try Picture(cvips_open_descriptor(STDIN_FILENO, pages.number))
  }

  /// A video's frame, copied.
  init(_ frame: Pixels) throws(Failure) {
    try self.init(
      cvips_from_pixels(
        frame.view.data, Int32(frame.view.width), Int32(frame.view.height), Int32(frame.view.channels)))
  }

  /// As the operation sees it with a content size and a crop.
  func fitted(size: Int, crop: Bool) throws(Failure) -> Picture {
    try Picture(cvips_fit(image, Int32(size), crop ? 1 : 0))
  }

  /// Reduced to fit into a square of so many pixels.
  static func thumbnail(_ path: String, size: Int) throws(Failure) -> Picture {
    guard let image = cvips_thumbnail(path.native, Int32(size)) else { throw Failure.fromVips().named(path) }
    // In memory at once, so that what cannot be read is told with its name.
    do throws(Failure) { return try Picture(image).inMemory() } catch { throw error.named(path) }
  }

  /// Pictures side by side, with their names below.
  static func sheet(_ pictures: consuming [SheetPicture], across: Int) throws(Failure) -> Picture {
    let memory = Arena()
    let images = pictures.map { Optional($0.picture.image) }
    let labels = pictures.map { Optional(memory.copy($0.label.readable)) }
    let sheet = withExtendedLifetime((pictures, memory)) {
      cvips_sheet(images, labels, Int32(images.count), Int32(across))
    }
    return try Picture(sheet)
  }

  /// The samples as sRGB, in memory that the caller frees; with alpha four a pixel, else three.
  func pixels(
    alpha: Bool, _ data: inout UnsafeMutableRawPointer?, _ width: inout Int32, _ height: inout Int32,
    _ wide: inout Int32
  ) -> Bool {
    cvips_pixels(image, alpha ? 1 : 0, &data, &width, &height, &wide) == 0
  }

  var width: Int { Int(cvips_width(image)) }
  /// Of all pages together.
  var height: Int { Int(cvips_height(image)) }
  var pages: Int { Int(cvips_pages(image)) }
  var hasExif: Bool { cvips_has_exif(image) != 0 }

  /// The picture with all its pixels made, in memory.
  func inMemory() throws(Failure) -> Picture {
    try Picture(cvips_read(image))
  }

  /// The suffix of the format that it was read from, if it is one of the common ones.
  var suffix: String? { cvips_suffix(image).map { String(cString: $0) } }

  /// What the system says of a file is clearer than what libvips does.
  static func checkReadable(_ path: String) throws(Failure) {
    var name = FileName(path)
    // A name may end in brackets of its own.
    if !name.options.isEmpty, FileName.kind(of: name.path) == nil, FileName.kind(of: path) != nil {
      name = FileName(whole: path)
    }
    // Looked at before it is opened: opening a pipe waits for somebody who writes into it.
    switch FileName.kind(of: name.path) {
    case .special: throw Failure("\(path): is a pipe or a device; a file is needed here")
    case .folder: throw Failure("\(path): is a folder")
    case .file, nil: break
    }
    let file = open(name.path.native, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(path, "cannot be opened") }
    var status = stat()
    fstat(file, &status)
    close(file)
    guard status.st_size > 0 else { throw Failure("\(path): is empty") }
    switch cvips_contents_of(name.path.native) {
    case CVIPS_PICTURE:
      guard name.hasValidOptions(writes: false) else { throw Failure.fromVips().named(path) }
    case CVIPS_TABLE: throw Failure("\(path): is a table of numbers, not a picture")
    case CVIPS_CUT_OFF: throw Failure("\(path): ends before its last page does: the file was cut off")
    case CVIPS_CAMERA_RAW:
      throw Failure(
        "\(path): is a camera's raw file, of which libvips reads only the preview; develop it first")
    default:
      let suffix = FileName.stem(of: name.path).suffix.lowercased()
      guard ![".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".ts", ".mpg"].contains(suffix) else {
        throw Failure("\(path): is a video, by its name; 'adain video' takes those")
      }
      throw Failure("\(path): is not a picture in a format that libvips reads")
    }
  }

  /// That all of it can be read, too: where it is read together with other files, an error would not say of
  /// which.
  static func checkWholeReadable(_ path: String) throws(Failure) {
    try checkReadable(path)
    guard cvips_check_pixels(path.native) == 0 else { throw Failure.fromVips().named(path) }
  }

  /// The picture in the style; read now, made when it is written.
  func stylised(
    _ sources: [StyleSource], _ controls: Controls, progress: @escaping (Double) -> Void
  ) throws(Failure) -> Picture {
    let receiver = ProgressReceiver(progress)
    var options = cvips_options()
    options.strength = controls.strength
    options.style_size = Int32(controls.styleSize)
    options.content_size = Int32(controls.contentSize)
    options.crop = controls.crop ? 1 : 0
    options.stroke = controls.stroke.value
    options.detail = controls.detail
    options.whole_statistics = controls.wholeStatistics ? 1 : 0
    options.progress = { done, data in
      Unmanaged<ProgressReceiver>.fromOpaque(data!).takeUnretainedValue().call(done)
    }
    // The picture holds the callback until it is closed.
    options.progress_data = Unmanaged.passRetained(receiver).toOpaque()
    options.progress_free = { Unmanaged<ProgressReceiver>.fromOpaque($0!).release() }
    // Copies, so that the C side may have all of them at once.
    let memory = Arena()
    let styles = sources.map { source in
      switch source.kind {
      case .bytes(let bytes):
        cvips_style_source(data: memory.copy(bytes), size: bytes.count, painting: nil)
      case .painting(let path):
        cvips_style_source(data: nil, size: 0, painting: memory.copy(path))
      }
    }
    let weights = sources.map(\.weight)
    let masks = controls.masks.map { Optional(memory.copy($0)) }
    options.colour = memory.copy(controls.colour.rawValue)
    options.model = controls.model.map(memory.copy)
    let result = styles.withUnsafeBufferPointer { styles in
      weights.withUnsafeBufferPointer { weights in
        masks.withUnsafeBufferPointer { masks in
          options.styles = styles.baseAddress
          options.n_styles = Int32(styles.count)
          options.weights = controls.masks.isEmpty ? weights.baseAddress : nil
          options.masks = masks.baseAddress
          options.n_masks = Int32(masks.count)
          return withExtendedLifetime(memory) { cvips_stylise(image, &options) }
        }
      }
    }
    return try Picture(result)
  }

  func write(to path: String) throws(Failure) {
    guard cvips_write_file(image, path.native) == 0 else { throw .fromVips() }
  }

  /// To standard output, after the last pixel was encoded: nothing is written of a picture that
  /// fails on the way.
  func writeToStandardOutput(suffix: String) throws(Failure) {
    var data: UnsafeMutableRawPointer?
    var size = 0
    guard cvips_write_memory(image, suffix.native, &data, &size) == 0 else { throw .fromVips() }
    defer { cvips_free(data) }
    guard Terminal.write(UnsafeRawBufferPointer(start: data, count: size), to: Terminal.output) else {
      throw .system("standard output", "cannot be written")
    }
  }
}

/// A picture of a sheet, and what stands below it.
final class SheetPicture {
  let picture: Picture
  let label: String

  init(_ picture: consuming Picture, label: String) {
    self.picture = picture
    self.label = label
  }
}

/// Copies that live as long as this.
private final class Arena {
  private var copies: [UnsafeMutableRawPointer] = []

  deinit { for copy in copies { copy.deallocate() } }

  func copy(_ bytes: [UInt8]) -> UnsafeRawPointer {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    copies.append(copy)
    return UnsafeRawPointer(copy)
  }

  func copy(_ text: String) -> UnsafePointer<CChar> {
    let native = text.native
    return native.withUnsafeBytes { copy(Array($0)) }.assumingMemoryBound(to: CChar.self)
  }
}

private final class ProgressReceiver {
  let call: (Double) -> Void
  init(_ call: @escaping (Double) -> Void) { self.call = call }
}
