/// A fixed number of elements in memory that can be refused. An array ends the process when it cannot be
/// had, which is right for a few elements; this is for as many as a picture or a file has.
///
/// Copies share the elements. Whoever shares a table among threads sees to it that they write disjoint
/// parts.
package struct Table<Element: BitwiseCopyable>: @unchecked Sendable {
  package let count: Int
  /// Good for as long as a copy of the table is.
  package let pointer: UnsafeMutablePointer<Element>
  private let buffer: AlignedBuffer

  /// - Parameters:
  ///   - what: names the table in the error's sentence.
  ///   - zeroed: or else the elements are not initialised.
  ///   - recycled: the memory may come from `BufferCache`, and goes there afterwards.
  package init(
    _ what: String, count: Int, zeroed: Bool = false, recycled: Bool = false
  ) throws(AdaINError) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    buffer = try AlignedBuffer(
      what, count: overflow ? .max : (bytes + 3) / 4, zeroed: zeroed, recycled: recycled)
    pointer = UnsafeMutableRawPointer(buffer.floats).bindMemory(to: Element.self, capacity: count)
    self.count = count
  }

  /// Copies of an array's.
  package init(_ what: String, _ elements: [Element]) throws(AdaINError) {
    try self.init(what, count: elements.count)
    elements.withUnsafeBufferPointer { source in
      if let source = source.baseAddress { pointer.update(from: source, count: count) }
    }
  }

  @inline(__always)
  package subscript(i: Int) -> Element {
    get {
      precondition(0..<count ~= i)
      return withExtendedLifetime(buffer) { pointer[i] }
    }
    nonmutating set {
      precondition(0..<count ~= i)
      withExtendedLifetime(buffer) { pointer[i] = newValue }
    }
  }

  package var array: [Element] {
    withExtendedLifetime(buffer) { Array(UnsafeBufferPointer(start: pointer, count: count)) }
  }
}
