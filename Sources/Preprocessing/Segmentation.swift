// From a page to the symbols there may be on it.

public import Ink

/// Finds lines of pieces of ink, and offers the ways to make symbols of them; it asks no network.
public struct Segmentation: Sendable {
  /// How ink is fitted into a network's input.
  public let fitting: InputNormalizer

  /// No symbol is made of more pieces than this, after those that surely belong together were joined; what was
  /// cut from one counts as one.
  private static let mostPieces = 4
  /// Against its line's height, a symbol wider than this is the less likely the wider it is.
  private static let (usualWidth, priceOfWidth) = (0.75, 2.0)
  private static let mostForWidth = 1.5
  /// Of two symbols that touch each is at least this part of its line's height: a digit's upper bow is none.
  private static let leastPart = 0.7

  /// Makes a segmentation.
  public init(fitting: InputNormalizer = .usual) {
    self.fitting = fitting
  }

  /// The segments of a page: of its strokes, or where it has a picture of what both show together.
  public func segments(of page: Page) -> Segments {
    guard let picture = page.picture else { return segments(of: page.drawing.strokes) }
    if page.drawing.isEmpty { return segments(of: picture) }
    return segments(of: page.image(longerSide: max(picture.width, picture.height)))
  }

  /// The segments of strokes.
  public func segments(of strokes: [Stroke]) -> Segments { segments(of: StrokePieces.pieces(of: strokes)) }

  /// The segments of a picture.
  public func segments(of picture: GrayImage) -> Segments {
    let ink = InkExtraction.removed(from: picture)
    var segments = segments(of: ink)
    if ink.width > 0 { segments.unit = Double(picture.width) / Double(ink.width) }
    return segments
  }

  /// The segments of ink that was found in a picture.
  public func segments(of ink: Coverage) -> Segments { segments(of: InkPieces.pieces(of: ink)) }

  private func segments(of pieces: [Piece]) -> Segments {
    let lines = Lines.lines(of: pieces).map { line -> TextLine in
      let height = line.map(\.box.height).max() ?? 0
      let joined = Self.firmlyJoined(line, height: height)
      return TextLine(
        pieces: joined, hypotheses: hypotheses(of: joined, height: height), height: height,
        slope: BaselineSkew(of: joined, height: height))
    }
    return Segments(lines: lines.filter { !$0.hypotheses.isEmpty })
  }

  /// The line with some of its pieces cut, wherever two symbols may touch in them, or nil where none can be.
  ///
  /// What looks like one symbol is one unless a network doubts it, so this is for those pieces that it doubts.
  public func cut(_ line: TextLine, at numbers: some Sequence<Int>) -> TextLine? {
    let chosen = Set(numbers)
    let pieces = line.pieces.enumerated().flatMap { i, piece in
      chosen.contains(i) ? Cuts.pieces(of: piece, lineHeight: line.height) : [piece]
    }
    guard pieces.count > line.pieces.count else { return nil }
    var result = line
    result.pieces = pieces
    result.hypotheses = hypotheses(of: pieces, height: line.height)
    return result
  }

  /// What a network gets to see of a guess about a line; nothing where its ink is too faint to be seen.
  public func input(of guess: Hypothesis, in line: TextLine) -> Coverage {
    let piece = Piece.joined(line.pieces[guess.pieces])
    let input = piece.flatMap { piece in
      if let ink = piece.patch?.ink { return fitting.input(of: line.slope.levelled(ink)) }
      return fitting.input(of: line.slope.levelled(piece.strokes))
    }
    return input ?? Coverage(width: InputNormalizer.side, height: InputNormalizer.side)
  }

  /// Joins small pieces with what they lie above, below or within.
  private static func firmlyJoined(_ line: [Piece], height: Double) -> [Piece] {
    var pieces = line
    var i = 0
    while i + 1 < pieces.count {
      let (a, b) = (pieces[i].box, pieces[i + 1].box)
      let shared = min(a.right, b.right) - max(a.x, b.x)
      let narrower = max(min(a.width, b.width), 1)
      let smaller = min(max(a.width, a.height), max(b.width, b.height))
      if shared >= 0.7 * narrower, smaller < 0.6 * height, pieces[i].canJoin(pieces[i + 1]) {
        pieces[i] = pieces[i].joined(with: pieces[i + 1])
        pieces.remove(at: i + 1)
        i = max(i - 1, 0)
      } else {
        i += 1
      }
    }
    return pieces
  }

  private func hypotheses(of pieces: [Piece], height: Double) -> [Hypothesis] {
    var result: [Hypothesis] = []
    let seams = zip(pieces, pieces.dropFirst()).map { Seam(between: $0, and: $1, height: height) }
    for start in pieces.indices {
      var box = pieces[start].box
      var joins = 0.0
      var parts = 1
      for end in start..<pieces.count {
        if end > start {
          if !pieces[end - 1].isCutFromNext { parts += 1 }
          guard parts <= Self.mostPieces, pieces[end - 1].canJoin(pieces[end]) else { break }
          box = box.union(pieces[end].box)
          joins += seams[end - 1].joined
          // What is far too wide is no guess at all, unless it is what was found in one.
          if joins > 8 || (parts > 1 && box.width > 2.2 * height) { break }
        }
        let apart = (start > 0 ? seams[start - 1].parted : 0) + (end < seams.count ? seams[end].parted : 0)
        var cost = joins + apart / 2
        let isPart = pieces[end].isCutFromNext || (start > 0 && pieces[start - 1].isCutFromNext)
        let tooWide = Self.priceOfWidth * max(0, box.width / max(height, 1) - Self.usualWidth)
        // What was found in one piece may be one scribble, however wide.
        cost += isPart || parts > 1 ? tooWide : min(tooWide, Self.mostForWidth)
        if isPart, box.height < Self.leastPart * height { continue }
        result.append(Hypothesis(pieces: start..<end + 1, box: box, cost: cost, isPart: isPart))
      }
    }
    return result
  }
}

/// What lies between two neighbouring pieces: how unlikely it is that they belong together, or apart.
struct Seam {
  var joined: Double
  var parted: Double

  init(between left: Piece, and right: Piece, height: Double) {
    let (a, b) = (left.box, right.box)
    let height = max(height, 1)
    let gap = (max(a.x, b.x) - min(a.right, b.right)) / height
    let share = -gap * height / max(min(a.width, b.width), 1)
    let small = min(max(a.width, a.height), max(b.width, b.height)) < 0.5 * height
    if left.isCutFromNext {
      joined = 0
      parted = TextLine.priceOfCut
    } else if share > 0.5 {
      joined = small ? 0 : 0.3
      parted = small ? 4 : 2
    } else if gap <= 0 {
      joined = small ? 0.3 : 0.9
      parted = small ? 0.9 : 0.3
    } else {
      joined = (small ? 0.6 : 1.2) + 8 * gap
      parted = small ? max(0, 0.6 - 6 * gap) : 0
    }
  }
}
