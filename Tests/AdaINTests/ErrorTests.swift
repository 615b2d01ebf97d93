import Testing

@testable import AdaIN

@Test("an error reads as its sentence")
func errorReadsAsItsSentence() {
  #expect("\(AdaINError(.argument, "content: data is NULL"))" == "content: data is NULL")
}
