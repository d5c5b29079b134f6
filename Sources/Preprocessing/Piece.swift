// A piece of ink: the unit of which symbols are made.

import Basics
public import Ink

/// A piece of ink that belongs to one symbol as a whole.
public struct Piece: Sendable, Equatable {
  /// The box around it: page units for strokes, pixels for a picture.
  public var box: Box
  /// Its strokes, if it was drawn and not cut as pixels.
  public var strokes: [Stroke]
  /// Its pixels, if it comes from a picture or was cut.
  public var patch: Patch?
  /// The length of a pixel of the patch, in the unit of the box.
  var unit = 1.0
  /// Where its strokes lie in those of the piece that it was cut from; empty for an uncut piece.
  var fragments: [Fragment] = []
  /// Whether a cut separates it from the next piece of the line.
  public var isCutFromNext = false

  /// A part of a stroke that was cut.
  struct Fragment: Sendable, Equatable {
    /// A number of the whole stroke, which no other stroke of the line has.
    var stroke: Int
    /// The indices of its samples; the next part of the stroke begins with the last sample.
    var samples: ClosedRange<Int>

    /// The fragment of a whole stroke beside others that were cut.
    static let uncut = Fragment(stroke: -1, samples: 0...0)
  }

  /// Whether both can be one symbol: both are strokes, or both are pixels of one size.
  func canJoin(_ other: Piece) -> Bool {
    (patch == nil) == (other.patch == nil) && unit == other.unit
  }

  /// Whether all ink of one piece is to the left of that of the other in the rows that both have.
  ///
  /// Slanted neighbours are beside each other although their boxes overlap.
  func isBeside(_ other: Piece) -> Bool {
    guard let a = patch, let b = other.patch, unit == other.unit else { return false }
    let rows = a.box.rows.clamped(to: b.box.rows)
    guard rows.count * 10 >= 7 * min(a.box.height, b.box.height) else { return false }
    var (left, right) = (true, true)
    for y in rows {
      guard let own = a.columns(y), let others = b.columns(y) else { continue }
      left = left && own.upperBound <= others.lowerBound
      right = right && others.upperBound <= own.lowerBound
      if !left && !right { return false }
    }
    return true
  }

  /// The ink of both pieces.
  func joined(with other: Piece) -> Piece { Self.joined([self, other]) ?? self }

  /// The ink of all pieces, which must be able to join; nil without pieces.
  static func joined(_ pieces: some BidirectionalCollection<Piece>) -> Piece? {
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return pieces.first }
    let patches = pieces.compactMap(\.patch)
    var result = Piece(
      box: pieces.dropFirst().reduce(first.box) { $0.union($1.box) }, strokes: [],
      patch: patches.isEmpty ? nil : Patch(joining: patches), unit: first.unit,
      isCutFromNext: last.isCutFromNext)
    if pieces.allSatisfy(\.fragments.isEmpty) {
      result.strokes = pieces.flatMap(\.strokes)
    } else {
      result.joinFragments(of: pieces)
    }
    return result
  }

  /// Puts the parts of strokes together that were cut apart.
  private mutating func joinFragments(of pieces: some BidirectionalCollection<Piece>) {
    let parts = pieces.flatMap { piece in
      piece.fragments.isEmpty
        ? piece.strokes.map { (fragment: Fragment.uncut, stroke: $0) }
        : zip(piece.fragments, piece.strokes).map { (fragment: $0, stroke: $1) }
    }
    let cut = parts.filter { $0.fragment != .uncut }.sorted {
      ($0.fragment.stroke, $0.fragment.samples.lowerBound) < (
        $1.fragment.stroke, $1.fragment.samples.lowerBound
      )
    }
    for part in parts.filter({ $0.fragment == .uncut }) + cut {
      if let last = fragments.last, last != .uncut, last.stroke == part.fragment.stroke,
        last.samples.upperBound == part.fragment.samples.lowerBound
      {
        strokes[strokes.count - 1].samples += part.stroke.samples.dropFirst()
        fragments[fragments.count - 1].samples = last.samples.lowerBound...part.fragment.samples.upperBound
      } else {
        strokes.append(part.stroke)
        fragments.append(part.fragment)
      }
    }
  }
}

extension Patch {
  /// The columns of the page from the first to the last ink in a row of the page; nil without ink.
  fileprivate func columns(_ row: Int) -> Range<Int>? {
    let start = (row - box.y) * box.width
    let levels = ink.levels[start..<start + box.width]
    guard let first = levels.firstIndex(where: { $0 >= 64 }), let last = levels.lastIndex(where: { $0 >= 64 })
    else { return nil }
    return box.x + first - start..<box.x + last - start + 1
  }
}
