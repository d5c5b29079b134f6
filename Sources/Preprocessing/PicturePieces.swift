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
        || largest >= max(minWritingSize, page / 150) && areSideBySide(alike, maxGap: largest)
    else { return [] }
    // A hundredth of a large page is a speck, and so is half the size of small writing.
    let least = max(minSize, min(page / 100, largest / 2))
    let isWriting = zip(marks, sizes).map { $1 >= least && Double($1) >= 0.07 * Double(largest) }
    let dots =
      keepsDots
      ? Dots(beside: zip(marks, isWriting).filter(\.1).map { components.list[$0.0] }, on: ink) : nil
    return zip(marks, isWriting).compactMap { i, isWriting in
      guard isWriting || dots?.contains(components.list[i]) ?? false else { return nil }
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

/// Tells dots of the writing from specks by their size, their strength and their place.
private struct Dots {
  /// A dot is at least this share of the height of the writing, and at least so many pixels, in its longer side.
  private static let (minShare, minSize) = (0.05, 3)
  /// The least share of a dot's box that is ink, and of the strength of the writing.
  private static let (minDensity, minStrength) = (0.4, 0.6)

  private let least: Int
  private let strength: Double
  /// The side of a square of the page: the height of the writing.
  private let side: Int
  private let columns: Int
  /// The squares that hold writing or touch one that does.
  private let isNear: [Bool]

  /// Learns what the writing is like; nil without writing.
  init?(beside writing: [Components.Component], on ink: Coverage) {
    let heights = writing.map(\.box.height).sorted()
    guard let height = heights.isEmpty ? nil : heights[heights.count * 2 / 3] else { return nil }
    let strengths = writing.map(\.strongest).sorted()
    least = max(Self.minSize, Int(clamping: (Self.minShare * Double(height)).rounded(.up)))
    strength = Self.minStrength * Double(strengths[strengths.count / 2])
    side = max(height, 8)
    columns = ink.width / side + 1
    let rows = ink.height / side + 1
    var isNear = [Bool](repeating: false, count: columns * rows)
    for mark in writing where mark.box.width > 0 && mark.box.height > 0 {
      for row in max(0, mark.box.y / side - 1)...min(rows - 1, (mark.box.bottom - 1) / side + 1) {
        for column in max(0, mark.box.x / side - 1)...min(columns - 1, (mark.box.right - 1) / side + 1) {
          isNear[row * columns + column] = true
        }
      }
    }
    self.isNear = isNear
  }

  /// Whether a mark is a dot of the writing.
  func contains(_ mark: Components.Component) -> Bool {
    let box = mark.box
    guard max(box.width, box.height) >= least, Double(mark.strongest) >= strength,
      mark.area >= Self.minDensity * Double(box.width * box.height)
    else { return false }
    return isNear[box.y / side * columns + box.x / side]
  }
}
