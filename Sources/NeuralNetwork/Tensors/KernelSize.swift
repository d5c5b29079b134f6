/// The rows and columns of the window that a convolution or a pool slides over its input.
///
/// In an architecture's text it is one number for a square window, or two with `x` between: `3`, `1x5`.
public struct KernelSize: Sendable, Hashable, CustomStringConvertible, ExpressibleByIntegerLiteral {
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int

  /// Makes a window.
  ///
  /// - Parameters:
  ///   - height: Rows.
  ///   - width: Columns.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Makes a square window.
  ///
  /// - Parameter side: Rows and columns.
  public init(integerLiteral side: Int) { self.init(height: side, width: side) }

  /// The values of a channel in one window.
  public var count: Int { height * width }

  /// Whether it has as many rows as columns.
  public var isSquare: Bool { height == width }

  /// For example `3×3`.
  public var description: String { "\(height)×\(width)" }
}
