// From a page to lattices of symbol hypotheses.

public import Ink

/// Finds lines of pieces of ink, and offers hypotheses of which pieces are symbols.
///
/// It uses no network.
public struct Segmentation: Sendable {
  /// How ink becomes a network's input.
  public let normalizer: InputNormalizer

  /// Whether a drawn dot or dash that stands apart is never a part of another symbol, as among digits.
  package var separatesSigns = false

  private let costs = DecodingCosts.standard

  /// Creates a segmentation.
  ///
  /// - Parameter normalizer: how ink becomes a network's input.
  public init(normalizer: InputNormalizer = .usual) {
    self.normalizer = normalizer
  }

  /// Segments a page: its strokes, or its picture, or the picture of both.
  ///
  /// - Parameter page: the page.
  /// - Returns: the lattices; their boxes are in page units for strokes, otherwise in pixels.
  public func lattice(of page: Page) -> PageLattice {
    guard let picture = page.picture else { return lattice(of: page.drawing.strokes) }
    if page.drawing.isEmpty { return lattice(of: picture) }
    return lattice(of: page.image(longerSide: max(picture.width, picture.height)))
  }

  /// Segments strokes.
  ///
  /// - Parameter strokes: the strokes of a page.
  /// - Returns: the lattices; their boxes are in page units.
  public func lattice(of strokes: [Stroke]) -> PageLattice { lattice(of: StrokePieces.pieces(of: strokes)) }

  /// Segments a picture.
  ///
  /// - Parameter picture: a picture of a page.
  /// - Returns: the lattices; their boxes are in the pixels of the picture divided by the lattice's `unit`.
  public func lattice(of picture: GrayImage) -> PageLattice {
    let ink = InkExtraction.removed(from: picture)
    var page = lattice(of: ink)
    if ink.width > 0 { page.unit = Double(picture.width) / Double(ink.width) }
    return page
  }

  /// Segments ink that was extracted from a picture.
  ///
  /// - Parameter ink: the ink.
  /// - Returns: the lattices; their boxes are in pixels.
  public func lattice(of ink: Coverage) -> PageLattice { lattice(of: PicturePieces.pieces(of: ink)) }

  private func lattice(of pieces: [Piece]) -> PageLattice {
    let lines = Lines.lines(of: pieces).map { line -> SymbolLattice in
      let height = line.map(\.box.height).max() ?? 0
      let joined = smallPiecesJoined(line, height: height)
      return SymbolLattice(
        pieces: joined, hypotheses: hypotheses(of: joined, height: height), height: height,
        skew: BaselineSkew(of: joined, height: height), sharedStripCost: costs.sharedStrip)
    }
    return PageLattice(lines: lines.filter { !$0.hypotheses.isEmpty })
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
    // The parts of drawn strokes are pixels: their union is not the strokes.
    let keepsInk = zip(lattice.pieces, parts).map { $0.patch != nil || $1.count == 1 }
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
      if shared >= 0.7 * narrower, smaller < 0.6 * height, pieces[i].canJoin(pieces[i + 1]),
        !standApart(pieces[i], pieces[i + 1], lineHeight: height)
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

  /// Whether one of two pieces is a sign of its own, such as a minus, a decimal point or a far dot.
  private func standApart(_ a: Piece, _ b: Piece, lineHeight: Double) -> Bool {
    separatesSigns && a.patch == nil && b.patch == nil
      && costs.standApart(a.box, b.box, lineHeight: lineHeight)
  }

  private func hypotheses(of pieces: [Piece], height: Double) -> [Hypothesis] {
    var result: [Hypothesis] = []
    let boundaries = zip(pieces, pieces.dropFirst()).map {
      standApart($0, $1, lineHeight: height)
        ? DecodingCosts.Boundary(joining: .infinity, separating: 0)
        : costs.boundary(between: $0, and: $1, lineHeight: height)
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
    if left.isCutFromNext { return Boundary(joining: 0, separating: cut) }
    let (a, b) = (left.box, right.box)
    let height = max(lineHeight, 1)
    let gap = (max(a.x, b.x) - min(a.right, b.right)) / height
    let share = -gap * height / max(min(a.width, b.width), 1)
    let isSmall = min(max(a.width, a.height), max(b.width, b.height)) < smallPiece * height
    if share > overlap { return isSmall ? smallOverlapping : overlapping }
    if gap <= 0 { return isSmall ? smallAdjoining : adjoining }
    var boundary = isSmall ? smallApart : apart
    boundary.joining += joiningAcrossGap * gap
    boundary.separating = max(0, boundary.separating - separatingAcrossGap * gap)
    return boundary
  }
}
