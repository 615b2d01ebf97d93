import Testing

@testable import AdaIN

/// What the benchmark's table of layers rests on.
@Suite("Stage clock") struct StageClockTests {
  @Test("a call's clock knows every layer, and no call that it was not given to")
  func everyLayer() throws {
    let model = try ModelTests.model()
    let picture = try ModelTests.picture(40, 24)
    let style = try picture.with { try model.style(of: $0) }
    let clock = StageClock()
    var options = RunOptions(threads: 2)
    options.clock = clock
    _ = try ModelTests.stylise(model, picture, style, options)
    let layers = model.architecture.layerNames
    #expect(
      Set(clock.seconds.keys)
        == Set(layers.map { "encoder." + $0 } + layers.map { "decoder." + $0 } + ["pixels", "features"]))
    let seconds = clock.seconds
    #expect(seconds.values.allSatisfy { $0 > 0 })
    _ = try ModelTests.stylise(model, picture, style)
    #expect(clock.seconds == seconds)
  }
}
