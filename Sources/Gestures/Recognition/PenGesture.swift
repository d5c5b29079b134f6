import Basics
package import Ink

/// A gesture that edits text while one writes.
package enum PenGesture: String, Sendable, CaseIterable {
  /// Back and forth at least three times over what is to be deleted.
  case strikeOut = "strike-out"
  /// A long dash to the right: a blank.
  case space
  /// A long dash to the left: deletes the last character.
  case backspace
  /// Down, and then far to the left: Enter.
  case enter

  /// The shortest dash, in parts of the height of capitals: twice the width of a wide letter.
  private static let dashLength = 1.7
  /// How far a dash may rise or fall, in parts of its length.
  private static let dashSlope = 0.2
  /// How much longer than the straight line between its ends a straight stroke may be.
  private static let straightness = 1.06

  /// Recognises a stroke; nil where it is none of them, such as a letter.
  ///
  /// - Parameters:
  ///   - stroke: The stroke.
  ///   - height: The height of capitals in the stroke's unit: the distance of the guide lines.
  package init?(_ stroke: Stroke, height: Double) {
    let path = Path(stroke)
    guard height > 0, path.points.count > 1 else { return nil }
    if let dash = Self.dash(path, height) {
      self = dash
    } else if Self.isStrikeOut(path, height) {
      self = .strikeOut
    } else if Self.isHook(path, height) {
      self = .enter
    } else {
      return nil
    }
  }

  private static func dash(_ path: Path, _ height: Double) -> PenGesture? {
    let whole = path.points.indices
    let (dx, dy) = path.step(whole)
    guard abs(dx) >= dashLength * height, abs(dy) <= dashSlope * abs(dx),
      path.length(whole) <= straightness * path.distance(whole)
    else { return nil }
    return dx > 0 ? .space : .backspace
  }

  /// At least four long runs to the right and to the left in turn, in a low band: a `B` or a `3` in one stroke is higher.
  private static func isStrikeOut(_ path: Path, _ height: Double) -> Bool {
    let runs = path.horizontalRuns(longerThan: 0.35 * height)
    guard runs.count >= 4, path.width >= 0.8 * height, path.height <= 0.8 * path.width else { return false }
    // Each run is flat and passes over a good part of the whole; the loops of letters do not.
    return runs.allSatisfy { run in
      let (dx, dy) = path.step(run)
      return abs(dx) >= 0.4 * path.width && abs(dy) <= abs(dx)
    }
  }

  /// A straight way down, a corner, and a straight way to the left that is at least as long.
  private static func isHook(_ path: Path, _ height: Double) -> Bool {
    guard let corner = path.cornerIndex else { return false }
    let (down, left) = (0...corner, corner...(path.points.count - 1))
    let (downX, downY) = path.step(Range(down))
    let (leftX, leftY) = path.step(Range(left))
    return downY >= 0.5 * height && abs(downX) <= 0.4 * downY && -leftX >= 1.2 * height
      && -leftX >= downY && abs(leftY) <= 0.3 * -leftX
      && path.length(Range(down)) <= 1.1 * path.distance(Range(down))
      && path.length(Range(left)) <= 1.1 * path.distance(Range(left))
  }
}

extension PenGesture {
  /// The points of a stroke, with the measures of its parts.
  fileprivate struct Path {
    let points: [Point]

    init(_ stroke: Stroke) { points = stroke.samples.map(\.point) }

    var width: Double { extent(\.x) }
    var height: Double { extent(\.y) }

    private func extent(_ axis: KeyPath<Point, Double>) -> Double {
      let values = points.map { $0[keyPath: axis] }
      return (values.max() ?? 0) - (values.min() ?? 0)
    }

    /// The way from the first to the last point of a part.
    func step(_ part: Range<Int>) -> (x: Double, y: Double) {
      guard let first = part.first, let last = part.last else { return (0, 0) }
      return (points[last].x - points[first].x, points[last].y - points[first].y)
    }

    func distance(_ part: Range<Int>) -> Double {
      let (x, y) = step(part)
      return (x * x + y * y).squareRoot()
    }

    /// The length of the path along a part.
    func length(_ part: Range<Int>) -> Double {
      zip(part, part.dropFirst()).reduce(0) { $0 + distance($1.0..<$1.1 + 1) }
    }

    /// The point that is farthest from the line between the ends.
    var cornerIndex: Int? {
      guard let first = points.first, let last = points.last, points.count > 2 else { return nil }
      let (dx, dy) = (last.x - first.x, last.y - first.y)
      func offset(_ index: Int) -> Double {
        abs((points[index].x - first.x) * dy - (points[index].y - first.y) * dx)
      }
      return (1..<points.count - 1).max { offset($0) < offset($1) }
    }

    /// Parts in which the pen moves to one side, each by more than a length; turns back by less are ignored.
    func horizontalRuns(longerThan length: Double) -> [Range<Int>] {
      var runs: [Range<Int>] = []
      var start = 0
      var turn = 0
      for index in points.indices {
        let (toTurn, back) = (points[turn].x - points[start].x, points[index].x - points[turn].x)
        if toTurn == 0 || toTurn * back >= 0 {
          if abs(points[index].x - points[start].x) >= abs(toTurn) { turn = index }
        } else if abs(back) > length {
          if abs(toTurn) > length { runs.append(start..<turn + 1) }
          start = turn
          turn = index
        }
      }
      if abs(points[turn].x - points[start].x) > length { runs.append(start..<turn + 1) }
      return runs
    }
  }
}
