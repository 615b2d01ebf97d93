#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func cosine(_ angle: Double) -> Double { cos(angle) }
