// The path of the pen as the input of a network that reads strokes.

/// The path of the pen over all strokes of a symbol: a row of points at equal distances, each with its place, its
/// direction and its turn, and with whether the pen is down.
///
/// Between two strokes the path follows the straight line that the raised pen takes. What does not change the path
/// does not change the input: position and size of the ink, the speed of the pen, samples that were lost.
public enum Trajectory {
  /// The points in a row.
  public static let points = 64
  /// The numbers of a point: place (2), direction (2), turn (2), whether the pen is down, whether a stroke begins.
  public static let channels = 8
  /// The numbers of an input.
  public static let size = points * channels

  /// A position; y grows downward.
  public typealias Position = SIMD2<Float>

  /// A stroke is at least as long as this share of the ink's longer side, so that a dot has points of its own.
  private static let minStroke: Float = 0.12
  /// A raised pen's path counts this share of its length.
  private static let raisedShare: Float = 0.5
  /// The path is cut into so many parts a point, whose mean is the point: this smooths the jitter of a mouse.
  private static let oversampling = 3

  /// The input of some strokes.
  ///
  /// - Parameters:
  ///   - strokes: the points of each stroke, in any unit.
  ///   - dot: ink with a smaller longer side is not enlarged to fill the frame.
  /// - Returns: `size` numbers, point by point; nil without points, or where a coordinate is not finite.
  public static func input(of strokes: [[Position]], dot: Float = 0) -> [Float]? {
    var low = Position(repeating: .infinity)
    var high = Position(repeating: -.infinity)
    for point in strokes.joined() {
      guard point.x.isFinite, point.y.isFinite else { return nil }
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    let extent = high - low
    let longer = max(extent.x, extent.y)
    guard longer >= 0, longer < .infinity else { return nil }
    let side = max(longer, dot, 1e-6)
    let centre = (low + high) / 2
    var path = Path()
    for stroke in strokes where !stroke.isEmpty {
      path.append(
        stroke.map { ($0 - centre) * (2 / side) }, minLength: 2 * minStroke, raisedShare: raisedShare)
    }
    return numbers(path.resampled(points * oversampling))
  }

  /// The numbers of a row of fine points.
  private static func numbers(_ fine: [Path.Point]) -> [Float] {
    let row = (0..<points).map { index -> Path.Point in
      let part = fine[index * oversampling..<(index + 1) * oversampling]
      // The point in the middle tells the stroke; only points of the same stroke are averaged with it.
      let middle = part[part.startIndex + oversampling / 2]
      let same = part.filter { $0.stroke == middle.stroke && $0.isDown == middle.isDown }
      return Path.Point(
        position: same.reduce(Position()) { $0 + $1.position } / Float(same.count), stroke: middle.stroke,
        isDown: middle.isDown)
    }
    var result: [Float] = []
    result.reserveCapacity(size)
    var last = Position()
    for index in row.indices {
      let point = row[index]
      let before = row[max(index - 1, 0)]
      let after = row[min(index + 1, points - 1)]
      let direction = unit(after.position - before.position)
      let turn = Position((last * direction).sum(), last.x * direction.y - last.y * direction.x)
      last = direction
      let begins = point.isDown && (index == 0 || before.stroke != point.stroke || !before.isDown)
      result += [
        point.position.x, point.position.y, direction.x, direction.y, turn.x, turn.y, point.isDown ? 1 : 0,
        begins ? 1 : 0,
      ]
    }
    return result
  }

  private static func unit(_ vector: Position) -> Position {
    let length = (vector * vector).sum().squareRoot()
    return length < 1e-4 ? Position() : vector / length
  }
}

/// A path of straight parts with their lengths.
private struct Path {
  struct Point {
    var position: SIMD2<Float>
    var stroke: Int
    var isDown: Bool
  }

  private struct Part {
    let start: SIMD2<Float>
    let end: SIMD2<Float>
    /// What the part counts of the whole length.
    let length: Float
    let stroke: Int
    let isDown: Bool
  }

  private var parts: [Part] = []
  private var length: Float = 0
  private var strokes = 0

  /// Appends a stroke, and before it the way of the raised pen.
  mutating func append(_ points: [SIMD2<Float>], minLength: Float, raisedShare: Float) {
    guard let first = points.first else { return }
    if let last = parts.last {
      append(last.end, first, length: raisedShare * distance(last.end, first), isDown: false)
    }
    let own = zip(points, points.dropFirst()).reduce(Float(0)) { $0 + distance($1.0, $1.1) }
    let isShort = own < minLength
    if points.count == 1 {
      append(first, first, length: minLength, isDown: true)
    } else {
      for (start, end) in zip(points, points.dropFirst()) {
        // A short stroke is stretched in time, not in space.
        let share =
          isShort
          ? (own > 0 ? distance(start, end) / own : 1 / Float(points.count - 1)) * minLength
          : distance(start, end)
        append(start, end, length: share, isDown: true)
      }
    }
    strokes += 1
  }

  private mutating func append(_ start: SIMD2<Float>, _ end: SIMD2<Float>, length: Float, isDown: Bool) {
    parts.append(Part(start: start, end: end, length: length, stroke: strokes, isDown: isDown))
    self.length += length
  }

  /// Points at equal distances, each in the middle of its share of the length.
  func resampled(_ count: Int) -> [Point] {
    var result: [Point] = []
    result.reserveCapacity(count)
    var part = 0
    var passed: Float = 0
    for index in 0..<count {
      let wanted = (Float(index) + 0.5) / Float(count) * length
      while part < parts.count - 1, passed + parts[part].length < wanted {
        passed += parts[part].length
        part += 1
      }
      let current = parts[part]
      let share = current.length > 0 ? min(max((wanted - passed) / current.length, 0), 1) : 0
      result.append(
        Point(
          position: current.start + (current.end - current.start) * share, stroke: current.stroke,
          isDown: current.isDown))
    }
    return result
  }

  private func distance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
    let difference = b - a
    return (difference * difference).sum().squareRoot()
  }
}
