// This target's kernels: names and sizes here, each kernel in the file of its idea.

/// The kernels of this target's instruction set.
public enum Level: Sendable {
  #if KERNELS_V4
  public static var name: String { "v4" }
  #elseif KERNELS_V3
  public static var name: String { "v3" }
  #else
  public static var name: String { "baseline" }
  #endif
  public static var blockWidth: Int { block }
  public static var tileHeight: Int { height }
}
