/// Each way in which a weights file can be malformed; and that it takes more memory than there is.
package enum WeightsFault: Error, Equatable {
  case tooShort(bytes: Int)
  case headerTooLong(bytes: UInt64)
  case headerBeyondFile(bytes: UInt64, file: Int)
  case headerNotJSON
  case headerText(bytes: Int)
  case duplicateKey(String)
  case metadataMalformed
  case metadataMissing(field: String)
  case wrongFormat(String)
  case wrongVersion(String)
  case unknownArchitecture(String)
  case tensorDescription(String)
  case unknownTensor(String)
  case missingTensor(String)
  case wrongType(tensor: String, type: String)
  case wrongShape(tensor: String, shape: [Int], expected: String)
  case wrongOffsets(tensor: String)
  case offsetsBeyondFile(tensor: String)
  case wrongSize(tensor: String, bytes: Int, expected: Int)
  case overlap(tensor: String, with: String)
  case gap(before: String)
  case trailingBytes(Int)
  case notFinite(tensor: String)
  case featuresOverflow(layer: String)
  case noMemory(String)

  package var kind: AdaINError.Kind { if case .noMemory = self { .memory } else { .format } }

  package var sentence: String {
    switch self {
    case .tooShort(let bytes):
      "weights: \(bytes) bytes are too few for a safetensors file"
    case .headerTooLong(let bytes):
      "weights: a header of \(bytes) bytes exceeds the \(SafetensorsFile.maximumHeader) allowed"
    case .headerBeyondFile(let bytes, let file):
      "weights: a header of \(bytes) bytes does not fit in the file's \(file)"
    case .headerNotJSON: "weights: the header is not a JSON object in UTF-8"
    case .headerText(let bytes):
      "weights: the header has a text of \(bytes) bytes that is not plain ASCII, of which \(HeaderLimits.text) are allowed"
    case .duplicateKey(let key): "weights: the header names \(shown(key)) twice"
    case .metadataMalformed: "weights: __metadata__ is not an object of strings"
    case .metadataMissing(let field): "weights: the metadata has no \(field)"
    case .wrongFormat(let format):
      "weights: the metadata's format is '\(shown(format))', not 'adain'"
    case .wrongVersion(let version): "weights: version '\(shown(version))' is not '1'"
    case .unknownArchitecture(let name):
      "weights: architecture '\(shown(name))' is neither 'vgg16' nor 'vgg19'"
    case .tensorDescription(let name):
      "weights: \(shown(name)): dtype, shape or data_offsets is malformed"
    case .unknownTensor(let name): "weights: \(shown(name)) is not a tensor of this architecture"
    case .missingTensor(let name): "weights: \(shown(name)) is missing"
    case .wrongType(let name, let type):
      "weights: \(shown(name)): dtype \(shown(type)) is neither F16 nor F32"
    case .wrongShape(let name, let shape, let expected):
      "weights: \(shown(name)): the shape is \(shown("\(shape)")), not \(expected)"
    case .wrongOffsets(let name): "weights: \(shown(name)): the data end before they begin"
    case .offsetsBeyondFile(let name): "weights: \(shown(name)): the data end beyond the file"
    case .wrongSize(let name, let bytes, let expected):
      "weights: \(shown(name)): has \(bytes) bytes of data, not \(expected)"
    case .overlap(let name, let other): "weights: \(shown(name)): the data overlap those of \(shown(other))"
    case .gap(let name): "weights: bytes that belong to no tensor stand before \(shown(name))"
    case .trailingBytes(let count): "weights: \(count) bytes follow the last tensor"
    case .notFinite(let name): "weights: \(shown(name)): a value is not a finite number"
    case .featuresOverflow(let name):
      "weights: \(shown(name)): its features can be beyond the range of 32-bit floats"
    case .noMemory(let sentence): sentence
    }
  }

  /// A file's text as a sentence can hold it: without control characters, which would cut a C string
  /// short or write to somebody's terminal, and not longer than is read.
  private func shown(_ text: String) -> String {
    let limit = 100
    let start = text.unicodeScalars.prefix(limit).map { $0.escaped(asASCII: true) }.joined()
    return text.unicodeScalars.dropFirst(limit).isEmpty ? start : start + "…"
  }
}
