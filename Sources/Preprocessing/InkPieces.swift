// Pieces of a picture: connected ink.

import Ink

/// Makes pieces of the ink that was found in a picture.
enum InkPieces {
  /// Ink of a level below this holds nothing together, but belongs to what it lies next to.
  private static let faint: UInt8 = 24
  /// Less ink than so many pixels, or fewer pixels from end to end, is dust wherever it is.
  private static let leastArea = 3.0
  private static let leastSize = 4

  static func pieces(of ink: Coverage) -> [Piece] {
    let components = Components(ink)
    let most = components.list.map { max($0.box.width, $0.box.height) }.max() ?? 0
    let page = max(ink.width, ink.height)
    // On a large page a mark of a hundredth of it, alone, is a speck.
    let least = max(leastSize, min(page / 100, most))
    return components.list.indices.compactMap { i in
      let component = components.list[i]
      let size = max(component.box.width, component.box.height)
      // Faint edges are part of a component: one that is faint throughout is no ink.
      guard component.strongest >= faint, component.area >= leastArea, size >= least,
        Double(size) >= 0.07 * Double(most)
      else { return nil }
      if most < max(leastSize, page / 60) { return nil }
      let box = component.box
      return Piece(
        box: Box(
          x: Double(box.columns.lowerBound), y: Double(box.rows.lowerBound), width: Double(box.width),
          height: Double(box.height)),
        strokes: [], patch: components.patch(of: [i]))
    }
  }
}
