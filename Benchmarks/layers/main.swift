// The time of each layer in whole calls of the engine.
//
//     adain-layers PICTURE WIDTH HEIGHT RUNS THREADS [WEIGHTS]
//
// PICTURE holds WIDTH × HEIGHT pixels of three 32-bit floats. Prints a line `name seconds` for
// each layer, the median of the runs. The name `whole` is the call from pixels to pixels, style
// given.
import AdaIN
import Foundation

func fail(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data("adain-layers: \(sentence)\n".utf8))
  exit(1)
}

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.dropFirst().prefix(4).compactMap { Int($0) }
guard (5...6).contains(arguments.count), numbers.count == 4, numbers.allSatisfy({ $0 > 0 })
else { fail("usage: adain-layers PICTURE WIDTH HEIGHT RUNS THREADS [WEIGHTS]") }

do {
  let measurement = try LayerMeasurement(
    path: arguments.first!, width: numbers[0], height: numbers[1],
    weights: arguments.dropFirst(5).first)
  for result in try measurement.medians(runs: numbers[2], threads: numbers[3]) {
    print(result.name, result.seconds)
  }
} catch let error as AdaINError {
  fail(error.message)
} catch {
  fail(error.localizedDescription)
}
