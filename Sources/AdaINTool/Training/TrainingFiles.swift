import AdaIN
import AdaINTraining

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Photographs or paintings as files and folders name them, read through libvips whenever training wants one.
struct TrainingFiles: TrainingPictures {
  let paths: [String]

  /// Below this there is nothing to learn from.
  private static let leastSide = 16

  /// - Parameters:
  ///   - names: files and folders.
  ///   - what: such as "--content", for sentences.
  /// - Returns: those that can be read, and what is wrong with others.
  static func find(
    _ names: [String], recursive: Bool, _ what: String
  ) throws(Failure) -> (files: TrainingFiles, failures: [Failure]) {
    let inputs = Inputs(names, recursive: recursive, output: "")
    var paths: [String] = []
    for content in inputs.contents {
      guard case .file(let path) = content.source else {
        throw Failure("\(what): training reads no standard input")
      }
      if !content.isOfFolder { try Picture.checkReadable(path) }
      paths.append(path)
    }
    guard !paths.isEmpty else { throw inputs.failures.first?.failure ?? Failure("\(what): names no picture") }
    return (TrainingFiles(paths: paths), inputs.failures.map(\.failure))
  }

  var count: Int { paths.count }

  func picture(_ index: Int, shortSide: Int) throws -> TrainingPicture {
    let path = paths[index]
    do throws(Failure) {
      let whole = try Picture(path: path)
      let (shorter, longer) = (min(whole.width, whole.height), max(whole.width, whole.height))
      guard shorter >= Self.leastSide else {
        throw Failure(
          "\(path): \(shorter) pixels on a side are too few to learn from; \(Self.leastSide) are needed")
      }
      let wanted = shorter <= shortSide ? longer : (longer * shortSide + shorter - 1) / shorter
      return try Self.floats(Pixels(try Picture.thumbnail(path, size: min(wanted, Int(Int32.max)))))
    } catch { throw error.named(path) }
  }

  private static func floats(_ pixels: Pixels) -> TrainingPicture {
    let view = pixels.view
    var floats: [Float] = []
    floats.reserveCapacity(3 * view.width * view.height)
    withExtendedLifetime(pixels) {
      for y in 0..<view.height {
        let row = UnsafeRawPointer(view.data + y * view.stride)
        for i in 0..<3 * view.width {
          floats.append(
            view.format == .uint16
              ? Float(row.load(fromByteOffset: 2 * i, as: UInt16.self)) / 65535
              : Float(row.load(fromByteOffset: i, as: UInt8.self)) / 255)
        }
      }
    }
    return TrainingPicture(width: view.width, height: view.height, pixels: floats)
  }
}
