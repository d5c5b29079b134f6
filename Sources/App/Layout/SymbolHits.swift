// Which symbol of a reading a position on the page belongs to.

import Graphics
import Ink
import Recognition

/// Finds symbols by positions on the page.
///
/// A click beside ink draws a dot, for example a decimal point under the arm of a "7". Only a click on the ink of a symbol
/// means the symbol; of a doubted one, which has a frame, the whole box.
struct SymbolHits {
  let reading: Reading
  let doubted: Set<Int>
  let tolerance: Double

  /// The symbol at a position; nil where a click draws.
  func symbol(at point: Point, on page: Page) -> Int? {
    let near = reading.symbols.indices.filter { reading.symbols[$0].box.grown(by: tolerance).contains(point) }
    if near.isEmpty { return nil }
    let nearest = near.min {
      reading.symbols[$0].box.distanceFromCenter(point) < reading.symbols[$1].box.distanceFromCenter(point)
    }
    if let found = near.first(where: doubted.contains), near.count == 1 || found == nearest { return found }
    // A picture has no strokes; on it, boxes are pointed at.
    if page.picture != nil { return nearest }
    return page.drawing.strokes.contains { isOnInk(of: $0, point) } ? nearest : nil
  }

  private func isOnInk(of stroke: Stroke, _ point: Point) -> Bool {
    let reach = stroke.width / 2 + tolerance
    guard stroke.bounds?.grown(by: reach).contains(point) == true else { return false }
    let points = stroke.samples.map { PicturePoint($0.point.x, $0.point.y) }
    return PicturePoint(point.x, point.y).distance(to: points) <= reach
  }
}

extension Box {
  fileprivate func contains(_ point: Point) -> Bool {
    point.x >= x && point.x <= right && point.y >= y && point.y <= bottom
  }

  fileprivate func distanceFromCenter(_ point: Point) -> Double {
    let (dx, dy) = (point.x - x - width / 2, point.y - y - height / 2)
    return dx * dx + dy * dy
  }
}
