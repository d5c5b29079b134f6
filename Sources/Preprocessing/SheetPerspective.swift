// The perspective of a sheet of paper in a photo, and its removal.

import Basics
package import Ink

/// A sheet that was photographed at an angle: a quadrilateral in the picture, and the rectangle that it is.
///
/// The rectangle is mapped to the quadrilateral as in Heckbert, "Fundamentals of Texture Mapping and Image Warping"
/// (1989), section 2.2.3.
package struct SheetPerspective: Sendable, Equatable {
  /// A place in a picture, in pixels.
  package typealias Place = SIMD2<Double>

  /// The sides of the flat sheet, in pixels.
  package let (width, height): (Int, Int)
  // The columns of the matrix that maps the unit square to the picture.
  private let (across, down, origin): (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  /// Makes the map from a sheet's corners in a picture: the upper left one, and the others clockwise.
  ///
  /// Each side of the flat sheet is the mean of its two sides in the picture. nil where the corners are no quadrilateral.
  package init?(corners: [Place]) {
    guard corners.count == 4 else { return nil }
    let (a, b, c, d) = (corners[0], corners[1], corners[2], corners[3])
    let (first, second, sum) = (b - c, d - c, a - b + c - d)
    let area = first.cross(second)
    guard abs(area) > 1e-6 else { return nil }
    let (g, h) = (sum.cross(second) / area, first.cross(sum) / area)
    across = SIMD3(b - a + g * b, g)
    down = SIMD3(d - a + h * d, h)
    origin = SIMD3(a, 1)
    width = Int(clamping: (((b - a).length + (c - d).length) / 2).rounded())
    height = Int(clamping: (((d - a).length + (c - b).length) / 2).rounded())
    // The denominator is positive in all corners, so that it is positive everywhere between them.
    guard width > 0, height > 0, min(1 + g, 1 + h, 1 + g + h) > 1e-3 else { return nil }
  }

  /// The place in the picture of a place on the flat sheet.
  package func original(_ place: Place) -> Place {
    let mapped = across * (place.x / Double(width)) + down * (place.y / Double(height)) + origin
    return Place(mapped.x, mapped.y) / mapped.z
  }

  /// The box in the picture around a box on the flat sheet.
  package func original(_ box: Box) -> Box {
    let corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
      .map { original(Place($0.0, $0.1)) }
    let (low, high) = corners.dropFirst().reduce((corners[0], corners[0])) {
      (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
    }
    return Box(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y)
  }

  /// The flat sheet: each pixel is interpolated linearly in the picture.
  package func flattened(_ picture: GrayImage) -> GrayImage {
    var flat = GrayImage(width: width, height: height)
    let (lastColumn, lastRow) = (Double(picture.width - 1), Double(picture.height - 1))
    guard lastColumn >= 0, lastRow >= 0 else { return flat }
    for y in 0..<height {
      for x in 0..<width {
        let place = original(Place(Double(x) + 0.5, Double(y) + 0.5)) - 0.5
        let (column, row) = (min(max(place.x, 0), lastColumn), min(max(place.y, 0), lastRow))
        let (left, top) = (Int(clamping: column), Int(clamping: row))
        let (right, bottom) = (min(left + 1, picture.width - 1), min(top + 1, picture.height - 1))
        let (u, v) = (column - Double(left), row - Double(top))
        let upper = Double(picture[left, top]) * (1 - u) + Double(picture[right, top]) * u
        let lower = Double(picture[left, bottom]) * (1 - u) + Double(picture[right, bottom]) * u
        flat[x, y] = UInt8(clamping: (upper * (1 - v) + lower * v).rounded())
      }
    }
    return flat
  }
}

extension SIMD2<Double> {
  /// The length of the vector.
  var length: Double { (x * x + y * y).squareRoot() }

  /// The area of the parallelogram of two vectors; positive where the other one is clockwise, with y downwards.
  func cross(_ other: Self) -> Double { x * other.y - y * other.x }
}
