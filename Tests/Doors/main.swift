// adain-door: the Swift interface as a program, for Tests/Vips/test_doors.py to compare with the other doors.
//
// Each line of standard input is a call as JSON; the result's samples go to the file that it names, and a
// line, empty or with what went wrong, to standard output.
import AdaIN
import Foundation

struct Call: Decodable {
  let content, mask, result: String  // files of raw samples; the mask's name is empty where there is none
  let width, height, bands: Int
  let maskWidth, maskHeight: Int
  let format: String
  let model: String
  let named: [String]
  let weights: [Float]?
  let colour: String
  let strength: Float
  let stroke: Double
  let detail: Float
  let featureMemory: Int

  var options: RunOptions {
    var options = RunOptions(strength: strength, featureMemory: featureMemory == 0 ? nil : featureMemory)
    options.stroke = stroke == 0 ? nil : stroke
    options.detail = detail
    return options
  }

  /// The result's samples.
  func run() throws -> Data {
    let model = try Model.named(BuiltInModel(model))
    let styles = try named.map { try NamedStyle($0).style(for: model) }
    let format: PixelFormat = format == "ushort" ? .uint16 : .uint8
    var pixels = try Data(contentsOf: URL(filePath: content))
    var result = Data(count: pixels.count)
    try pixels.withUnsafeMutableBytes { pixels in
      try result.withUnsafeMutableBytes { samples in
        func view(_ name: String, _ bytes: UnsafeMutableRawBufferPointer) throws -> PixelView {
          try PixelView(
            name, data: bytes.baseAddress, width: width, height: height, format: format, channels: bands)
        }
        let (picture, result) = (try view("content", pixels), try view("result", samples))
        if mask.isEmpty {
          try model.stylise(
            picture, style: Style.mix(styles, weights: weights), options: options, into: result)
        } else {
          try compose(model, picture, styles, into: result)
        }
        if colour == "content-lightness" {
          try ColourMode.keepColours(of: picture, stylised: result, into: result)
        }
      }
    }
    return result
  }

  private func compose(_ model: Model, _ picture: PixelView, _ styles: [Style], into result: PixelView) throws
  {
    var white = try Data(contentsOf: URL(filePath: mask))
    try white.withUnsafeMutableBytes { white in
      let masks = [
        try PixelView(
          "mask", data: white.baseAddress, width: maskWidth, height: maskHeight, format: .uint8, channels: 1)
      ]
      let analysis = try Analysis(model: model, width: width, height: height, options: options)
      try analysis.push(picture)
      let content =
        stroke > 1
        ? try analysis.paint(styles: styles, masks: masks, options: options) : try analysis.finish()
      let composition = try Composition(of: content, styles: styles, masks: masks, options: options)
      try composition.render(options: options, x: 0, y: 0, into: result)
    }
  }
}

while let line = readLine() {
  do {
    let call = try JSONDecoder().decode(Call.self, from: Data(line.utf8))
    try call.run().write(to: URL(filePath: call.result))
    print("")
  } catch {
    print(error)
  }
  fflush(nil)
}
