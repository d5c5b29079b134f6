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
  func joined(with other: Piece) -> Piece { Self.joined([self, other]) ?? self }

  /// All the pieces' ink, where they can be one; nil where there are none.
  static func joined(_ pieces: some BidirectionalCollection<Piece>) -> Piece? {
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return pieces.first }
    let patches = pieces.compactMap(\.patch)
    return Piece(
      box: pieces.dropFirst().reduce(first.box) { $0.union($1.box) }, strokes: pieces.flatMap(\.strokes),
      patch: patches.isEmpty ? nil : Patch(joining: patches), unit: first.unit,
      isCutFromNext: last.isCutFromNext)
  }
}

/// Neighbouring pieces taken as one symbol: a guess that a network may confirm.
public struct Hypothesis: Sendable, Equatable {
  /// The pieces, by their numbers in the line.
  public var pieces: Range<Int>
  /// The box around them.
  public var box: Box
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
  /// How high the highest piece was, before any was cut.
  public var height = 0.0
  /// How the line runs.
  var slope = BaselineSkew(value: 0)

  /// What it costs to cut ink, so that it is not done without need; the networks judge the parts.
  package static let priceOfCut = 0.1
  /// What it costs that a strip between two cuts belongs to both symbols beside it.
  private static let priceOfSharing = 0.7

  /// The cheapest way that ends with a guess.
  private struct Way {
    var cost: Double
    var guess: Int
    var before: Int?
  }

  /// The way from the first piece to the last whose guesses cost least together, by their own costs alone.
  public func bestPath() -> (guesses: [Int], cost: Double) {
    bestPath { (guesses) throws(Never) in guesses.map { _ in 0 } }
  }

  /// The way from the first piece to the last whose guesses cost least together, and what it costs; `prices` adds to
  /// the costs of guesses, of all that begin at one piece at once.
  ///
  /// Each guess begins where the one before it ends, or a strip earlier: where two symbols touch, some ink is
  /// part of both. No price is asked for what would make the way cost no less than the `bound`.
  public func bestPath<Problem: Error>(
    below bound: Double = .infinity,
    prices: ([Int]) throws(Problem) -> [Double]
  ) throws(Problem) -> (guesses: [Int], cost: Double) {
    var ways: [Way] = []
    var ending = [[Int]](repeating: [], count: pieces.count + 1)
    let beginning = Dictionary(grouping: hypotheses.indices) { hypotheses[$0].pieces.lowerBound }
    for start in pieces.indices {
      let numbers = beginning[start] ?? []
      let whole = ending[start].min { ways[$0].cost < ways[$1].cost }
      let shared =
        isStrip(start)
        ? ending[start + 1].filter { hypotheses[ways[$0].guess].pieces.count > 1 }
          .min { ways[$0].cost < ways[$1].cost } : nil
      let reached = start == 0 ? 0 : whole.map { ways[$0].cost } ?? .infinity
      let reachedByStrip = shared.map { ways[$0].cost + Self.priceOfSharing } ?? .infinity
      let best = min(reached, reachedByStrip)
      let worthwhile = numbers.filter { best + hypotheses[$0].cost < bound }
      for (guess, price) in zip(worthwhile, try prices(worthwhile)) {
        let range = hypotheses[guess].pieces
        let isShared = reachedByStrip < reached && range.count > 1
        guard isShared || reached < .infinity else { continue }
        ending[range.upperBound].append(ways.count)
        ways.append(
          Way(
            cost: (isShared ? reachedByStrip : reached) + hypotheses[guess].cost + price, guess: guess,
            before: isShared ? shared : whole))
      }
    }
    var path: [Int] = []
    let last = ending[pieces.count].min { ways[$0].cost < ways[$1].cost }
    var next = last
    while let way = next {
      path.append(ways[way].guess)
      next = ways[way].before
    }
    return (path.reversed(), last.map { ways[$0].cost } ?? .infinity)
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
  /// How long a unit of the boxes is: more than one pixel of a very large picture.
  public var unit = 1.0

  /// Whether there is nothing to read.
  public var isEmpty: Bool { lines.isEmpty }

  /// The symbols as they look without asking a network, line by line.
  public var likeliest: [[Hypothesis]] {
    lines.map { line in line.bestPath().guesses.map { line.hypotheses[$0] } }
  }
}
