// What every level of kernels can do. Each level is a private target built from the same sources for its own
// instruction set; `Kernels` chooses one when the program starts.

public import KernelJobs

/// A level's kernels. Nothing is checked: pointers must lead to what the jobs say.
public protocol Arithmetic: Sendable {
  /// The level's name: v4, v3 or baseline.
  static var name: String { get }
  /// Columns in a block of packed weights.
  static var blockWidth: Int { get }
  /// Rows that share a register tile.
  static var tileHeight: Int { get }

  /// Sums of products for rows and columns.
  static func products(_ job: Products)
  /// Sums of outer products over rows.
  static func outerProducts(_ job: OuterProducts)
  /// Runs `rounds` of independent multiply-adds in registers; gives how many operations that was.
  static func multiplyAdds(rounds: Int, start: Float, into result: UnsafeMutablePointer<Float>) -> Int
}
