// How strongly training pictures are varied.

/// How strongly pictures are varied before they enter a batch; 0 leaves a property unchanged.
package struct Distortion: Sendable, Hashable {
  /// Rotation by up to this many degrees in either direction.
  package var rotation: Float = 0
  /// Scaling by up to this share, and by a third of it in each direction independently.
  package var scale: Float = 0
  /// Shear by up to this many degrees in either direction.
  package var shear: Float = 0
  /// Translation by up to this many pixels, horizontally and vertically.
  package var shift: Float = 0
  /// The standard deviation, in pixels, of a smooth random displacement field.
  package var elastic: Float = 0
  /// The probability of thicker or thinner strokes.
  package var thicknessProbability: Float = 0
  /// The probability that a small rectangle is erased.
  package var erasureProbability: Float = 0
  /// The probability of a coarse scan: reduced in size, reduced to black and white, enlarged again.
  package var coarseScanProbability: Float = 0
  /// The probability that a picture is not varied: varied pictures alone are never as sharp as real ones.
  package var unchangedProbability: Float = 0

  /// Leaves pictures unchanged.
  package init() {}

  /// Whether every picture is left unchanged.
  package var isIdentity: Bool {
    var other = self
    other.unchangedProbability = 0
    return other == Distortion() || unchangedProbability >= 1
  }
}
