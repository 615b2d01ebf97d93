import AdaIN
import CAdaIN

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// A handle is a pointer to a reference-counted Swift object; the caller's references are counted
// by that object's own count.

/// A style is a value in Swift; this gives it an identity.
final class StyleBox: Sendable {
  let style: Style
  init(_ style: Style) { self.style = style }
}

/// A new reference, owned by the C caller.
func handle<Object: AnyObject>(_ object: Object) -> OpaquePointer {
  OpaquePointer(Unmanaged.passRetained(object).toOpaque())
}

/// The object behind a handle that the caller owns.
/// - Throws: `.argument`, naming it, when the handle is NULL or, by a cast in the caller's source,
///   one of another kind: every Swift object begins with its class, which tells them apart.
func object<Object: AnyObject>(
  _ type: Object.Type, _ name: String, _ handle: OpaquePointer?
) throws(AdaINError) -> Object {
  guard let handle else { throw AdaINError(.argument, "\(name): is NULL") }
  let object = Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
  guard let object = object as? Object else {
    throw AdaINError(.argument, "\(name): is a handle of another kind")
  }
  return object
}

/// One reference more, or less; NULL does nothing.
func retain<Object: AnyObject>(_ type: Object.Type, _ handle: OpaquePointer?) -> OpaquePointer? {
  if let handle { _ = Unmanaged<Object>.fromOpaque(UnsafeRawPointer(handle)).retain() }
  return handle
}

func release<Object: AnyObject>(_ type: Object.Type, _ handle: OpaquePointer?) {
  if let handle { Unmanaged<Object>.fromOpaque(UnsafeRawPointer(handle)).release() }
}

/// Run `make` and hand its object to the caller through `result`, which is NULL on failure.
func create<Object: AnyObject>(
  _ name: String, _ result: UnsafeMutablePointer<OpaquePointer?>?,
  _ make: () throws(AdaINError) -> Object
) -> adain_status {
  status { () throws(AdaINError) in
    let result = try required(name, result)
    result.pointee = nil
    result.pointee = handle(try make())
  }
}

/// - Throws: `.argument`, naming it, when a required pointer is NULL.
func required<Pointer>(_ name: String, _ pointer: Pointer?) throws(AdaINError) -> Pointer {
  guard let pointer else { throw AdaINError(.argument, "\(name): is NULL") }
  return pointer
}

/// The name of a file, which need not be UTF-8.
/// - Throws: `.argument`, naming it, when it is NULL or empty.
func path(_ name: String, _ text: UnsafePointer<CChar>?) throws(AdaINError) -> FilePath {
  let text = try required(name, text)
  guard text.pointee != 0 else { throw AdaINError(.argument, "\(name): is empty") }
  return FilePath(bytes: UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) })
}

/// A C string of words.
/// - Throws: `.argument`, naming it, when it is NULL, empty, or not UTF-8, which Swift would repair.
func string(_ name: String, _ text: UnsafePointer<CChar>?) throws(AdaINError) -> String {
  guard let text = String(validatingCString: try required(name, text)) else {
    throw AdaINError(.argument, "\(name): is not in UTF-8")
  }
  guard !text.isEmpty else { throw AdaINError(.argument, "\(name): is empty") }
  return text
}

/// Bytes of the caller's.
func bytes(
  _ name: String, _ data: UnsafeRawPointer?, _ size: Int
) throws(AdaINError) -> UnsafeRawBufferPointer {
  guard size >= 0 else { throw AdaINError(.argument, "size: more than addressable") }
  return UnsafeRawBufferPointer(start: try required(name, data), count: size)
}
