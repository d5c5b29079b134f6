// All thresholds by which ink is told from paper, lines, print and blemishes: they were tuned together.

/// The thresholds of ink extraction from scans and photos.
///
/// A contrast is the share of the paper's brightness that is missing, 255 for all of it. Lengths are in pixels of
/// the picture that is searched, which is enlarged or reduced first, unless a comment says otherwise.
package struct PaperThresholds: Sendable, Equatable {
  /// The usual values.
  package static let standard = PaperThresholds()

  // MARK: Size of the picture that is searched

  /// A picture with a longer side is reduced.
  let largestSide = 1200
  /// A picture is enlarged by a whole factor as long as its longer side stays below this: a pen's line of one or
  /// two pixels is too thin for outlines and cuts.
  let enlargedSide = 720
  /// The greatest factor.
  let maxEnlargement = 3

  // MARK: Which pictures are forms. See `FormEvidence`.

  /// A picture whose longer side is shorter is small.
  let smallSide = 320
  /// The writing of a small picture is small if it is lower than this share of the picture.
  let smallWriting = 0.25
  /// A picture with a shorter side has no lines: they could not be told from a digit's bar.
  let minSideWithLines = 40
  /// With more lines, a larger picture is ruled or squared paper.
  ///
  /// With up to 12, five of 500 made photos were read
  /// wrong, with up to 6 none; sums in columns have 1 to 4.
  let maxFormLines = 6
  /// The least length of the longest line of a clean form as a multiple of the height of its writing.
  let frameSide = 4.0

  // MARK: Contrast

  /// The least contrast of ink.
  let minContrast = 22.0
  /// The least contrast of ink as a multiple of the paper's noise.
  let minContrastToNoise = 4.0
  /// With more specks than this the paper is grainy: the least contrast is raised by `grainFactor`, at most
  /// `maxGrainSteps` times.
  let maxSpecks = 60
  /// The factor by which the least contrast is raised.
  let grainFactor = 1.35
  /// How many times the least contrast is raised.
  let maxGrainSteps = 4
  /// A speck is at most this wide and high.
  let speckSize = 5
  /// A pixel is ink if its contrast is at least this share of the strongest contrast around it.
  let shareOfLocalPeak = 0.45
  /// The radius within which the strongest contrast is searched, as a share of the shorter side.
  let peakRadius = 1.0 / 45
  /// The contrast, as a share of that of its mark, at which ink begins in the result.
  let lowShare = 0.3
  /// The contrast, as a share of that of its mark, at which ink is full in the result.
  let fullShare = 0.92
  /// A small or flat mark whose contrast is a smaller share of that of the writing is faint.
  let faintShare = 0.35
  /// A remainder of a removed line beside writing is one if its contrast is a smaller share of that of the writing.
  let faintRemainder = 0.65

  // MARK: Lines

  /// The greatest slope of a line against the page's sides.
  let maxLineSlope = 0.375
  /// The greatest thickness of a line as a share of the shorter side.
  let maxLineThickness = 1.0 / 40
  /// The thickness that a line may always have, unless the picture is small.
  let minLineThickness = 5.0
  /// The least length of a line as a multiple of its thickness.
  let lineAspect = 10.0
  /// The least length of a segment, in multiples of its thickness, that may be joined with others.
  let segmentAspect = 3.0
  /// The longest gap between two segments of a line as a share of the page's side.
  let lineGap = 0.12
  /// The longest part of a gap without ink, as a share of the page's side: strokes of digits below each other are no
  /// line.
  let emptyLineGap = 0.05
  /// The least share of a line's length that is inked and thin.
  let lineCoverage = 0.55
  /// The greatest distance of a line's middle from a straight line, in pixels.
  let lineDeviation = 1.6
  /// The same as a share of the line's length: paper is not flat.
  let lineCurvature = 0.006
  /// A line as long as this share of the page's side is printed, whatever its surroundings.
  let sureLine = 0.45
  /// A page with frames of which a side is shorter than this share of the page is a form.
  let maxFrameSide = 0.8
  /// With more lines as long as `sureLine` in both directions, which fill that share of the page, it is squared paper.
  let maxCrossingLines = 4
  /// So many lines of that length are a form, however small its writing is.
  let minFormLines = 3
  /// The least height of the marks as a share of a line's length that tells the line from writing.
  let minHeightToLine = 0.12
  /// The least length of a horizontal line as a multiple of the usual height of the marks.
  let horizontalLine = 1.7
  /// The least length of a vertical line as a multiple of the usual height of the marks.
  let verticalLine = 2.2
  /// Ink on a line is kept where its contrast is this many times that of the line.
  let contrastOverLine = 1.6

  /// The same of a line with ink above and none below it: an underline that touches the writing.
  let underlineLength = 1.15
  /// The share of a line's surroundings below it that may have ink if it is an underline, as a share of its length.
  let inkBelowUnderline = 0.12

  // MARK: Marks. Lengths are multiples of the usual height of the marks.

  /// A mark lower than this is low, and one lower and narrower than this is small.
  let lowMark = 0.6
  /// A mark smaller than `edgeMark` or a thin mark at most this far from the border is an edge.
  let edgeZone = 0.8
  /// The size of a mark that may be an edge.
  let edgeMark = 0.75
  /// The edge zone does not hold for marks that are closer to writing.
  let edgeDistance = 0.5
  /// A mark that is not small is no edge if writing is at most this far beside it.
  let rowGap = 2.5
  /// A thin mark near the border is a piece of a broken line if so many others stand above and below it.
  let minPiecesOfLine = 4
  /// A mark smaller than this is a speck.
  let speck = 0.13
  /// A thin straight mark this much longer than the writing is high is a line.
  let barLength = 1.4
  /// A mark is thin if it is this many times longer than wide.
  let barAspect = 5.0
  /// A mark closer to writing is no remainder of a removed line, but the bar of a 5 or the foot of a 2.
  let barDistance = 0.25
  /// A small mark farther from all high marks is a speck.
  let maxDistance = 0.9
  /// A mark is flat if it is this many times wider than high.
  let flatAspect = 2.6
  /// A flat mark higher than this is not a line.
  let maxFlatHeight = 0.4
  /// A remainder of a removed line is at most this high, across the line.
  let lineRemainder = 0.35
  /// A dot or comma behind a number is at most this high and wide.
  let punctuation = 0.36
  /// The greatest distance of a dot or comma from its number.
  let punctuationDistance = 1.0
  /// A row of small print has marks lower than this.
  let printHeight = 0.6
  /// The same of a mark that is so much wider than high that it is a printed word, with letters below the line.
  let printedWordHeight = 0.85
  /// How many times wider than high a printed word is.
  let printedWordAspect = 1.6
  /// The least length of a row of small print.
  let printLength = 1.5
  /// The least number of marks of a row of small print, unless it has the least length.
  let printCount = 5
}
