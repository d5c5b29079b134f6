// Synthetic photos: ink on unevenly lit, ruled paper that is rotated, or lies on a table and is seen at an angle.

import Basics
import CLibrary
import Ink
import Preprocessing

/// Makes pictures of strokes that resemble photos.
struct SyntheticPhoto {
  /// Where the paper is in the picture.
  private enum Placement {
    /// The paper is rotated, and fills the picture: the angle's sine and cosine, and the middles of the paper and of the
    /// picture.
    case rotated(sine: Double, cosine: Double, from: SIMD2<Double>, to: SIMD2<Double>)
    /// The paper is a sheet seen at an angle; the sides of the paper, and its corners in the picture.
    case tilted(SheetPerspective, width: Double, height: Double, corners: [SIMD2<Double>])

    func place(_ column: Double, _ row: Double) -> Point {
      switch self {
      case .rotated(let sine, let cosine, let from, let to):
        let (x, y) = (column - from.x, row - from.y)
        return Point(x: to.x + x * cosine - y * sine, y: to.y + x * sine + y * cosine)
      case .tilted(let sheet, let width, let height, _):
        let place = sheet.original(
          SIMD2(column / width * Double(sheet.width), row / height * Double(sheet.height)))
        return Point(x: place.x, y: place.y)
      }
    }

    /// Whether a place of the picture is paper.
    func isPaper(_ column: Double, _ row: Double) -> Bool {
      guard case .tilted(_, _, _, let corners) = self else { return true }
      return corners.indices.allSatisfy { i in
        let (corner, next) = (corners[i], corners[(i + 1) % corners.count])
        return (next.x - corner.x) * (row - corner.y) >= (next.y - corner.y) * (column - corner.x)
      }
    }
  }

  private var random: Xoshiro256
  /// The brightness of the table under a sheet, as a share of that of the paper.
  private static let table = 0.35
  /// Where the paper is in the last picture.
  private var placement: Placement?

  init(random: Xoshiro256) { self.random = random }

  /// The place in the last picture of a point of the paper, in pixels.
  func place(of point: Point) -> Point { placement?.place(point.x, point.y) ?? point }

  /// The picture of strokes on paper of a width and height in pixels.
  mutating func picture(
    of strokes: [Stroke], width: Double, height: Double, unit: Double, isTilted: Bool = false
  ) -> GrayImage {
    let (placement, columns, rows) = isTilted ? tilted(width, height) : rotated(width, height)
    self.placement = placement
    let placed = strokes.map { stroke in
      stroke.mapped(width: stroke.width / unit) { placement.place($0.x / unit, $0.y / unit) }
    }
    let rasterizer = StrokeRasterizer(scale: 1)
    let ink = rasterizer.coverage(of: placed, width: columns, height: rows)
    let ruling = rasterizer.coverage(
      of: ruling(width: width, height: height, placement), width: columns, height: rows)
    let inkDepth = random.number(in: 0.6...0.9)
    let ruleDepth = random.number(in: 0.1...0.28)
    // Brightness that changes evenly over the picture, and the soft edge of a shadow.
    let (light, lightX, lightY) = (
      random.number(in: 150...240), random.number(in: -0.3...0.3), random.number(in: -0.3...0.3)
    )
    let (shadowX, shadowY) = (
      random.number(in: 0...1) * Double(columns), random.number(in: 0...1) * Double(rows)
    )
    let (slope, depth) = (random.number(in: -1...1), random.number(in: 0...0.4))
    let softness = random.number(in: 15...80)
    let noise = random.number(in: 1...8)
    var result = GrayImage(width: columns, height: rows)
    for y in 0..<rows {
      for x in 0..<columns {
        let u = Double(x) / Double(columns) - 0.5
        let v = Double(y) / Double(rows) - 0.5
        var level = light * (1 + lightX * u + lightY * v)
        let across = (Double(x) - shadowX) + (Double(y) - shadowY) * slope
        level *= 1 - depth / (1 + exp(-across / softness))
        if placement.isPaper(Double(x) + 0.5, Double(y) + 0.5) {
          level *= 1 - ruleDepth * Double(ruling[x, y]) / 255
          level *= 1 - inkDepth * Double(ink[x, y]) / 255
        } else {
          level *= Self.table
        }
        level += noise * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2
        result[x, y] = UInt8(clamping: min(max(level.rounded(), 0), 255))
      }
    }
    return result
  }

  /// Paper that fills the picture, rotated by up to 20°, and the sides of the picture.
  private mutating func rotated(_ width: Double, _ height: Double) -> (Placement, columns: Int, rows: Int) {
    let angle = random.number(in: -20...20) * Double.pi / 180
    let margin = 40.0
    let columns = Int(clamping: width * cos(angle) + height * abs(sin(angle)) + margin)
    let rows = Int(clamping: height * cos(angle) + width * abs(sin(angle)) + margin)
    let placement = Placement.rotated(
      sine: sin(angle), cosine: cos(angle), from: SIMD2(x: width / 2, y: height / 2),
      to: SIMD2(x: Double(columns) / 2, y: Double(rows) / 2))
    return (placement, columns, rows)
  }

  /// A sheet on a table whose corners are moved as in a photo from the side, and the sides of the picture.
  private mutating func tilted(_ width: Double, _ height: Double) -> (Placement, columns: Int, rows: Int) {
    let margin = random.number(in: 50...120)
    let (shiftX, shiftY) = (0.1 * width, 0.1 * height)
    let corners = [(0.0, 0.0), (width, 0), (width, height), (0, height)].map { corner in
      SIMD2(
        corner.0 + margin + random.number(in: 0...2) * shiftX,
        corner.1 + margin + random.number(in: 0...2) * shiftY)
    }
    let columns = Int(clamping: width + 2 * (margin + shiftX))
    let rows = Int(clamping: height + 2 * (margin + shiftY))
    guard let sheet = SheetPerspective(corners: corners) else { return rotated(width, height) }
    return (.tilted(sheet, width: width, height: height, corners: corners), columns, rows)
  }

  /// The lines of ruled or squared paper; none on plain paper.
  private mutating func ruling(width: Double, height: Double, _ placement: Placement) -> [Stroke] {
    let kind = random.uniform()
    if kind < 0.25 { return [] }
    let isSquared = kind >= 0.65
    let spacing = random.number(in: isSquared ? 28...50 : 45...90)
    let thickness = random.number(in: 1...2.2)
    // Paper that fills the picture goes on beyond the page.
    let beyond = if case .rotated = placement { 1.0 } else { 0.0 }
    let (columns, rows) = (-beyond * width...(1 + beyond) * width, -beyond * height...(1 + beyond) * height)
    func line(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Stroke {
      let ends = [placement.place(x0, y0), placement.place(x1, y1)]
      return Stroke(ends.map { Stroke.Sample($0) }, width: thickness)
    }
    var lines = stride(from: rows.lowerBound, to: rows.upperBound, by: spacing).map {
      line(columns.lowerBound, $0, columns.upperBound, $0)
    }
    if isSquared {
      lines += stride(from: columns.lowerBound, to: columns.upperBound, by: spacing).map {
        line($0, rows.lowerBound, $0, rows.upperBound)
      }
    }
    return lines
  }
}
