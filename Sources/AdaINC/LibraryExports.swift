import AdaIN
import CAdaIN

@_cdecl("adain_version")
public func version() -> UnsafePointer<CChar>? { constantCString("0.1.0") }

@_cdecl("adain_kernel")
public func kernel() -> UnsafePointer<CChar>? {
  switch KernelSet.current {
  case .avx512: constantCString("avx512")
  case .avx2: constantCString("avx2")
  case .neon: constantCString("neon")
  case .baseline: constantCString("baseline")
  }
}

@_cdecl("adain_default_threads")
public func defaultThreads() -> Int32 { Int32(clamping: ProcessorCount.available) }
