// The perspective of a form in a photo by its printed lines, where the edges of the sheet are not in the picture.

import Ink

extension SheetPerspective {
  /// The least share of the page's side that a line covers to tell the perspective, and that two lines alone cover.
  private static let (minLength, minLengthOfTwo) = (0.25, 0.5)
  /// The least distance between the first and the last line, as a share of the side across them.
  private static let minSpan = 0.3
  /// Less convergence is left as it is: the difference between the slopes at the two ends of the page.
  private static let minConvergence = 0.03
  /// The greatest deviation of the slopes from those of lines that meet in one point, as a share of the convergence.
  private static let maxDeviation = 0.15

  /// The slope of lines of one direction, which changes evenly across them: they meet in one point.
  private struct Convergence {
    /// The slope at the start of the side across the lines.
    var slope: Double
    /// The change of the slope along the side.
    var change: Double

    /// Fits the slopes of lines; nil where there are too few, or where they do not meet in one point.
    init?(_ lines: [StraightLine], length: Double, across: Double) {
      let long = lines.filter { Double($0.length) >= SheetPerspective.minLength * length }
      let places = long.map { ($0.offset + $0.slope * length / 2) / across }
      guard let first = places.min(), let last = places.max(), last - first >= SheetPerspective.minSpan,
        long.count > 2
          || long.allSatisfy({ Double($0.length) >= SheetPerspective.minLengthOfTwo * length })
      else { return nil }
      let weights = long.map { Double($0.length) }
      let total = weights.reduce(0, +)
      func mean(_ values: [Double]) -> Double {
        zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / total
      }
      let (place, usual) = (mean(places), mean(long.map(\.slope)))
      let spread = mean(places.map { ($0 - place) * ($0 - place) })
      let common = mean(zip(places, long).map { ($0 - place) * ($1.slope - usual) })
      change = common / max(spread, 1e-9)
      slope = usual - change * place
      let differences = zip(places, long).map { [slope, change] in $1.slope - slope - change * $0 }
      let most = SheetPerspective.maxDeviation * max(abs(change), minConvergence)
      guard mean(differences.map { $0 * $0 }).squareRoot() <= most else { return nil }
    }

    /// Parallel lines.
    init(slope: Double) {
      self.slope = slope
      change = 0
    }
  }

  /// Finds the perspective of a form by its lines; nil where they do not converge.
  ///
  /// - Parameters:
  ///   - lines: the printed lines.
  ///   - width: the width of the map in which they were found.
  ///   - height: its height.
  ///   - unit: the size of a pixel of the map, in pixels of the picture.
  init?(_ lines: PageLines, width: Int, height: Int, unit: Double) {
    let (width, height) = (Double(width), Double(height))
    let rows = Convergence(lines.horizontal, length: width, across: height)
    let columns = Convergence(lines.vertical, length: height, across: width)
    guard max(abs(rows?.change ?? 0), abs(columns?.change ?? 0)) >= Self.minConvergence else { return nil }
    // Lines that are missing are taken to be at right angles to the others in the middle of the page.
    let (across, down) = (
      rows ?? Convergence(slope: -(columns.map { $0.slope + $0.change / 2 } ?? 0)),
      columns ?? Convergence(slope: -(rows.map { $0.slope + $0.change / 2 } ?? 0))
    )
    // The sheet is as large as the picture, and a little larger, so that no corner is cut off.
    let slopes = [across.slope, across.slope + across.change].map(abs)
    let leans = [down.slope, down.slope + down.change].map(abs)
    let sides = leans.map { $0 * (height / 2 + width * max(slopes[0], slopes[1])) }
    let margins = slopes.map { $0 * (width / 2 + 1.5 * max(sides[0], sides[1])) }
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { column, row in
      let (x, y) = (Double(column), Double(row))
      let (rise, lean) = (across.slope + across.change * y, down.slope + down.change * x)
      let middle = Place(
        width * x + (2 * x - 1) * sides[column], height * y + (2 * y - 1) * margins[row])
      // On the row v = middle.y + rise * (u - width / 2), on the column u = middle.x + lean * (v - height / 2).
      let v = (middle.y + rise * (middle.x - lean * height / 2 - width / 2)) / (1 - rise * lean)
      return Place(middle.x + lean * (v - height / 2), v) * unit
    }
    self.init(corners: corners)
  }
}
