#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

import CSupport

/// How many threads a call uses unless told otherwise.
public enum ProcessorCount {
  /// The processors that this process may use: those of its affinity mask, and no more than the
  /// quota of its control group pays for. Asked anew at each call, as both may change.
  public static var available: Int {
    #if os(Linux)
      let count = Int(csupport_processor_count())
      return max(1, min(count, controlGroupQuota ?? count))
    #else
      return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    #endif
  }

  /// Whole processors that the control group's quota pays for, rounded up; nil without a quota.
  /// Containers see their own group at the root of the mounted hierarchy (version 2, then 1).
  private static var controlGroupQuota: Int? {
    if let words = firstLine(of: "/sys/fs/cgroup/cpu.max")?.split(separator: " "), words.count == 2 {
      return processors(quota: Int(words[0]), period: Int(words[1]))
    }
    return processors(
      quota: firstLine(of: "/sys/fs/cgroup/cpu/cpu.cfs_quota_us").flatMap { Int($0) },
      period: firstLine(of: "/sys/fs/cgroup/cpu/cpu.cfs_period_us").flatMap { Int($0) })
  }

  static func processors(quota: Int?, period: Int?) -> Int? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return max(1, (quota + period - 1) / period)
  }

  private static func firstLine(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = read(file, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let line = bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self)
  }
}
