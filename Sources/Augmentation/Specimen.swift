// A labelled drawing to learn from.

/// A symbol drawn by a hand, as strokes.
package struct Specimen: Sendable, Equatable {
  /// What was drawn.
  package var trail: Trail
  /// Its class.
  package var label: Int

  /// Makes a specimen.
  package init(trail: Trail, label: Int) {
    self.trail = trail
    self.label = label
  }
}
