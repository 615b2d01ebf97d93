import Foundation
import Testing

@testable import AdaIN

/// Processors that control groups pay for, in made-up hierarchies.
@Suite("Processor count") struct ProcessorCountTests {
  /// - Parameters:
  ///   - groups: what /proc/self/cgroup says.
  ///   - files: by path in the hierarchy.
  private func quota(_ groups: String, _ files: [String: String]) throws -> Int? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "adain-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in files.merging(["groups": groups], uniquingKeysWith: { $1 }) {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return ProcessorCount.controlGroupQuota(
      mounted: folder.path, groups: folder.appending(path: "groups").path)
  }

  @Test("the smallest of the process's own group and all above it")
  func nested() throws {
    let groups = "0::/system.slice/photos.service\n"
    #expect(try quota(groups, ["system.slice/photos.service/cpu.max": "150000 100000\n"]) == 2)
    #expect(
      try quota(
        groups,
        [
          "cpu.max": "800000 100000\n", "system.slice/cpu.max": "300000 100000\n",
          "system.slice/photos.service/cpu.max": "max 100000\n",
        ]) == 3)
    #expect(try quota(groups, ["other.slice/cpu.max": "100000 100000\n"]) == nil)
  }

  @Test("version 1, containers that see their group at the root, and no /proc")
  func others() throws {
    let first = [
      "cpu/a/cpu.cfs_quota_us": "250000\n", "cpu/a/cpu.cfs_period_us": "100000\n",
      "cpu/cpu.cfs_quota_us": "-1\n",
      "cpu/cpu.cfs_period_us": "100000\n",
    ]
    #expect(try quota("5:memory:/a\n4:cpu,cpuacct:/a\n", first) == 3)
    #expect(try quota("0::/\n", ["cpu.max": "100000 100000\n"]) == 1)
    #expect(try quota("0::/../../hidden\n", ["cpu.max": "50000 100000\n"]) == 1)
    #expect(try quota("", ["cpu.max": "400000 100000\n"]) == 4)
    #expect(try quota("nonsense\n:::\n", [:]) == nil)
  }
}
