package import Ink

/// A drawing that shows how a person draws a gesture.
package struct GestureExample: Sendable, Equatable {
  /// The gesture's name.
  package let name: String
  /// The strokes, in the order in which they were drawn.
  package let strokes: [Stroke]

  /// Makes an example.
  package init(name: String, strokes: [Stroke]) {
    self.name = name
    self.strokes = strokes
  }

  /// How many examples teach a gesture.
  package static let usualCount = 5
}
