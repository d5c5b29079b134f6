// Commas and points at the foot of a digit.

import Ink
import Preprocessing
import Testing

@Suite struct LowMarkTests {
  /// The number of pieces of a high frame of ink and a small box beside or below it.
  private func pieces(_ small: (x: Int, y: Int, width: Int, height: Int), _ costs: DecodingCosts) -> Int {
    var ink = Coverage(width: 80, height: 90)
    for y in 10..<50 {
      for x in 20..<40 where y < 14 || y >= 46 || x < 24 || x >= 36 { ink[x, y] = 255 }
    }
    for y in small.y..<small.y + small.height {
      for x in small.x..<small.x + small.width { ink[x, y] = 255 }
    }
    let page = Segmentation(normalizer: .usual, costs: costs).lattice(of: ink)
    return page.lines.reduce(0) { $0 + $1.pieces.count }
  }

  @Test func aCommaBelowADigitOfASumIsAPieceOfItsOwn() {
    let comma = (x: 20, y: 52, width: 6, height: 10)
    #expect(pieces(comma, .sums) == 2)
    #expect(pieces(comma, .digits) == 1)
    // The bar above a digit belongs to it.
    #expect(pieces((x: 22, y: 2, width: 10, height: 4), .sums) == 1)
  }

  private let segmentation = Segmentation(normalizer: .usual, costs: .sums)

  /// The symbols of a digit without its bar, and of a bar at a height beside it.
  private func symbols(barAt y: Double) -> [Hypothesis] {
    func stroke(_ points: [(Double, Double)]) -> Stroke {
      Stroke(points.map { Stroke.Sample(Point(x: $0.0, y: $0.1)) }, width: 6)
    }
    let body = stroke([(300, 402), (298, 430), (330, 440), (335, 470), (300, 490)])
    let bar = stroke([(342, y), (385, y - 2)])
    let page = Page(drawing: Drawing([body, bar]))
    return segmentation.lattice(of: page).symbolsByArrangement.flatMap(\.self)
  }

  @Test func theBarOfAFiveIsNoMinus() {
    #expect(symbols(barAt: 400).count == 1)
    #expect(symbols(barAt: 450).count == 2)
  }

  @Test func aDrawnDotBesideALongBarIsNoDust() {
    let strokes = [(200.0, 800.0, 500.0), (300, 302, 300), (340, 341, 290)].map { x, right, y in
      Stroke([Stroke.Sample(Point(x: x, y: y)), Stroke.Sample(Point(x: right, y: y))], width: 4)
    }
    let tall = Stroke(
      [Stroke.Sample(Point(x: 260, y: 260)), Stroke.Sample(Point(x: 262, y: 420))], width: 4)
    let page = segmentation.lattice(of: Page(drawing: Drawing(strokes + [tall])))
    #expect(page.lines.reduce(0) { $0 + $1.pieces.reduce(0) { $0 + $1.strokes.count } } == 4)
  }

  @Test func theFlagOfAOneIsAPartOfItBesideAWideFoot() {
    // The foot comes between the flag and the stem from left to right.
    let strokes: [[(Double, Double)]] = [
      [(290, 240), (292, 275), (295, 320), (296, 370), (299, 380)], [(334, 396), (279, 397), (242, 398)],
      [(277, 241), (275, 241)], [(273, 248), (261, 274), (260, 276)],
    ]
    let page = Page(
      drawing: Drawing(
        strokes.map { stroke in
          Stroke(stroke.map { Stroke.Sample(Point(x: 2.2 * $0.0, y: 2.2 * $0.1)) }, width: 40)
        }))
    let symbols = Segmentation(normalizer: .usual, costs: .digits).lattice(of: page).symbolsByArrangement
    #expect(symbols.map(\.count) == [1])
  }
}
