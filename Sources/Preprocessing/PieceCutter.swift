// Cuts a piece of ink where two symbols may touch.

import Basics
import Ink

/// Cuts pieces along the paths of `CutPaths`.
enum PieceCutter {
  /// Strokes that must be cut are drawn with this many pixels for their height.
  private static let rasterHeight = 96.0

  /// Cuts a piece.
  ///
  /// - Parameters:
  ///   - piece: an uncut piece.
  ///   - lineHeight: the height of its line.
  ///   - costs: which pieces are high and narrow enough to be cut.
  /// - Returns: the parts from left to right, or the piece alone.
  static func parts(of piece: Piece, lineHeight: Double, _ costs: DecodingCosts) -> [Piece] {
    let box = piece.box
    guard box.height >= costs.minCutHeight * lineHeight, box.width < costs.maxCutAspect * box.height else {
      return [piece]
    }
    if let patch = piece.patch { return parts(of: patch, box: box, unit: 1) ?? [piece] }
    // Strokes were separated before. A single stroke through two symbols can only be cut as pixels.
    let scale = rasterHeight / max(box.height, 1)
    let width = Int(clamping: box.width * scale) + 2
    let height = Int(clamping: box.height * scale) + 2
    let rasterizer = StrokeRasterizer(scale: scale, x: 1 - box.x * scale, y: 1 - box.y * scale)
    var patch = Patch(box: Rectangle(x: 0, y: 0, width: width, height: height))
    patch.ink = rasterizer.coverage(of: piece.strokes, width: width, height: height)
    if costs.cutsStrokes {
      let cuts = CutPaths(through: patch.ink).paths
      if cuts.isEmpty { return [piece] }
      return StrokeCutter(cuts, scale: scale, corner: Point(x: box.x - 1 / scale, y: box.y - 1 / scale))
        .parts(of: piece)
    }
    return parts(of: patch, box: box, unit: 1 / scale) ?? [piece]
  }

  private static func parts(of patch: Patch, box: Box, unit: Double) -> [Piece]? {
    let ink = patch.ink
    let cuts = CutPaths(through: ink).paths
    if cuts.isEmpty { return nil }
    let edges =
      [[Int](repeating: 0, count: ink.height)] + cuts + [[Int](repeating: ink.width, count: ink.height)]
    var pieces: [Piece] = []
    for (left, right) in zip(edges, edges.dropFirst()) {
      var part = Coverage(width: ink.width, height: ink.height)
      for y in 0..<ink.height {
        for x in min(left[y], right[y])..<right[y] { part[x, y] = ink[x, y] }
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
          strokes: [], patch: result, unit: unit, isCutFromNext: pieces.count < cuts.count))
    }
    return pieces
  }
}
