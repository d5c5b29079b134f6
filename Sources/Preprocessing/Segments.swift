// Where on a page there may be symbols: lines of pieces of ink, and the ways to make symbols of them.

public import Ink

/// A piece of ink that belongs to one symbol as a whole.
public struct Piece: Sendable, Equatable {
  /// The box around it: page units for strokes, pixels for a picture.
  public var box: Box
  /// Its strokes, where it was drawn and not cut.
  public var strokes: [Stroke]
  /// Its pixels, where it comes from a picture or was cut.
  public var patch: Patch?
  /// How long a pixel of the patch is, in the unit of the box.
  var unit = 1.0
  /// Whether the ink goes on in the next piece of the line: the two were cut from one.
  public var isCutFromNext = false

  /// Whether the two can be one: both strokes, or both pixels of one size.
  func canJoin(_ other: Piece) -> Bool {
    (patch == nil) == (other.patch == nil) && unit == other.unit
  }

  /// Both pieces' ink.
  func joined(with other: Piece) -> Piece {
    var result = Piece(box: box.union(other.box), strokes: strokes + other.strokes, patch: nil, unit: unit)
    if let patch, let more = other.patch { result.patch = patch.union(more) }
    result.isCutFromNext = other.isCutFromNext
    return result
  }
}

/// Neighbouring pieces taken as one symbol: a guess that a network may confirm.
public struct Hypothesis: Sendable, Equatable {
  /// The pieces, by their numbers in the line.
  public var pieces: Range<Int>
  /// The box around them.
  public var box: Box
  /// What a network would get.
  public var input: Coverage
  /// How unlikely it looks without asking a network, as a negative logarithm; 0 is what one expects.
  public var cost: Double
  /// Whether it was cut from ink that goes on in a neighbour.
  public var isPart: Bool
}

/// A line of symbols.
public struct TextLine: Sendable, Equatable {
  /// The pieces from left to right.
  public var pieces: [Piece]
  /// The guesses: every piece is in at least one, and there is a way from the first to the last.
  public var hypotheses: [Hypothesis]
  /// How high the highest piece is, before any was cut.
  var height = 0.0
  /// How the line runs.
  var slope = Slope(value: 0)

  /// What it costs that a strip between two cuts belongs to both symbols beside it.
  private static let priceOfSharing = 0.7

  /// The way from the first piece to the last whose guesses cost least together; `price` adds to a guess's cost.
  ///
  /// Each guess begins where the one before it ends, or a strip earlier: where two symbols touch, some ink is
  /// part of both.
  public func bestPath(price: (Int) -> Double = { _ in 0 }) -> [Int] {
    /// The cheapest way that ends with a guess.
    struct Way {
      var cost = Double.infinity
      var before: Int?
    }
    var ways = [Way](repeating: Way(), count: hypotheses.count)
    var ending = [[Int]](repeating: [], count: pieces.count + 1)
    let order = hypotheses.indices.sorted {
      (hypotheses[$0].pieces.upperBound, $0) < (hypotheses[$1].pieces.upperBound, $1)
    }
    for i in order {
      let range = hypotheses[i].pieces
      let own = hypotheses[i].cost + price(i)
      if range.lowerBound == 0 { ways[i].cost = own }
      for j in ending[range.lowerBound] where ways[j].cost + own < ways[i].cost {
        ways[i] = Way(cost: ways[j].cost + own, before: j)
      }
      if range.count > 1, isStrip(range.lowerBound) {
        for j in ending[range.lowerBound + 1] where hypotheses[j].pieces.count > 1 {
          let cost = ways[j].cost + own + Self.priceOfSharing
          if cost < ways[i].cost { ways[i] = Way(cost: cost, before: j) }
        }
      }
      ending[range.upperBound].append(i)
    }
    var path: [Int] = []
    var next = ending[pieces.count].min { ways[$0].cost < ways[$1].cost }
    while let guess = next {
      path.append(guess)
      next = ways[guess].before
    }
    return path.reversed()
  }

  /// Whether a piece was cut from its neighbours on both sides.
  private func isStrip(_ piece: Int) -> Bool {
    piece > 0 && pieces[piece - 1].isCutFromNext && pieces[piece].isCutFromNext
  }
}

/// The lines of a page from top to bottom; none on an empty page.
public struct Segments: Sendable, Equatable {
  /// The lines.
  public var lines: [TextLine]

  /// Whether there is nothing to read.
  public var isEmpty: Bool { lines.isEmpty }

  /// The symbols as they look without asking a network, line by line.
  public var likeliest: [[Hypothesis]] {
    lines.map { line in line.bestPath().map { line.hypotheses[$0] } }
  }
}
