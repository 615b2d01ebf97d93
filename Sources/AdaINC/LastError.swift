import AdaIN
import CAdaIN

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The sentence for the last failure, one for each thread, freed with it.
enum LastError {
  /// nil when the process has no key left; then there are no sentences, and calls go on without.
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, { free($0) }) == 0 ? key : nil
  }()

  static func finishGlobals() { _ = key }

  static func set(_ sentence: String) {
    guard let key else { return }
    // Out of memory for the sentence itself leaves none, which reads as "".
    let copy = strdup(sentence)
    free(pthread_getspecific(key))
    if pthread_setspecific(key, copy) != 0 { free(copy) }
  }

  static var sentence: UnsafePointer<CChar> {
    guard let key, let text = pthread_getspecific(key) else { return constantCString("") }
    return UnsafePointer(text.assumingMemoryBound(to: CChar.self))
  }
}

/// A C string that is never freed, for functions that return constants.
func constantCString(_ text: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// Where Swift's errors end: a status for the caller and a sentence for `adain_last_error`.
func status(_ body: () throws(AdaINError) -> Void) -> adain_status {
  do throws(AdaINError) {
    try body()
    return ADAIN_OK
  } catch {
    LastError.set(error.message)
    return adain_status(error.kind)
  }
}

extension adain_status {
  init(_ kind: AdaINError.Kind) {
    self =
      switch kind {
      case .argument: ADAIN_ERROR_ARGUMENT
      case .memory: ADAIN_ERROR_MEMORY
      case .io: ADAIN_ERROR_IO
      case .format: ADAIN_ERROR_FORMAT
      case .mismatch: ADAIN_ERROR_MISMATCH
      case .cancelled: ADAIN_ERROR_CANCELLED
      case .order: ADAIN_ERROR_ORDER
      case .internal: ADAIN_ERROR_INTERNAL
      }
  }
}

@_cdecl("adain_last_error")
public func lastError() -> UnsafePointer<CChar>? { LastError.sentence }

@_cdecl("adain_status_name")
public func statusName(_ status: adain_status) -> UnsafePointer<CChar>? {
  switch status {
  case ADAIN_OK: constantCString("ok")
  case ADAIN_ERROR_ARGUMENT: constantCString("argument")
  case ADAIN_ERROR_MEMORY: constantCString("memory")
  case ADAIN_ERROR_IO: constantCString("io")
  case ADAIN_ERROR_FORMAT: constantCString("format")
  case ADAIN_ERROR_MISMATCH: constantCString("mismatch")
  case ADAIN_ERROR_CANCELLED: constantCString("cancelled")
  case ADAIN_ERROR_ORDER: constantCString("order")
  case ADAIN_ERROR_INTERNAL: constantCString("internal")
  default: constantCString("unknown")
  }
}
