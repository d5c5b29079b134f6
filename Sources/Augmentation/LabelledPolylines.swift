// A drawing with its class.

/// A drawing with its class.
package struct LabelledPolylines: Sendable, Equatable {
  /// The strokes.
  package var drawing: PolylineDrawing
  /// The class.
  package var label: Int
  /// The longer side as a share of the height of the writer's capitals and digits; nil where that is unknown.
  package var relativeSize: Float?

  /// Makes a drawing with its class.
  package init(_ drawing: PolylineDrawing, label: Int, relativeSize: Float? = nil) {
    self.drawing = drawing
    self.label = label
    self.relativeSize = relativeSize
  }
}
