// A drawn symbol with its class, for training.

/// A symbol drawn by hand, as polylines, with its class.
package struct LabelledPolylines: Sendable, Equatable {
  /// The strokes.
  package var drawing: PolylineDrawing
  /// The class.
  package var label: Int

  /// Makes a labelled drawing.
  package init(_ drawing: PolylineDrawing, label: Int) {
    self.drawing = drawing
    self.label = label
  }
}
