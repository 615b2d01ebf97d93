import AdaIN
import AdaINKernels

/// Where the tiles of a batch of maps find their rows and columns. Tiles are numbered along the rows of the
/// tile grid, map after map.
struct TileTable {
  let down: Int
  let across: Int
  /// (maps, down, rows of a tile).
  let rows: Table<UnsafePointer<Float>>
  /// (across, columns of a tile), in floats from the row's begin.
  let columns: Table<Int>

  var tilesPerMap: Int { down * across }

  /// - Parameters:
  ///   - rowSources, columnSources: of each tile row and column, the rows and columns that it reads; −1 is
  ///     one of zeros.
  ///   - zeros: as long as the maps' rows.
  private init(
    _ maps: FeatureBatch, rowSources: [[Int]], columnSources: [[Int]], zeros: ZeroRow
  ) throws(AdaINError) {
    down = rowSources.count
    across = columnSources.count
    rows = try Table(
      "tiles",
      (0..<maps.count).flatMap { map in
        rowSources.joined().map { UnsafePointer($0 < 0 ? zeros.floats : maps.row(map, $0)) }
      })
    columns = try Table("tiles", columnSources.joined().map { ($0 < 0 ? maps.width : $0) * maps.channels })
  }

  /// What the tiles of a convolution read of its input, reflected at the edges.
  static func reflecting(_ input: FeatureBatch, _ form: WinogradForm, zeros: ZeroRow) throws(AdaINError)
    -> TileTable
  {
    func sources(_ count: Int) -> [[Int]] {
      let size = form == .plain ? count : 2 * count
      return (0..<tiles(size)).map { tile in
        let first = outputTile * tile - 1
        return form == .plain
          ? (0..<8).map { reflected(first + $0, size) }
          : [0, 1, 3, 5, 7].map { reflected(first + $0, size) / 2 }
      }
    }
    return try TileTable(
      input, rowSources: sources(input.height), columnSources: sources(input.width), zeros: zeros)
  }

  /// What the tiles of its adjoint read of the gradient behind two cells of zeros: the result is a cell
  /// larger on each side.
  static func padding(_ gradient: FeatureBatch, zeros: ZeroRow) throws(AdaINError) -> TileTable {
    func sources(_ count: Int) -> [[Int]] {
      (0..<tiles(count + 2)).map { tile in (0..<8).map { inside(outputTile * tile - 2 + $0, count) } }
    }
    return try TileTable(
      gradient, rowSources: sources(gradient.height), columnSources: sources(gradient.width), zeros: zeros)
  }

  /// The gradient's cells in the tiles of the convolution's output.
  static func covering(_ gradient: FeatureBatch, zeros: ZeroRow) throws(AdaINError) -> TileTable {
    func sources(_ count: Int) -> [[Int]] {
      (0..<tiles(count)).map { tile in (0..<outputTile).map { inside(outputTile * tile + $0, count) } }
    }
    return try TileTable(
      gradient, rowSources: sources(gradient.height), columnSources: sources(gradient.width), zeros: zeros)
  }

  private static func tiles(_ count: Int) -> Int { (count + outputTile - 1) / outputTile }
  private static func inside(_ index: Int, _ count: Int) -> Int { 0..<count ~= index ? index : -1 }
}
