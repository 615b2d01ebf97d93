import Testing

@testable import AdaIN

/// Rows from the top down are the rows of the whole picture.
@Suite("Rendering") struct RenderingTests {
  @Test(
    "rows pulled in any chunks are the whole picture, floats too",
    arguments: [1, 2, 3], [1, 5, 64, 130])
  func chunks(_ threads: Int, _ chunk: Int) throws {
    let model = try ModelTests.model()
    let picture = try ModelTests.picture(210, 130)
    let style = try picture.with { try model.style(of: $0) }
    let content = try picture.with { try model.analyse($0) }
    let whole = try OwnedPicture(width: 210, height: 130)
    try whole.with { try content.render(style: style, x: 0, y: 0, into: $0) }

    let rendering = try Rendering(
      of: content, style: style, options: RunOptions(threads: threads))
    for y in stride(from: 0, to: 130, by: chunk) {
      let height = min(chunk, 130 - y)
      let rows = try OwnedPicture(width: 210, height: height)
      try rows.with { try rendering.pull($0) }
      let first = 3 * 210 * y
      #expect(rows.floats == Array(whole.floats[first..<first + 3 * 210 * height]))
    }
    #expect(rendering.pulled == 130)
  }

  @Test(
    "floats of tiles of every size are the whole picture's, from memory and from a file",
    arguments: [64, 200, 512, 1024], [0, 1])
  func tiles(_ side: Int, _ memory: Int) throws {
    let (width, height) = (1100, 530)
    let model = try ModelTests.model()
    let picture = try ModelTests.picture(width, height)
    let style = try ModelTests.picture(48, 64).with { try model.style(of: $0) }
    let whole = try OwnedPicture(width: width, height: height)
    try picture.with { content in
      try whole.with { try model.stylise(content, style: style, into: $0) }
    }
    var options = RunOptions()
    options.featureMemory = memory
    let content = try picture.with { try model.analyse($0, options: options) }
    for y in stride(from: 0, to: height, by: side) {
      for x in stride(from: 0, to: width, by: side) {
        let columns = min(side, width - x)
        let rows = min(side, height - y)
        let tile = try OwnedPicture(width: columns, height: rows)
        try tile.with { try content.render(style: style, x: x, y: y, into: $0) }
        let same = (0..<rows).allSatisfy { row in
          let first = 3 * ((y + row) * width + x)
          let own = tile.floats[3 * row * columns..<3 * (row + 1) * columns]
          return own.elementsEqual(whole.floats[first..<first + 3 * columns])
        }
        #expect(same, "tile at \(x), \(y)")
      }
    }
  }
}
