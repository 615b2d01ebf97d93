import Testing

@testable import AdaIN

/// Rows from the top down are the rows of the whole picture.
@Suite("Rendering") struct RenderingTests {
  @Test("rows pulled in any chunks are the whole picture, floats too",
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
}
