import CSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many threads a call uses unless told otherwise.
public enum ProcessorCount {
  /// The processors that this process may use: those of its affinity mask, and no more than the
  /// quota of its control group pays for. Asked anew at each call, as both may change.
  public static var available: Int {
    #if os(Linux)
      let count = Int(csupport_processor_count())
      return max(1, min(count, controlGroupQuota() ?? count))
    #else
      return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    #endif
  }

  /// Whole processors that the quotas of the process's control groups pay for, rounded up; nil without one. A
  /// group is held to the quotas of all above it. Where the process's own name is hidden, as in most
  /// containers, or /proc is, the group stands at the root of the hierarchy that is mounted.
  static func controlGroupQuota(
    mounted: String = "/sys/fs/cgroup", groups: String = "/proc/self/cgroup"
  ) -> Int? {
    // "0::/a/b" in version 2, "4:cpu,cpuacct:/a/b" in version 1.
    let entries = lines(of: groups).map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }.filter { $0.count == 3 }
    let second = entries.first { $0[1].isEmpty }?[2] ?? "/"
    let first = entries.first { $0[1].split(separator: ",").contains("cpu") }?[2] ?? "/"
    let quotas =
      folders(of: second).map { folder in
        let words = lines(of: "\(mounted)\(folder)/cpu.max").first?.split(separator: " ") ?? []
        return words.count == 2 ? processors(quota: Int(words[0]), period: Int(words[1])) : nil
      }
      + folders(of: first).map { folder in
        func number(_ name: String) -> Int? {
          lines(of: "\(mounted)/cpu\(folder)/\(name)").first.flatMap { Int($0) }
        }
        return processors(quota: number("cpu.cfs_quota_us"), period: number("cpu.cfs_period_us"))
      }
    return quotas.compactMap { $0 }.min()
  }

  /// A group's folder and all above it: "", "/a", "/a/b".
  private static func folders(of group: Substring) -> [String] {
    group.split(separator: "/").reduce(into: [""]) { $0.append($0[$0.count - 1] + "/" + $1) }
  }

  static func processors(quota: Int?, period: Int?) -> Int? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return max(1, (quota + period - 1) / period)
  }

  private static func lines(of path: String) -> [Substring] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = read(file, &bytes, bytes.count)
    guard count > 0 else { return [] }
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
  }
}
