// Dots of the writing, which are as small as the specks of a scan or photo.

import Basics
import Ink

/// Tells dots of the writing from specks by their size, their strength and their place.
struct Dots {
  /// A dot is at least this share of the height of the writing, and at least so many pixels, in its longer side.
  private static let (minShare, minSize) = (0.04, 2)
  /// The least share of a dot's box that is ink, and of the strength of the writing.
  private static let (minDensity, minStrength) = (0.25, 0.5)

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

  /// Whether a mark of a scan or photo is a dot of the writing and no speck.
  func contains(_ mark: Components.Component) -> Bool {
    let box = mark.box
    return max(box.width, box.height) >= least && Double(mark.strongest) >= strength
      && mark.area >= Self.minDensity * Double(box.width * box.height) && isBesideWriting(mark)
  }

  /// Whether a mark stands beside the writing.
  func isBesideWriting(_ mark: Components.Component) -> Bool {
    isNear[mark.box.y / side * columns + mark.box.x / side]
  }
}
