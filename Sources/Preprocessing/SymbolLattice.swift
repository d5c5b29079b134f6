// A line of writing as a lattice of hypotheses, and the cheapest path through it.

public import Ink

/// A hypothesis: neighbouring pieces as one symbol.
///
/// It is an edge of a `SymbolLattice`.
public struct Hypothesis: Sendable, Equatable {
  /// The pieces, as indices in the line.
  ///
  /// The bounds are the nodes that the edge connects.
  public var pieces: Range<Int>
  /// The box around the pieces.
  public var box: Box
  /// How unlikely the arrangement is, as a negative logarithm of a probability; 0 for a usual one.
  public var cost: Double
  /// Whether a cut separates the ink from a neighbour.
  public var isPart: Bool
}

/// A line of writing as a lattice.
///
/// The nodes are the positions before, between and after the pieces, numbered from 0. Where a piece was cut,
/// its cut positions are nodes as well. The edges are the hypotheses.
public struct SymbolLattice: Sendable, Equatable {
  /// The pieces from left to right.
  public var pieces: [Piece]
  /// The hypotheses, ordered by their first pieces.
  ///
  /// A path of them leads from the first node to the last.
  public var hypotheses: [Hypothesis]
  /// The height of the highest piece before any was cut; among sums about that of the digits, since brackets are higher.
  ///
  /// On a guide line the height of its capitals.
  public var height = 0.0
  /// The guide line that the line stands on; nil where the page has none.
  public var guide: GuideLine?
  /// The slope of the line.
  package var skew = BaselineSkew(slope: 0)
  /// The cost of a strip between two cuts that belongs to both symbols beside it.
  package var sharedStripCost = DecodingCosts.standard.sharedStrip

  /// A path through the lattice.
  public struct Path: Sendable, Equatable {
    /// The hypotheses from left to right, as indices.
    public var hypotheses: [Int]
    /// The sum of the costs; infinite where no path exists.
    public var cost: Double
  }

  /// The path from the first node to the last that costs least.
  ///
  /// A hypothesis begins where the one before it ends, or one strip earlier: where two symbols touch, both
  /// may contain a strip between two cuts. Among paths of equal cost the first one found is chosen.
  ///
  /// - Parameter scores: costs to add to the hypotheses' own, in their order; nil adds none.
  /// - Returns: the path, without hypotheses where each one has an infinite cost.
  public func cheapestPath(adding scores: [Double]? = nil) -> Path {
    /// The cheapest path that ends with a hypothesis.
    struct Arrival {
      var cost: Double
      var hypothesis: Int
      var previous: Int?
    }
    var arrivals: [Arrival] = []
    var ending = [[Int]](repeating: [], count: pieces.count + 1)
    func cheapest(_ candidates: [Int]) -> Int? { candidates.min { arrivals[$0].cost < arrivals[$1].cost } }
    for (index, hypothesis) in hypotheses.enumerated() {
      let (start, end) = (hypothesis.pieces.lowerBound, hypothesis.pieces.upperBound)
      var previous = cheapest(ending[start])
      var reached = start == 0 ? 0 : previous.map { arrivals[$0].cost } ?? .infinity
      if hypothesis.pieces.count > 1, isStrip(start),
        let sharing = cheapest(
          ending[start + 1].filter { hypotheses[arrivals[$0].hypothesis].pieces.count > 1 }),
        arrivals[sharing].cost + sharedStripCost < reached
      {
        (previous, reached) = (sharing, arrivals[sharing].cost + sharedStripCost)
      }
      let cost = reached + hypothesis.cost + (scores?[index] ?? 0)
      guard cost < .infinity else { continue }
      ending[end].append(arrivals.count)
      arrivals.append(Arrival(cost: cost, hypothesis: index, previous: previous))
    }
    let last = cheapest(ending[pieces.count])
    let path = sequence(first: last) { $0.flatMap { arrivals[$0].previous } }.prefix { $0 != nil }
    return Path(
      hypotheses: path.compactMap { $0.map { arrivals[$0].hypothesis } }.reversed(),
      cost: last.map { arrivals[$0].cost } ?? .infinity)
  }

  /// The hypotheses on at least one path that may cost less than a bound, in order.
  ///
  /// - Parameters:
  ///   - bound: the cost to stay below.
  ///   - scores: costs to add to the hypotheses' own, in their order, at least 0.
  /// - Returns: indices of hypotheses.
  package func hypotheses(onPathsBelow bound: Double, adding scores: [Double]) -> [Int] {
    // The least cost from the first node to each node, and from each node to the last. The `Sharing` ones are
    // for a neighbour that also contains the strip after the node, or before the node on the way back.
    var before = [Double](repeating: .infinity, count: pieces.count + 1)
    var (after, beforeSharing, afterSharing) = (before, before, before)
    before[0] = 0
    after[pieces.count] = 0
    let costs = zip(hypotheses, scores).map { $0.cost + $1 }
    func reaching(_ h: Hypothesis) -> Double {
      h.pieces.count > 1
        ? min(before[h.pieces.lowerBound], beforeSharing[h.pieces.lowerBound]) : before[h.pieces.lowerBound]
    }
    func leaving(_ h: Hypothesis) -> Double {
      h.pieces.count > 1
        ? min(after[h.pieces.upperBound], afterSharing[h.pieces.upperBound]) : after[h.pieces.upperBound]
    }
    for (hypothesis, cost) in zip(hypotheses, costs) {
      let (end, total) = (hypothesis.pieces.upperBound, reaching(hypothesis) + cost)
      before[end] = min(before[end], total)
      if hypothesis.pieces.count > 1, isStrip(end - 1) {
        beforeSharing[end - 1] = min(beforeSharing[end - 1], total + sharedStripCost)
      }
    }
    for (hypothesis, cost) in zip(hypotheses, costs).reversed() {
      let (start, total) = (hypothesis.pieces.lowerBound, leaving(hypothesis) + cost)
      after[start] = min(after[start], total)
      if hypothesis.pieces.count > 1, isStrip(start) {
        afterSharing[start + 1] = min(afterSharing[start + 1], total + sharedStripCost)
      }
    }
    // Sums of the same costs in another order differ by rounding.
    let tolerance = 1e-9
    return hypotheses.indices.filter {
      reaching(hypotheses[$0]) + costs[$0] + leaving(hypotheses[$0]) < bound + tolerance
    }
  }

  /// Whether a piece lies between two cuts.
  package func isStrip(_ piece: Int) -> Bool {
    piece > 0 && piece < pieces.count && pieces[piece - 1].isCutFromNext && pieces[piece].isCutFromNext
  }
}

/// The lines of a page as lattices, from top to bottom; none on an empty page.
public struct PageLattice: Sendable, Equatable {
  /// The lines.
  public var lines: [SymbolLattice]
  /// The marks that were set aside.
  public var ignored: [IgnoredMark] = []
  /// Whether the picture is a scan or a photo.
  package var isPaper = false
  /// Whether the picture is a form: lines, print or small writing were found.
  package var isForm = false
  /// Where the ink lies on the page.
  package var placement = PagePlacement()

  /// The box of a symbol on the page, in page units or in pixels of a picture.
  ///
  /// - Parameter box: the box in the ink.
  /// - Returns: the box on the page.
  public func pageBox(of box: Box) -> Box { placement.box(box) }

  /// The box of a symbol as if the page were flat and level.
  package func levelBox(of box: Box) -> Box { placement.levelBox(box) }

  /// Whether the ink is strokes and not pixels.
  package var isDrawn: Bool { lines.first?.pieces.first?.patch == nil }

  /// Whether no ink was found.
  public var isEmpty: Bool { lines.isEmpty }

  /// The symbols of each line by their arrangement alone, without a network.
  public var symbolsByArrangement: [[Hypothesis]] {
    lines.map { line in line.cheapestPath().hypotheses.map { line.hypotheses[$0] } }
  }
}
