// Points.

import Ink
import Testing

@Suite struct PointTests {
  @Test func coordinatesAreRoundedToThe256thOfAUnit() {
    #expect(Point(x: 1.001, y: 2.003) == Point(x: 1, y: 2 + 1.0 / 256))
  }
}
