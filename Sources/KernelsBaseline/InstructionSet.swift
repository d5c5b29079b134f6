// The type that has this target's kernels, with its name and sizes; each kernel is an extension in its own file.

/// The kernels of this target's instruction set.
public enum InstructionSet: Sendable {
  #if KERNELS_V4
  /// The instruction set's name.
  public static var name: String { "v4" }
  #elseif KERNELS_V3
  /// The instruction set's name.
  public static var name: String { "v3" }
  #else
  /// The instruction set's name.
  public static var name: String { "baseline" }
  #endif
  /// Columns in a block of packed weights.
  public static var blockWidth: Int { block }
  /// Rows that share a register tile.
  public static var tileHeight: Int { height }
}
