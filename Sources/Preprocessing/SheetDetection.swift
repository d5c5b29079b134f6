// Finds a sheet of paper in a photo by its edges against what it lies on.

import Basics
import Ink

extension SheetPerspective {
  /// The longer side of the reduced picture in which a sheet is looked for.
  private static let reducedSide = 240
  /// The least difference between the mean levels of paper and what is around it.
  private static let minContrast = 45.0
  /// The least share of the picture that is paper, and that is not.
  private static let (minPaper, minSurroundings) = (0.2, 0.03)
  /// The least share of a quadrilateral around the paper that is paper.
  private static let minFilled = 0.93
  /// Less perspective is left as it is: the sine of the angle between opposite sides.
  private static let minAngle = 0.02
  /// The edge of a sheet is soft: so many pixels of the reduced picture are left out.
  private static let edge = 1.5

  /// Finds a sheet that was photographed at an angle; nil where there is none, or its perspective does not matter.
  init?(in picture: GrayImage) {
    let scale = Double(max(picture.width, picture.height)) / Double(Self.reducedSide)
    guard scale > 1 else { return nil }
    let small = picture.resized(
      width: max(1, Int(clamping: Double(picture.width) / scale)),
      height: max(1, Int(clamping: Double(picture.height) / scale)))
    guard let paper = PaperArea(in: small, minContrast: Self.minContrast),
      Double(paper.count) >= Self.minPaper * Double(small.pixels.count),
      Double(small.pixels.count - paper.count) >= Self.minSurroundings * Double(small.pixels.count)
    else { return nil }
    let hull = ConvexHull.hull(of: paper.outline)
    guard let corners = ConvexHull.quadrilateral(around: hull),
      Double(paper.count) >= Self.minFilled * ConvexHull.area(corners), Self.isWhole(corners, in: small),
      Self.hasPerspective(corners)
    else { return nil }
    let middle = corners.reduce(Place(), +) / 4
    let ordered = Self.fromUpperLeft(corners).map { corner in
      let inwards = middle - corner
      return (corner + inwards * (Self.edge * 2.squareRoot() / max(inwards.length, 1e-9)))
        * Place(Double(picture.width) / Double(small.width), Double(picture.height) / Double(small.height))
    }
    self.init(corners: ordered)
  }

  /// Whether all corners are inside the picture: what goes on beyond it may be a page that a shadow cuts.
  private static func isWhole(_ corners: [Place], in picture: GrayImage) -> Bool {
    corners.allSatisfy {
      $0.x >= edge && $0.y >= edge && $0.x <= Double(picture.width) - edge
        && $0.y <= Double(picture.height) - edge
    }
  }

  /// Whether opposite sides are not parallel.
  private static func hasPerspective(_ corners: [Place]) -> Bool {
    let sides = corners.indices.map { corners[($0 + 1) % 4] - corners[$0] }
    return (0..<2).contains { i in
      let (one, other) = (sides[i], sides[i + 2])
      return abs(one.cross(other)) > minAngle * one.length * other.length
    }
  }

  /// The corners in their order, from the one that is nearest to the picture's upper left corner.
  private static func fromUpperLeft(_ corners: [Place]) -> [Place] {
    let first = corners.indices.min { corners[$0].sum() < corners[$1].sum() } ?? 0
    return Array(corners[first...] + corners[..<first])
  }
}

/// The largest light area of a picture.
private struct PaperArea {
  /// The number of its pixels, with the ink inside.
  let count: Int
  /// The corners of the first and last pixel of each row.
  let outline: [SheetPerspective.Place]

  /// Finds the area that contrasts with the rest; nil where light and dark are too alike.
  init?(in picture: GrayImage, minContrast: Double) {
    guard let threshold = Self.threshold(of: picture, minContrast: minContrast) else { return nil }
    var light = Coverage(width: picture.width, height: picture.height)
    light.levels = picture.pixels.map { Int($0) > threshold ? 255 : 0 }
    let components = Components(light, level: 128)
    guard
      let largest = components.list.indices.max(by: { components.list[$0].area < components.list[$1].area })
    else { return nil }
    let box = components.list[largest].box
    var count = 0
    var outline: [SheetPerspective.Place] = []
    for y in box.rows {
      let own = box.columns.filter { components.labels[y * picture.width + $0] == Int32(largest + 1) }
      guard let first = own.first, let last = own.last else { continue }
      count += last - first + 1
      for row in [y, y + 1] {
        outline.append(.init(Double(first), Double(row)))
        outline.append(.init(Double(last + 1), Double(row)))
      }
    }
    self.count = count
    self.outline = outline
  }

  /// The level that divides the picture into two kinds of pixels best (Otsu, 1979).
  private static func threshold(of picture: GrayImage, minContrast: Double) -> Int? {
    var counts = [Int](repeating: 0, count: 256)
    for level in picture.pixels { counts[Int(level)] += 1 }
    let total = Double(picture.pixels.count)
    let sum = counts.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
    var best = (threshold: 0, variance: 0.0, contrast: 0.0)
    var (below, sumBelow) = (0.0, 0.0)
    for level in 0..<255 {
      below += Double(counts[level])
      sumBelow += Double(level * counts[level])
      guard below > 0, below < total else { continue }
      let contrast = (sum - sumBelow) / (total - below) - sumBelow / below
      let variance = below * (total - below) * contrast * contrast
      if variance > best.variance { best = (level, variance, contrast) }
    }
    return best.contrast >= minContrast ? best.threshold : nil
  }
}

/// Convex polygons around points.
enum ConvexHull {
  typealias Place = SheetPerspective.Place

  /// The corners of the smallest convex polygon around points, clockwise in a picture (Andrew's monotone chain).
  static func hull(of points: [Place]) -> [Place] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    func chain(_ points: some Sequence<Place>) -> [Place] {
      var chain: [Place] = []
      for point in points {
        while chain.count > 1,
          (chain[chain.count - 1] - chain[chain.count - 2]).cross(point - chain[chain.count - 1]) <= 0
        { chain.removeLast() }
        chain.append(point)
      }
      return chain
    }
    return chain(sorted).dropLast() + chain(sorted.reversed()).dropLast()
  }

  /// The area of a polygon.
  static func area(_ corners: [Place]) -> Double {
    abs(corners.indices.reduce(0) { $0 + corners[$1].cross(corners[($1 + 1) % corners.count]) }) / 2
  }

  /// A small quadrilateral around a convex polygon; nil where it has fewer corners.
  ///
  /// A side is removed by lengthening its neighbours until they meet. The side that adds the least area is removed first.
  static func quadrilateral(around polygon: [Place]) -> [Place]? {
    var corners = polygon
    while corners.count > 4 {
      var best: (side: Int, corner: Place, added: Double)?
      for side in corners.indices {
        let place = { (offset: Int) in corners[(side + offset + corners.count) % corners.count] }
        guard let corner = meeting(from: place(-1), place(0), and: place(2), place(1)) else { continue }
        let added = area([place(0), corner, place(1)])
        if added < best?.added ?? .infinity { best = (side, corner, added) }
      }
      guard let best else { return nil }
      corners[best.side] = best.corner
      corners.remove(at: (best.side + 1) % corners.count)
    }
    return corners.count == 4 ? corners : nil
  }

  /// Where two sides meet that are lengthened beyond their second ends; nil where they do not.
  private static func meeting(from a: Place, _ b: Place, and c: Place, _ d: Place) -> Place? {
    let (first, second) = (b - a, d - c)
    let area = first.cross(second)
    guard abs(area) > 1e-9 else { return nil }
    let (beyondFirst, beyondSecond) = ((c - a).cross(second) / area, (c - a).cross(first) / area)
    guard beyondFirst >= 1, beyondSecond >= 1 else { return nil }
    return a + first * beyondFirst
  }
}
