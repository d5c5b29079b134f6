// From a page to lattices of symbol hypotheses.

public import Ink

/// Finds lines of pieces of ink, and offers hypotheses of which pieces are symbols.
///
/// It uses no network.
public struct Segmentation: Sendable {
  /// How ink becomes a network's input.
  public let normalizer: InputNormalizer
  /// For which reasons marks of pictures are set aside: all of them on forms with numbers.
  public let ignoring: Set<IgnoredMark.Reason>

  private let costs: DecodingCosts

  /// Creates a segmentation.
  ///
  /// - Parameters:
  ///   - normalizer: how ink becomes a network's input.
  ///   - ignoring: for which reasons marks of pictures are set aside.
  public init(
    normalizer: InputNormalizer = .usual, ignoring: Set<IgnoredMark.Reason> = IgnoredMark.Reason.all
  ) {
    self.init(normalizer: normalizer, ignoring: ignoring, costs: .standard)
  }

  /// Creates a segmentation with other costs than the usual ones.
  package init(
    normalizer: InputNormalizer, ignoring: Set<IgnoredMark.Reason> = [], costs: DecodingCosts
  ) {
    self.normalizer = normalizer
    self.ignoring = ignoring
    self.costs = costs
  }

  /// Segments a page: its strokes, or its picture, or the picture of both.
  ///
  /// - Parameters:
  ///   - page: the page.
  ///   - guides: the guide lines that the page has, in page units; without any, lines are found in the ink.
  /// - Returns: the lattices; their boxes are in page units for strokes, otherwise in pixels of the ink.
  public func lattice(of page: Page, guides: [GuideLine] = []) -> PageLattice {
    guard let picture = page.drawnPicture else { return lattice(of: page.drawing.strokes, guides: guides) }
    let longer = max(picture.width, picture.height)
    let guides = guides.map { $0.scaled(by: Double(longer) / Page.longerSide) }
    var result = lattice(of: picture, guides: guides)
    result.placement.pictureScale = Page.longerSide / Double(max(longer, 1))
    return result
  }

  /// Segments strokes.
  ///
  /// - Parameters:
  ///   - strokes: the strokes of a page.
  ///   - guides: the guide lines that the page has; without any, lines are found in the ink.
  /// - Returns: the lattices; their boxes are in page units.
  public func lattice(of strokes: [Stroke], guides: [GuideLine] = []) -> PageLattice {
    lattice(of: StrokePieces.pieces(of: strokes), guides)
  }

  /// Segments a picture.
  ///
  /// - Parameters:
  ///   - picture: a picture of a page.
  ///   - guides: the guide lines that the page has, in pixels; without any, lines are found in the ink.
  /// - Returns: the lattices; their boxes are in pixels of the ink, which `pageBox(of:)` places on the page.
  public func lattice(of picture: GrayImage, guides: [GuideLine] = []) -> PageLattice {
    // Guide lines are where they are in the picture as it is.
    let extracted = extractedInk(of: picture, flattens: guides.isEmpty)
    let width = extracted.sheet?.width ?? picture.width
    let inkScale = extracted.ink.width > 0 ? Double(width) / Double(extracted.ink.width) : 1
    let isForm = extracted.steps != nil
    var placement = PagePlacement(inkScale: inkScale, sheet: extracted.sheet)
    if costs.levelsPages { placement.skew = PageSkew(of: extracted.ink) }
    if isForm { placement.slant = WritingSlant(of: extracted.ink) }
    var page = lattice(
      of: PicturePieces.pieces(of: placement.upright(extracted.ink), keepsDots: costs.keepsDots),
      guides.map { $0.scaled(by: 1 / inkScale) },
      isForm: isForm)
    page.ignored += extracted.ignored
    page.isPaper = extracted.isPaper
    page.isForm = isForm
    page.placement = placement
    return page
  }

  /// Separates the ink of a picture from its paper.
  ///
  /// - Parameters:
  ///   - picture: a picture of a page.
  ///   - flattens: whether a sheet that was photographed at an angle is flattened before.
  /// - Returns: the ink and what was set aside.
  package func extractedInk(of picture: GrayImage, flattens: Bool = true) -> ExtractedInk {
    InkExtraction.extracted(
      from: picture, ignoring: ignoring, flattens: flattens, keepsDots: costs.keepsDots)
  }

  /// Segments ink that was extracted from a picture.
  ///
  /// - Parameter ink: the ink.
  /// - Returns: the lattices; their boxes are in pixels.
  public func lattice(of ink: Coverage) -> PageLattice {
    lattice(of: PicturePieces.pieces(of: ink, keepsDots: costs.keepsDots), [])
  }

  private func lattice(
    of pieces: [Piece], _ guides: [GuideLine], isForm: Bool = false
  ) -> PageLattice {
    if !guides.isEmpty {
      let lines = Lines.lines(of: pieces, on: guides, minInk: costs.minInk)
      return PageLattice(lines: lines.map { lattice(of: $0.pieces, on: $0.guide) })
    }
    let lines = Lines.lines(of: pieces, minInk: costs.minInk, isForm: isForm).map { lattice(of: $0, on: nil) }
    return PageLattice(lines: lines.filter { !$0.hypotheses.isEmpty })
  }

  private func lattice(of line: [Piece], on guide: GuideLine?) -> SymbolLattice {
    let height = guide?.height ?? height(of: line)
    let joined = smallPiecesJoined(
      costs.joinsDots ? DottedStems.joined(line, height: height) : line, height: height)
    return SymbolLattice(
      pieces: joined, hypotheses: hypotheses(of: joined, height: height), height: height, guide: guide,
      skew: guide == nil ? BaselineSkew(of: joined, height: height) : BaselineSkew(slope: 0),
      sharedStripCost: costs.sharedStrip)
  }

  /// The height of a line without guide lines.
  private func height(of line: [Piece]) -> Double {
    let heights = line.map(\.box.height).sorted()
    guard costs.hasBrackets, let highest = heights.last else { return heights.last ?? 0 }
    let tall = heights.filter { $0 >= costs.tallPiece * highest }
    return tall.isEmpty ? highest : costs.medianShare * tall[(tall.count - 1) / 2]
  }

  /// A lattice with more nodes, and which of its hypotheses the coarser one had.
  package struct Refinement {
    /// The lattice with cut pieces.
    package var lattice: SymbolLattice
    /// The indices of hypotheses whose ink is that of a hypothesis of the coarser lattice, with the latter's
    /// index.
    package var unchanged: [Int: Int]
  }

  /// Cuts some pieces of a line wherever two symbols may touch in them.
  ///
  /// - Parameters:
  ///   - lattice: a line of uncut pieces.
  ///   - indices: the pieces that the decoder takes for two symbols perhaps.
  /// - Returns: the lattice with the cut positions; nil where no piece can be cut.
  package func refinement(of lattice: SymbolLattice, cutting indices: some Sequence<Int>) -> Refinement? {
    let chosen = Set(indices)
    let parts = lattice.pieces.enumerated().map { i, piece in
      chosen.contains(i) ? PieceCutter.parts(of: piece, lineHeight: lattice.height, costs) : [piece]
    }
    guard parts.contains(where: { $0.count > 1 }) else { return nil }
    var refined = lattice
    refined.pieces = Array(parts.joined())
    refined.hypotheses = hypotheses(of: refined.pieces, height: lattice.height)
    // Where the parts of drawn strokes are pixels, their union is not the strokes.
    let keepsInk = zip(lattice.pieces, parts).map { ($0.patch == nil) == ($1.first?.patch == nil) }
    let nodes = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    var coarse: [Range<Int>: Int] = [:]
    for (index, hypothesis) in lattice.hypotheses.enumerated()
    where keepsInk[hypothesis.pieces].allSatisfy(\.self) {
      coarse[nodes[hypothesis.pieces.lowerBound]..<nodes[hypothesis.pieces.upperBound]] = index
    }
    let unchanged = refined.hypotheses.enumerated().compactMap { index, hypothesis in
      coarse[hypothesis.pieces].map { (index, $0) }
    }
    return Refinement(lattice: refined, unchanged: Dictionary(uniqueKeysWithValues: unchanged))
  }

  /// The networks' input for a hypothesis.
  ///
  /// - Parameters:
  ///   - hypothesis: a hypothesis of the line.
  ///   - line: the line.
  ///   - isSized: whether the height of the line tells how large the symbol is, and what is a dot.
  /// - Returns: the input; without ink where the ink of the hypothesis is too faint.
  public func input(
    of hypothesis: Hypothesis, in line: SymbolLattice, isSized: Bool = false
  ) -> SymbolInput {
    guard let piece = Piece.joined(line.pieces[hypothesis.pieces]) else { return .blank }
    guard let ink = piece.patch?.ink else {
      let strokes = line.skew.levelled(piece.strokes)
      return SymbolInput(strokes, normalizer: normalizer, height: isSized ? line.height : nil) ?? .blank
    }
    let longer = max(hypothesis.box.width, hypothesis.box.height)
    let dot = isSized ? DecodingCosts.dotShare * line.height / piece.unit : 0
    guard let picture = normalizer.input(of: line.skew.levelled(ink), dot: dot) else { return .blank }
    return SymbolInput(picture: picture, relativeSize: isSized ? longer / max(line.height, 1e-9) : nil)
  }

  /// Joins each small piece with a neighbour that it lies above, below or within.
  private func smallPiecesJoined(_ line: [Piece], height: Double) -> [Piece] {
    var pieces = line
    var i = 0
    while i + 1 < pieces.count {
      let (a, b) = (pieces[i].box, pieces[i + 1].box)
      let shared = min(a.right, b.right) - max(a.x, b.x)
      let narrower = max(min(a.width, b.width), 1)
      let smaller = min(max(a.width, a.height), max(b.width, b.height))
      if shared >= 0.7 * narrower, smaller < costs.smallInside * height, pieces[i].canJoin(pieces[i + 1]),
        !(costs.readsFractions && isFractionBar(pieces[i], pieces[i + 1], height: height)),
        !(costs.readsFractions && isLowMark(pieces[i], pieces[i + 1], height: height)),
        !pieces[i].isBeside(pieces[i + 1]), !standApart(pieces[i], pieces[i + 1], lineHeight: height)
      {
        pieces[i] = pieces[i].joined(with: pieces[i + 1])
        pieces.remove(at: i + 1)
        i = max(i - 1, 0)
      } else {
        i += 1
      }
    }
    return pieces
  }

  /// Whether one of two pieces is a flat bar and the other a digit above or below it: numerator or denominator.
  private func isFractionBar(_ a: Piece, _ b: Piece, height: Double) -> Bool {
    func isBar(_ bar: Box, of digit: Box) -> Bool {
      let gap = max(bar.y, digit.y) - min(bar.bottom, digit.bottom)
      return bar.height <= costs.barAspect * bar.width && bar.width >= digit.width
        && digit.height >= costs.smallPiece * height && gap >= 0
    }
    return isBar(a.box, of: b.box) || isBar(b.box, of: a.box)
  }

  /// Whether one of two pieces is a comma or a point and the other a digit: it hangs at the foot of the digit, and is neither
  /// wide nor flat as the bar of ≤.
  private func isLowMark(_ a: Piece, _ b: Piece, height: Double) -> Bool {
    func isMark(_ mark: Box, of digit: Box) -> Bool {
      mark.height < costs.smallInside * height && mark.width < costs.smallPiece * height
        && mark.width <= 1.5 * mark.height && digit.height >= costs.smallInside * height
        && mark.y + mark.height / 2 > digit.bottom - 0.15 * height && mark.bottom > digit.bottom
    }
    return isMark(a.box, of: b.box) || isMark(b.box, of: a.box)
  }

  /// Whether a bar belongs to the top of a digit, as that of a 5: a minus sign stands at half the height, and the bar of a
  /// fraction begins left of the digits below it.
  private static func isTopBar(_ bar: Box, of digit: Box, height: Double) -> Bool {
    bar.width >= 2 * bar.height && bar.width <= height && digit.height >= 0.5 * height
      && bar.y + bar.height / 2 <= digit.y + 0.25 * digit.height && bar.bottom >= digit.y - 0.25 * height
      && bar.x >= digit.x + 0.2 * digit.width && bar.x - digit.right <= 0.2 * height
  }

  /// Whether one of two drawn pieces among digits is a sign of its own, such as a minus, a decimal point or a far dot.
  private func standApart(_ a: Piece, _ b: Piece, lineHeight: Double) -> Bool {
    costs.separatesSigns && a.patch == nil && b.patch == nil
      && costs.standApart(a.box, b.box, lineHeight: lineHeight)
  }

  /// Whether one of two neighbours touches the piece on the other side of its neighbour.
  ///
  /// From left to right the foot of a 1 may come between its flag and its stem: the flag is far above the foot, and yet a part
  /// of the digit.
  private func touchesBeyond(_ index: Int, _ pieces: [Piece]) -> Bool {
    let leftTouches = index + 2 < pieces.count && pieces[index].box.touches(pieces[index + 2].box)
    return leftTouches || index > 0 && pieces[index - 1].box.touches(pieces[index + 1].box)
  }

  /// The ink on both sides of the boundary after a piece, without cuts: how it lies does not depend on where it is cut.
  private static func uncutNeighbours(of index: Int, in pieces: [Piece]) -> (Piece, Piece) {
    let first = pieces[..<index].lastIndex { !$0.isCutFromNext }.map { $0 + 1 } ?? 0
    let last = pieces[(index + 1)...].firstIndex { !$0.isCutFromNext } ?? pieces.count - 1
    return (
      Piece.joined(pieces[first...index]) ?? pieces[index],
      Piece.joined(pieces[(index + 1)...last]) ?? pieces[index + 1]
    )
  }

  private func hypotheses(of pieces: [Piece], height: Double) -> [Hypothesis] {
    var result: [Hypothesis] = []
    let boundaries = pieces.indices.dropLast().map { index -> DecodingCosts.Boundary in
      if pieces[index].isCutFromNext { return costs.cutBoundary }
      let (left, right) = Self.uncutNeighbours(of: index, in: pieces)
      if costs.readsFractions, Self.isTopBar(right.box, of: left.box, height: height) { return costs.topBar }
      if costs.readsFractions, isFractionBar(left, right, height: height) { return costs.fractionBar }
      if costs.readsFractions, isLowMark(left, right, height: height) { return costs.lowMark }
      if standApart(left, right, lineHeight: height), !touchesBeyond(index, pieces) {
        return DecodingCosts.Boundary(joining: .infinity, separating: 0)
      }
      return costs.boundary(between: left, and: right, lineHeight: height)
    }
    for start in pieces.indices {
      var box = pieces[start].box
      var joining = 0.0
      var count = 1
      for end in start..<pieces.count {
        if end > start {
          if !pieces[end - 1].isCutFromNext { count += 1 }
          guard count <= costs.maxPieces, pieces[end - 1].canJoin(pieces[end]) else { break }
          box = box.union(pieces[end].box)
          joining += boundaries[end - 1].joining
          if joining > costs.maxJoining || (count > 1 && box.width > costs.maxJoinedWidth * height) { break }
        }
        let separating =
          (start > 0 ? boundaries[start - 1].separating : 0)
          + (end < boundaries.count ? boundaries[end].separating : 0)
        var cost = joining + separating / 2
        let isPart = pieces[end].isCutFromNext || (start > 0 && pieces[start - 1].isCutFromNext)
        let width = costs.excessWidth * max(0, box.width / max(height, 1) - costs.usualWidth)
        cost += isPart || count > 1 ? width : min(width, costs.maxExcessWidth)
        if isPart, box.height < costs.minPartHeight * height { continue }
        result.append(Hypothesis(pieces: start..<end + 1, box: box, cost: cost, isPart: isPart))
      }
    }
    return result
  }
}

extension DecodingCosts {
  /// The boundary between two parts of a piece that was cut.
  fileprivate var cutBoundary: Boundary { Boundary(joining: 0, separating: cut) }

  /// Whether one of two boxes is that of a dot or a dash, the other is not, and they are further from each other than
  /// the strokes of a digit.
  fileprivate func standApart(_ a: Box, _ b: Box, lineHeight: Double) -> Bool {
    func isSign(_ box: Box) -> Bool {
      max(box.width, box.height) < smallPiece * lineHeight
        || box.height < flatPiece * lineHeight && box.height < box.width / 2
    }
    func isDot(_ box: Box) -> Bool { max(box.width, box.height) < dotPiece * lineHeight }
    let across = max(a.x, b.x) - min(a.right, b.right)
    let down = max(a.y, b.y) - min(a.bottom, b.bottom)
    // No digit has a dot: one that touches no box is a decimal point or a speck.
    if isDot(a) != isDot(b), max(across, down) > 0 { return true }
    guard isSign(a) != isSign(b) else { return false }
    return across > signGap * lineHeight || down > signDistance * lineHeight
  }

  /// The costs of the boundary between two neighbouring pieces of a line.
  fileprivate func boundary(between left: Piece, and right: Piece, lineHeight: Double) -> Boundary {
    let (a, b) = (left.box, right.box)
    let height = max(lineHeight, 1)
    let gap = (max(a.x, b.x) - min(a.right, b.right)) / height
    let share = -gap * height / max(min(a.width, b.width), 1)
    let isSmall = min(max(a.width, a.height), max(b.width, b.height)) < smallPiece * height
    if share > overlap, !left.isBeside(right) { return isSmall ? smallOverlapping : overlapping }
    if gap <= 0 { return isSmall ? smallAdjoining : adjoining }
    var boundary = isSmall ? smallApart : apart
    boundary.joining += joiningAcrossGap * gap
    boundary.separating = max(0, boundary.separating - separatingAcrossGap * gap)
    return boundary
  }
}
