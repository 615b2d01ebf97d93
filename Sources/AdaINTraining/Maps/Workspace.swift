import AdaIN

/// Memory for maps that come and go within a step.
final class Workspace {
  let buffer: AlignedBuffer

  init(_ what: String, count: Int) throws(AdaINError) {
    buffer = try AlignedBuffer(what, count: count, zeroed: true)
  }
}

/// Memory for the maps of one pass after another, whose pictures have many sizes: the system would have to clear
/// some hundred megabytes anew for each.
final class ReusedMemory {
  private var workspaces: [Workspace] = []
  private var next = 0

  /// All of it is free: what the pass before made is no longer looked at.
  func begin() { next = 0 }

  /// - Returns: memory of at least that size, holding whatever it held.
  func workspace(_ what: String, count: Int) throws(AdaINError) -> Workspace {
    defer { next += 1 }
    if next == workspaces.count {
      workspaces.append(try Workspace(what, count: count))
    } else if workspaces[next].buffer.count < count {
      workspaces[next] = try Workspace(what, count: count)
    }
    return workspaces[next]
  }
}
