// What a person says that a part of the ink is.

/// What a person says that a part of the ink is, for example that the ink in a box is a "3".
public struct InkLabel: Sendable, Hashable {
  /// The box around the ink, in page units.
  public let box: Box
  /// What it is.
  public let text: String

  /// Creates a label.
  ///
  /// - Parameters:
  ///   - box: the box around the ink.
  ///   - text: what the ink is.
  public init(_ box: Box, _ text: String) {
    self.box = box
    self.text = text
  }

  /// The most that an edge of the box may differ, in page units.
  ///
  /// The box of unchanged ink moves by less than this when other ink changes the size at which the page is read.
  private static let tolerance = 4.0

  /// Whether the label is about the ink in a box: ink that was changed has another box.
  ///
  /// - Parameter other: the box.
  /// - Returns: whether all edges are the same within a small tolerance.
  public func isAbout(_ other: Box) -> Bool {
    [box.x - other.x, box.y - other.y, box.right - other.right, box.bottom - other.bottom].allSatisfy {
      abs($0) <= Self.tolerance
    }
  }
}
