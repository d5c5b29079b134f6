// This target's kernels: names and sizes here, each kernel in the file of its idea.

/// The kernels of this target's instruction set.
public enum InstructionSet: Sendable {
  #if KERNELS_V4
  /// The level's name.
  public static var name: String { "v4" }
  #elseif KERNELS_V3
  /// The level's name.
  public static var name: String { "v3" }
  #else
  /// The level's name.
  public static var name: String { "baseline" }
  #endif
  /// Columns in a block of packed weights.
  public static var blockWidth: Int { block }
  /// Rows that share a register tile.
  public static var tileHeight: Int { height }
}
