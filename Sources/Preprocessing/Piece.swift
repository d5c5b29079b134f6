// A piece of ink: the unit of which symbols are made.

public import Ink

/// A piece of ink that belongs to one symbol as a whole.
public struct Piece: Sendable, Equatable {
  /// The box around it: page units for strokes, pixels for a picture.
  public var box: Box
  /// Its strokes, if it was drawn and not cut.
  public var strokes: [Stroke]
  /// Its pixels, if it comes from a picture or was cut.
  public var patch: Patch?
  /// The length of a pixel of the patch, in the unit of the box.
  var unit = 1.0
  /// Whether a cut separates it from the next piece of the line.
  public var isCutFromNext = false

  /// Whether both can be one symbol: both are strokes, or both are pixels of one size.
  func canJoin(_ other: Piece) -> Bool {
    (patch == nil) == (other.patch == nil) && unit == other.unit
  }

  /// The ink of both pieces.
  func joined(with other: Piece) -> Piece { Self.joined([self, other]) ?? self }

  /// The ink of all pieces, which must be able to join; nil without pieces.
  static func joined(_ pieces: some BidirectionalCollection<Piece>) -> Piece? {
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return pieces.first }
    let patches = pieces.compactMap(\.patch)
    return Piece(
      box: pieces.dropFirst().reduce(first.box) { $0.union($1.box) }, strokes: pieces.flatMap(\.strokes),
      patch: patches.isEmpty ? nil : Patch(joining: patches), unit: first.unit,
      isCutFromNext: last.isCutFromNext)
  }
}
