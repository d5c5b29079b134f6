// Pieces of a picture: its connected components without dust.

import Basics
import Ink

/// Divides ink from a picture into pieces.
enum PicturePieces {
  /// A component whose strongest level is less is not ink.
  private static let minStrength: UInt8 = 24
  /// A component with less ink, in pixels, or smaller in both directions is dust.
  private static let minArea = 3.0
  private static let minSize = 4

  /// Pieces smaller than a sixtieth of the page are dust.
  ///
  /// Exception: at least `minCount` pieces side by side, of at least `minWritingSize` pixels and a 150th of
  /// the page, are small writing.
  private static let (minCount, minWritingSize) = (4, 10)
  /// The greatest gap between neighbours in a line, as a multiple of the largest piece.
  private static let maxGap = 6

  /// The pieces of ink.
  ///
  /// - Parameters:
  ///   - ink: the ink.
  ///   - keepsDots: whether dots beside the writing are pieces, however small: in sums and text they are signs or parts of
  ///     signs.
  /// - Returns: the pieces.
  static func pieces(of ink: Coverage, keepsDots: Bool = false) -> [Piece] {
    let components = Components(ink)
    let marks = components.list.indices.filter {
      components.list[$0].strongest >= minStrength && components.list[$0].area >= minArea
    }
    let sizes = marks.map { max(components.list[$0].box.width, components.list[$0].box.height) }
    let largest = sizes.max() ?? 0
    let page = max(ink.width, ink.height)
    let alike = zip(marks, sizes).filter { $0.1 * 2 >= largest }.map { components.list[$0.0].box }
    guard
      largest >= max(minSize, page / 60)
        || largest >= max(minWritingSize, page / 150) && areSideBySide(alike, maxGap: maxGap * largest)
    else { return [] }
    // A hundredth of a large page is a speck, and so is half the size of small writing.
    let least = max(minSize, min(page / 100, largest / 2))
    let isWriting = zip(marks, sizes).map { $1 >= least && Double($1) >= 0.07 * Double(largest) }
    let dots =
      keepsDots
      ? Dots(beside: zip(marks, isWriting).filter(\.1).map { components.list[$0.0] }, on: ink) : nil
    return zip(marks, isWriting).compactMap { i, isWriting in
      guard isWriting || dots?.isBesideWriting(components.list[i]) ?? false else { return nil }
      let box = components.list[i].box
      return Piece(
        box: Box(
          x: Double(box.x), y: Double(box.y), width: Double(box.width),
          height: Double(box.height)),
        strokes: [], patch: components.patch(of: [i]))
    }
  }

  /// Whether at least half of the pieces, and `minCount` of them, have another beside them.
  private static func areSideBySide(_ boxes: [Rectangle], maxGap: Int) -> Bool {
    let boxes = boxes.sorted { $0.x < $1.x }
    var beside: Set<Int> = []
    for (i, left) in boxes.enumerated() {
      for j in i + 1..<boxes.count {
        if boxes[j].x > left.right + maxGap { break }
        let shared = left.rows.clamped(to: boxes[j].rows).count
        if shared * 2 >= min(left.height, boxes[j].height) { beside.formUnion([i, j]) }
      }
    }
    return beside.count >= minCount && beside.count * 2 >= boxes.count
  }
}
