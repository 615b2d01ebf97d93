/// How many threads a call uses unless told otherwise.
public enum ProcessorCount {
  /// The processors that this process may use, by affinity mask and control-group quota.
  public static var available: Int { 1 }
}
