extension Model.Measurement {
  /// How much of a picture recurs at one of the periods of the decoder's enlargements, 2, 4 and 8 pixels:
  /// texture in step with the decoder's own grid, which is seen as a mesh.
  public struct Lattice: Sendable, Equatable, Codable {
    /// In pixels.
    public let period: Int
    /// Power at the period over the median of its neighbours in the spectrum, of rows or of columns,
    /// whichever is worse. Photographs and paintings have 1 to 1.5; from 3 on a mesh can be seen. nil for a
    /// picture with a side below 32 pixels.
    public let spectralRatio: Double?
    /// What windows hold in common when they are folded at the period.
    public let folded: [FoldedEnergy]
  }

  /// A window sees a lattice whose phase stays the same within it; the spectrum only one whose phase does so
  /// across the picture.
  public struct FoldedEnergy: Sendable, Equatable, Codable {
    /// The side of the windows, in pixels; as large as the picture where that is smaller.
    public let window: Int
    /// Variance of the phases' means over a window, mean over the windows and colours, of samples from 0 to 1
    /// less their means over 9 × 9 pixels. Photographs have about 4e-5 at period 8 in windows of 128.
    public let energy: Double
  }
}

extension Model.Measurement.Lattice {
  /// (period, sides of windows): those that training charges for (`weights/network/lattice.py`).
  static let measured = [(2, [32, 128]), (4, [32, 128]), (8, [128])]

  /// - Throws: `.argument` for a sample that is not a finite number; `.memory`.
  static func measure(_ picture: PixelView, name: String, on executor: Executor) throws(AdaINError) -> [Self]
  {
    let grid = try SampleGrid(picture, name: name, on: executor)
    let spectrum = try Spectrum(grid, on: executor)
    let detail = try grid.detail(on: executor)
    var lattices: [Self] = []
    for (period, windows) in measured {
      var folded: [Model.Measurement.FoldedEnergy] = []
      for window in windows {
        folded.append(
          .init(window: window, energy: try detail.foldedEnergy(window: window, period: period, on: executor))
        )
      }
      lattices.append(Self(period: period, spectralRatio: spectrum?.ratio(period: period), folded: folded))
    }
    return lattices
  }
}
