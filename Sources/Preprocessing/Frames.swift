// Frames, boxes and the cells of tables: straight lines whose two ends lie on other lines.

import Basics

/// The lines of frames among the straight lines of a page.
///
/// A stroke of writing has free ends, so that the sides of a frame are told from a 1 or the bar of a 7, however short
/// they are.
struct Frames {
  /// The indices of the lines along the rows and along the columns.
  private(set) var horizontal: Set<Int>
  private(set) var vertical: Set<Int>
  /// The indices of lines along the columns of which one end lies on a frame, at a right angle.
  private(set) var attached: Set<Int> = []

  /// A corner may be open, or a line go beyond it, by so many pixels and this multiple of the thickness.
  private static let (reach, reachOfThickness) = (3.0, 1.5)
  /// The slopes of two lines at a right angle differ by at most this.
  private static let rightAngle = 0.02

  /// Finds the frames.
  ///
  /// - Parameters:
  ///   - rows: the lines along the rows.
  ///   - columns: those along the columns, with rows and columns exchanged.
  ///   - isLong: whether a line along the columns, or one along the rows, is too long for writing: it supports others
  ///     even where its own ends are free.
  init(
    among rows: [StraightLine], _ columns: [StraightLine],
    isLong: (_ line: StraightLine, _ isVertical: Bool) -> Bool
  ) {
    let long = (
      horizontal: Set(rows.indices.filter { isLong(rows[$0], false) }),
      vertical: Set(columns.indices.filter { isLong(columns[$0], true) })
    )
    horizontal = Set(rows.indices)
    vertical = Set(columns.indices)
    // A line without support takes away the support of others.
    while true {
      let (h, v) = (horizontal, vertical)
      horizontal = h.filter {
        long.horizontal.contains($0) || Self.isSupported(rows[$0], by: v.map { columns[$0] })
      }
      vertical = v.filter {
        long.vertical.contains($0) || Self.isSupported(columns[$0], by: horizontal.map { rows[$0] })
      }
      if horizontal == h, vertical == v { break }
    }
    let all = (horizontal.map { rows[$0] }, vertical.map { columns[$0] })
    horizontal = horizontal.filter { Self.isSupported(rows[$0], by: all.1) }
    vertical = vertical.filter { Self.isSupported(columns[$0], by: all.0) }
    attached = Set(
      columns.indices.filter { index in
        !vertical.contains(index)
          && all.0.contains { row in
            Self.ends(of: columns[index]).contains { Self.lies($0, of: columns[index], on: row) }
              && abs(columns[index].slope + row.slope) <= Self.rightAngle
          }
      })
  }

  private static func ends(of line: StraightLine) -> [Int] {
    [line.columns.lowerBound, line.columns.upperBound - 1]
  }

  /// Whether both ends of a line lie on lines of the other direction.
  private static func isSupported(_ line: StraightLine, by others: [StraightLine]) -> Bool {
    ends(of: line).allSatisfy { end in others.contains { lies(end, of: line, on: $0) } }
  }

  /// Whether an end of a line lies on a line of the other direction.
  private static func lies(_ end: Int, of line: StraightLine, on other: StraightLine) -> Bool {
    let across = line.middle(end)
    let reach = reach + reachOfThickness * max(line.thickness, other.thickness)
    return abs(other.middle(Int(clamping: across)) - Double(end)) <= reach
      && Double(other.columns.lowerBound) - reach <= across
      && across <= Double(other.columns.upperBound) + reach
  }
}
