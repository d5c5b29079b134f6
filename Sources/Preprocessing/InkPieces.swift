// Pieces of a picture: connected ink.

import Basics
import Ink

/// Makes pieces of the ink that was found in a picture.
enum InkPieces {
  /// Ink of a level below this holds nothing together, but belongs to what it lies next to.
  private static let faint: UInt8 = 24
  /// Less ink than so many pixels, or fewer pixels from end to end, is dust wherever it is.
  private static let leastArea = 3.0
  private static let leastSize = 4

  /// Pieces smaller than a sixtieth of the page are dust, but for as many as these of such a size, or of a
  /// 150th of the page, which stand side by side: they are writing.
  private static let (leastCount, leastWriting) = (4, 10)

  static func pieces(of ink: Coverage) -> [Piece] {
    let components = Components(ink)
    // Faint edges are part of a component: one that is faint throughout is no ink.
    let marks = components.list.indices.filter {
      components.list[$0].strongest >= faint && components.list[$0].area >= leastArea
    }
    let sizes = marks.map { max(components.list[$0].box.width, components.list[$0].box.height) }
    let most = sizes.max() ?? 0
    let page = max(ink.width, ink.height)
    let alike = zip(marks, sizes).filter { $0.1 * 2 >= most }.map { components.list[$0.0].box }
    guard
      most >= max(leastSize, page / 60)
        || most >= max(leastWriting, page / 150) && standInLines(alike, apart: most)
    else { return [] }
    // On a large page a mark of a hundredth of it is a speck, beside small writing what is half as large.
    let least = max(leastSize, min(page / 100, most / 2))
    return zip(marks, sizes).compactMap { i, size in
      guard size >= least, Double(size) >= 0.07 * Double(most) else { return nil }
      let box = components.list[i].box
      return Piece(
        box: Box(
          x: Double(box.x), y: Double(box.y), width: Double(box.width),
          height: Double(box.height)),
        strokes: [], patch: components.patch(of: [i]))
    }
  }

  /// Whether most pieces, and not just a few, have another beside them.
  private static func standInLines(_ boxes: [Rectangle], apart: Int) -> Bool {
    let boxes = boxes.sorted { $0.x < $1.x }
    var beside: Set<Int> = []
    for (i, left) in boxes.enumerated() {
      for j in i + 1..<boxes.count {
        if boxes[j].x > left.right + apart { break }
        let shared = left.rows.clamped(to: boxes[j].rows).count
        if shared * 2 >= min(left.height, boxes[j].height) { beside.formUnion([i, j]) }
      }
    }
    return beside.count >= leastCount && beside.count * 2 >= boxes.count
  }
}
