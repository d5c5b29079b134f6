// Rectangles on the page.

/// An upright rectangle on the page, in page units.
public struct Box: Sendable, Hashable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The distance from the left edge to the right one.
  public var width: Double
  /// The distance from the top edge to the bottom one.
  public var height: Double

  /// Creates a box from its upper left corner and its sides.
  ///
  /// - Parameters:
  ///   - x: the left edge.
  ///   - y: the top edge.
  ///   - width: the width.
  ///   - height: the height.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Creates the smallest box around some points; nil without points.
  ///
  /// - Parameter points: the points.
  public init?(around points: some Sequence<Point>) {
    var left = Double.infinity
    var top = Double.infinity
    var right = -Double.infinity
    var bottom = -Double.infinity
    for point in points {
      left = min(left, point.x)
      top = min(top, point.y)
      right = max(right, point.x)
      bottom = max(bottom, point.y)
    }
    guard left <= right else { return nil }
    self.init(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// The right edge.
  public var right: Double { x + width }
  /// The bottom edge.
  public var bottom: Double { y + height }

  /// The box grown by a margin on all four sides.
  ///
  /// - Parameter margin: the margin; a negative one shrinks the box.
  /// - Returns: the larger box.
  public func grown(by margin: Double) -> Box {
    Box(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }

  /// The box with all coordinates multiplied by a factor.
  ///
  /// - Parameter scale: the factor.
  /// - Returns: the scaled box.
  public func scaled(by scale: Double) -> Box {
    Box(x: x * scale, y: y * scale, width: width * scale, height: height * scale)
  }

  /// The smallest box that contains both.
  ///
  /// - Parameter other: the other box.
  /// - Returns: the union.
  public func union(_ other: Box) -> Box {
    let left = min(x, other.x)
    let top = min(y, other.y)
    return Box(
      x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }

  /// Whether both share at least a point of an edge.
  ///
  /// - Parameter other: the other box.
  /// - Returns: whether they touch.
  public func touches(_ other: Box) -> Bool {
    x <= other.right && other.x <= right && y <= other.bottom && other.y <= bottom
  }
}
