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
}
