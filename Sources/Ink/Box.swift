/// An upright rectangle: of ink in page units, of a picture in pixels.
public struct Box: Sendable, Hashable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// Distance from the left to the right edge.
  public var width: Double
  /// Distance from the top to the bottom edge.
  public var height: Double

  /// Makes a box from its top left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}
