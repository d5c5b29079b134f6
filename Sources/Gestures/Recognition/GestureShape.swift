import Ink

/// The shape of a gesture, independent of its size and place: points at equal distances along the path of the pen.
///
/// Shapes of one stroke are compared along their paths, with the pen's direction, so that a dash to the right differs
/// from one to the left. With more strokes, their order and directions do not matter: the points are compared as a
/// cloud, by the greedy matching of $P (Vatavu, Anthony, Wobbrock, 2012).
struct GestureShape {
  private struct Vector {
    var x: Double
    var y: Double

    func distance(to other: Vector) -> Double {
      let (dx, dy) = (x - other.x, y - other.y)
      return (dx * dx + dy * dy).squareRoot()
    }
  }

  /// The number of points: with 16 or 64, the shapes of `dollar1-gestures` are told apart equally well.
  private static let count = 32
  /// What a difference of direction counts beside one of position, whose unit is the shape's longer side.
  ///
  /// Without directions 98.97 % of the shapes of `dollar1-gestures` are right, with 0.1 to 0.5 it is 99.0 to 99.1 %.
  private static let directionWeight = 0.2

  private let points: [Vector]
  private let directions: [Vector]
  private let isSingleStroke: Bool

  /// Makes the shape of strokes; nil where they have no length.
  init?(_ strokes: [Stroke]) {
    let paths = strokes.map { $0.samples.map { Vector(x: $0.point.x, y: $0.point.y) } }.filter { !$0.isEmpty }
    guard let points = Self.resampled(paths) else { return nil }
    let xs = points.map(\.x)
    let ys = points.map(\.y)
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
      return nil
    }
    let side = max(right - left, bottom - top)
    guard side > 0 else { return nil }
    let middle = Vector(
      x: xs.reduce(0, +) / Double(Self.count), y: ys.reduce(0, +) / Double(Self.count))
    let moved = points.map { Vector(x: ($0.x - middle.x) / side, y: ($0.y - middle.y) / side) }
    self.points = moved
    directions = moved.indices.map { index in
      let (a, b) = (moved[max(0, index - 1)], moved[min(moved.count - 1, index + 1)])
      let length = a.distance(to: b)
      return length > 0 ? Vector(x: (b.x - a.x) / length, y: (b.y - a.y) / length) : Vector(x: 0, y: 0)
    }
    isSingleStroke = paths.count == 1
  }

  /// The mean distance of the points of two shapes; the unit is a shape's longer side.
  func distance(to other: GestureShape) -> Double {
    isSingleStroke && other.isSingleStroke ? pathDistance(to: other) : cloudDistance(to: other)
  }

  private func pathDistance(to other: GestureShape) -> Double {
    let weight = Self.directionWeight * Self.directionWeight
    var sum = 0.0
    for index in points.indices {
      let (dx, dy) = (points[index].x - other.points[index].x, points[index].y - other.points[index].y)
      let (ex, ey) = (
        directions[index].x - other.directions[index].x, directions[index].y - other.directions[index].y
      )
      sum += (dx * dx + dy * dy + weight * (ex * ex + ey * ey)).squareRoot()
    }
    return sum / Double(points.count)
  }

  /// The smallest result of greedy matchings that start at several points, in both roles of the two clouds.
  private func cloudDistance(to other: GestureShape) -> Double {
    // $P starts at about the square root of the number of points.
    stride(from: 0, to: points.count, by: 6).map { start in
      min(greedyMatching(with: other, from: start), other.greedyMatching(with: self, from: start))
    }.min() ?? .infinity
  }

  /// Gives each point the nearest one that is still free; later matches, which have less choice, weigh less.
  private func greedyMatching(with other: GestureShape, from start: Int) -> Double {
    var isFree = [Bool](repeating: true, count: points.count)
    var (sum, weights) = (0.0, 0.0)
    for step in points.indices {
      let point = points[(start + step) % points.count]
      var (nearest, smallest) = (0, Double.infinity)
      for index in points.indices where isFree[index] {
        let distance = point.distance(to: other.points[index])
        if distance < smallest { (nearest, smallest) = (index, distance) }
      }
      isFree[nearest] = false
      let weight = 1 - Double(step) / Double(points.count)
      sum += weight * smallest
      weights += weight
    }
    return sum / weights
  }

  /// Points at equal distances along all paths; the pen's way between two strokes has no length.
  private static func resampled(_ paths: [[Vector]]) -> [Vector]? {
    let lengths = paths.map { path in zip(path, path.dropFirst()).map { $0.distance(to: $1) } }
    let total = lengths.joined().reduce(0, +)
    guard total > 0, total.isFinite, let last = paths.last?.last else { return nil }
    let step = total / Double(count - 1)
    var points: [Vector] = []
    var passed = 0.0
    for (path, lengths) in zip(paths, lengths) {
      for (index, length) in lengths.enumerated() where length > 0 {
        let (a, b) = (path[index], path[index + 1])
        while points.count < count, Double(points.count) * step <= passed + length {
          let part = (Double(points.count) * step - passed) / length
          points.append(Vector(x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y)))
        }
        passed += length
      }
    }
    // Rounding may leave out the end.
    while points.count < count { points.append(last) }
    return points
  }
}
