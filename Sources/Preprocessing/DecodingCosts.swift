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

  /// The values for text, whose letters differ more in width and height than digits.
  ///
  /// Set by the shapes of letters; `TextCosts` has what was chosen on validation data.
  package static let text: DecodingCosts = {
    var costs = DecodingCosts()
    // An m or W is wider than it is high, and a full stop is far smaller than an f.
    costs.usualWidth = 1.1
    costs.maxJoinedWidth = 1.8
    costs.minInk = 0.03
    // Letters stand close to each other, and the strokes of a letter rarely have a gap.
    costs.apart = Boundary(joining: 0.9, separating: 0)
    costs.smallApart = Boundary(joining: 0.8, separating: 0.6)
    costs.joiningAcrossGap = 24
    costs.smallInside = 0.35
    costs.minCutHeight = 0.35
    costs.minPartHeight = 0.3
    costs.cutsStrokes = true
    costs.joinsDots = true
    costs.keepsDots = true
    return costs
  }()

  /// The values for digits, which have no dots and dashes of their own.
  package static let digits: DecodingCosts = {
    var costs = DecodingCosts()
    costs.separatesSigns = true
    return costs
  }()

  /// The values for sums, in whose signs dots and bars count.
  package static let sums: DecodingCosts = {
    var costs = DecodingCosts()
    // A dot beside a long bar is no dust.
    costs.minInk = 0
    costs.keepsDots = true
    costs.readsFractions = true
    costs.hasBrackets = true
    costs.levelsPages = true
    // Large parts of one digit rarely have a gap between them, but the networks may read a 1 beside a 3 as one 3.
    costs.apart = Boundary(joining: 2, separating: 0)
    // Parts of drawn strokes look more like digits than parts of pixels, so a cut costs more.
    costs.cutsStrokes = true
    costs.cut = 0.6
    return costs
  }()

  /// Ink whose longer side is a smaller share of the height of the capitals and digits around it is not enlarged to fill
  /// a network's input: what fills the input by this share tells a dot from a comma and from a minus sign.
  package static let dotShare = 0.4

  /// Ink whose longer side is a smaller share of the size of the page's largest ink is dust.
  private(set) var minInk = 0.07
  /// Ink whose longer side is a smaller share of the line's height belongs to the piece that it lies above, below or
  /// within.
  private(set) var smallInside = 0.6

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
  private(set) var apart = Boundary(joining: 1.2, separating: 0)
  private(set) var smallApart = Boundary(joining: 0.6, separating: 0.6)
  /// What a gap as wide as the line is high adds to the cost of joining.
  private(set) var joiningAcrossGap = 8.0
  /// What such a gap takes from the cost of separating a small piece.
  let separatingAcrossGap = 6.0

  /// The boundary of a bar and a digit above or below it, in sums.
  let fractionBar = Boundary(joining: 2, separating: 0.2)
  /// A bar at the top of a digit and to its right.
  let topBar = Boundary(joining: 0, separating: 3)
  /// A comma or point at the foot of a digit.
  let lowMark = Boundary(joining: 4, separating: 0)
  /// A bar is flatter than this share of its width.
  let barAspect = 0.35

  // MARK: Cuts

  /// The cost of a cut, so that ink is not cut without need.
  ///
  /// A symbol that costs less itself is not cut.
  package private(set) var cut = 0.1
  /// Whether dots are joined with the stems that they belong to.
  private(set) var joinsDots = false
  /// Whether a drawn dot or dash that stands apart is never a part of another symbol.
  private(set) var separatesSigns = false
  /// Whether dots beside the writing are kept, however small.
  private(set) var keepsDots = false
  /// Whether a bar between two digits above each other may be that of a fraction.
  private(set) var readsFractions = false
  /// Whether brackets, which are higher than digits, do not count for the height of a line.
  private(set) var hasBrackets = false
  /// Such a line is this many times as high as the median of its tall pieces.
  let medianShare = 1.1
  /// A tall piece has at least this share of the height of the highest one.
  let tallPiece = 0.4
  /// Whether a picture of skewed lines is levelled as a whole, and not only the input of each line.
  private(set) var levelsPages = false
  /// Whether drawn ink is cut into parts of its strokes, which have a path of the pen, and not into pixels.
  ///
  /// Digits are cut as pixels, which the measurements above are of.
  private(set) var cutsStrokes = false
  /// The cost of a strip between two cuts that belongs to both symbols beside it.
  let sharedStrip = 0.7
  /// A piece lower than this is not cut: touching digits are both nearly as high as their line.
  private(set) var minCutHeight = 0.5
  /// A piece wider than this many times its own height is a drawn line, not a row of touching symbols.
  let maxCutAspect = 9.0
  /// A part of a cut piece lower than this is not a hypothesis: the upper bow of a digit is not a digit.
  private(set) var minPartHeight = 0.7

  // MARK: Hypotheses

  /// The most pieces of one symbol; the parts of a cut piece count as one.
  ///
  /// It limits the number of hypotheses. Written digits have one to three strokes.
  let maxPieces = 4
  /// A hypothesis whose joins cost more is not offered.
  let maxJoining = 8.0
  /// A hypothesis of several pieces that is wider is not offered.
  private(set) var maxJoinedWidth = 2.2
  /// A symbol wider than this costs more, in proportion to the excess, by this factor.
  ///
  /// Digits are narrower.
  private(set) var usualWidth = 0.75
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

  // MARK: Words of scans and photos. See `PageReview`.

  /// A gap wider than this share of the height of the higher neighbour separates two words.
  package let wordGap = 1.0
  /// A word with this mean confidence is a number.
  package let minNumberConfidence = 0.5
  /// A word or mark with a lower confidence is no number.
  package let maxPrintConfidence = 0.3
  /// A word lower than this share of the numbers' height is set aside if it is none, or only strokes.
  package let minWordHeight = 0.6
  /// Up to this many symbols on paper are cut as if they were beside confident digits.
  package let maxAlone = 3
  /// A word of this many symbols is refused as a whole if most of them are.
  package let minRefusedWord = 4

  /// A word with more evidence for letters is no number.
  package let minLetterEvidence = 3.5
  /// A row of at least so many words is judged as a whole; in a row, gaps are narrower than this many times the
  /// height, and a word is at most so many times as high as the next.
  package let minWordsOfRow = 3
  package let rowGap = 2.0
  package let maxHeightRatio = 1.8
  /// The words of a page that are at most so many times as high as words of letters are judged as a whole, and are letters
  /// with more evidence than this.
  ///
  /// So much is needed on a page before any word is set aside.
  package let maxPrintHeight = 1.25
  package let minLetterEvidenceOfPage = 6.0

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
  /// Both in the cell of a form, whose number is one of a few digits that are hard to read.
  package let minThresholdOfNumber = 0.85
  package let maxThresholdInNumber = 0.6
  /// A single stroke lower than this is not a 1: it is a comma, a dash, or a remainder of something erased.
  package let minStrokeHeight = 0.6
}
