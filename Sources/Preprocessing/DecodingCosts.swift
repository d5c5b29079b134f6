// All costs and thresholds by which symbols are found in ink and accepted: they were tuned together.

/// The costs and thresholds of segmentation and decoding.
///
/// A cost is a negative natural logarithm of a probability. A length is a share of the line's height unless
/// its comment says otherwise. The values were tuned on pages made of digits of writers that no network was
/// trained on. Together they read 90.5, 91.3 and 92.3 % of three times 400 pages with a touching pair, and 98
/// % of pages of two lines. `Models/NOTES.md` has the measurements.
package struct DecodingCosts: Sendable, Equatable {
  /// The costs of a boundary between two neighbouring pieces.
  package struct Boundary: Sendable, Equatable {
    /// What one symbol costs that contains both pieces.
    package var joining: Double
    /// What it costs that one symbol ends and another begins here; each of the two pays half.
    package var separating: Double
  }

  /// The usual values.
  package static let standard = DecodingCosts()

  /// Ink whose longer side is a smaller share of the height of the capitals and digits around it is a dot: it is not
  /// enlarged to fill a network's input.
  package static let dotShare = 0.12

  // MARK: Boundaries. Set by what handwriting usually looks like; not measured one by one.

  /// A piece smaller than this in both directions is small: a dot, or the bar of a 5.
  let smallPiece = 0.5
  /// A piece smaller than this in both directions, with the width of its strokes, is a dot.
  let dotPiece = 0.25
  /// A wide piece lower than this is a dash.
  let flatPiece = 0.2
  /// A dot or a dash with a wider gap beside a digit, or a higher one above or below it, is a sign of its own.
  ///
  /// The bars of a 5 and a 7 overlap their digit, or nearly touch it.
  let signGap = 0.08
  let signDistance = 0.35
  /// Two pieces overlap if they share more than this part of the narrower one's width.
  let overlap = 0.5
  /// The boundary of pieces that overlap, and where one of them is small.
  let overlapping = Boundary(joining: 0.3, separating: 2)
  let smallOverlapping = Boundary(joining: 0, separating: 4)
  /// The boundary of pieces without a gap that do not overlap, and where one of them is small.
  let adjoining = Boundary(joining: 0.9, separating: 0.3)
  let smallAdjoining = Boundary(joining: 0.3, separating: 0.9)
  /// The boundary of pieces with a gap of no width, and where one of them is small.
  let apart = Boundary(joining: 1.2, separating: 0)
  let smallApart = Boundary(joining: 0.6, separating: 0.6)
  /// What a gap as wide as the line is high adds to the cost of joining.
  let joiningAcrossGap = 8.0
  /// What such a gap takes from the cost of separating a small piece.
  let separatingAcrossGap = 6.0

  // MARK: Cuts

  /// The cost of a cut, so that ink is not cut without need.
  ///
  /// A symbol that costs less itself is not cut.
  package let cut = 0.1
  /// The cost of a strip between two cuts that belongs to both symbols beside it.
  let sharedStrip = 0.7
  /// A piece lower than this is not cut: touching digits are both nearly as high as their line.
  let minCutHeight = 0.5
  /// A piece wider than this many times its own height is a drawn line, not a row of touching symbols.
  let maxCutAspect = 9.0
  /// A part of a cut piece lower than this is not a hypothesis: the upper bow of a digit is not a digit.
  let minPartHeight = 0.7

  // MARK: Hypotheses

  /// The most pieces of one symbol; the parts of a cut piece count as one.
  ///
  /// It limits the number of hypotheses. Written digits have one to three strokes.
  let maxPieces = 4
  /// A hypothesis whose joins cost more is not offered.
  let maxJoining = 8.0
  /// A hypothesis of several pieces that is wider is not offered.
  let maxJoinedWidth = 2.2
  /// A symbol wider than this costs more, in proportion to the excess, by this factor.
  ///
  /// Digits are narrower.
  let usualWidth = 0.75
  let excessWidth = 2.0
  /// The most that the width of an uncut piece costs: it may be one scribble.
  let maxExcessWidth = 1.5

  // MARK: Scores

  /// The most that the networks' answer costs, and the cost of a low stroke.
  ///
  /// With 6 instead of 3, a letter among digits was cut into digits: 42 instead of 76 % of 200 such pages
  /// were right.
  package let maxScore = 3.0
  /// The least confidence whose logarithm is taken.
  package let minConfidence = 1e-9
  /// An additional cost of a part that looks like a single stroke: many symbols have an edge that looks like
  /// one.
  ///
  /// Without it, a 1 with a foot is read as 11.
  package let strokePart = 0.12
  /// The least confidence of a part, and of a part that looks like a single stroke, on a page without other
  /// confident digits: parts of letters and scribbles often look like strokes.
  ///
  /// With less, a V is read as 11.
  package let minPartConfidence = 0.95
  package let minStrokePartConfidence = 0.995
  /// The least confidence of a part beside other confident digits.
  ///
  /// Touching pages: 91 % right, 86 % without.
  package let minPartConfidenceBesideDigits = 0.7

  // MARK: Which symbols are cut

  /// A symbol that is wider than this against its own height may be two, beside other confident digits
  /// always.
  package let wideAspect = 0.85
  /// A symbol that is narrower than this against its own height is one.
  package let narrowAspect = 0.55
  /// A symbol read with this confidence is one, and a wide one on a page without other confident digits with
  /// the other.
  package let singleConfidence = 0.99
  package let wideSingleConfidence = 0.999

  // MARK: Refusal. See `PageRefusalRule`.

  /// A symbol that is not a single stroke and is read with this confidence is confident: it affects the
  /// others.
  package let confident = 0.98
  /// Beside a confident symbol the threshold is at most this.
  ///
  /// Pages of two lines: 98 instead of 96.5 % right.
  package let maxThresholdBesideConfident = 0.3
  /// On a page of several symbols of which none is confident the threshold is at least this, and all are
  /// refused if one is.
  ///
  /// Half-erased digits refused as pages: 97 instead of 85 %.
  package let minThresholdWithoutConfident = 0.93
  /// A single stroke lower than this is not a 1: it is a comma, a dash, or a remainder of something erased.
  package let minStrokeHeight = 0.6
}
