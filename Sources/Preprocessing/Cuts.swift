// Cuts through touching neighbours.

import Basics
import Ink

/// Cuts a piece where two symbols may touch, along the ways that cross least ink.
enum Cuts {
  /// Flatter ink than this is a line, not a row of touching symbols.
  private static let mostWidth = 9.0
  /// Strokes that must be cut are drawn with so many pixels a line's height.
  private static let cutHeight = 96.0

  /// The parts of a piece, or the piece alone.
  ///
  /// A piece much lower than its line is not cut.
  static func pieces(of piece: Piece, lineHeight: Double) -> [Piece] {
    let box = piece.box
    guard box.height >= 0.5 * lineHeight, box.width < mostWidth * box.height else { return [piece] }
    if let patch = piece.patch { return parts(of: patch, box: box, unit: 1) ?? [piece] }
    // Strokes are split by their own ends first; one stroke through two symbols must be cut as pixels.
    let scale = cutHeight / max(box.height, 1)
    let width = Int(clamping: box.width * scale) + 2
    let height = Int(clamping: box.height * scale) + 2
    let pen = StrokeRasterizer(scale: scale, x: 1 - box.x * scale, y: 1 - box.y * scale)
    var patch = Patch(box: Rectangle(x: 0, y: 0, width: width, height: height))
    patch.ink = pen.coverage(of: piece.strokes, width: width, height: height)
    return parts(of: patch, box: box, unit: 1 / scale) ?? [piece]
  }

  private static func parts(of patch: Patch, box: Box, unit: Double) -> [Piece]? {
    let ink = patch.ink
    let cuts = CutPaths(through: ink).list
    if cuts.isEmpty { return nil }
    var pieces: [Piece] = []
    for i in 0...cuts.count {
      var part = Coverage(width: ink.width, height: ink.height)
      for y in 0..<ink.height {
        let from = i == 0 ? 0 : cuts[i - 1][y]
        let to = i == cuts.count ? ink.width : cuts[i][y]
        for x in min(from, to)..<to { part[x, y] = ink[x, y] }
      }
      guard let tight = InputNormalizer.tightBox(of: part, within: part.box) else { return nil }
      var result = Patch(
        box: Rectangle(
          x: patch.box.x + tight.x, y: patch.box.y + tight.y, width: tight.width, height: tight.height))
      result.ink = part.cropped(to: tight)
      pieces.append(
        Piece(
          box: Box(
            x: box.x + Double(tight.x) * unit,
            y: box.y + Double(tight.y) * unit,
            width: Double(tight.width) * unit, height: Double(tight.height) * unit),
          strokes: [], patch: result, unit: unit, isCutFromNext: i < cuts.count))
    }
    return pieces
  }
}
