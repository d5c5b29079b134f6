// Signs of separate dots and bars.

import Ink
import Recognition
import Testing

@Suite struct CompoundInkTests {
  /// A picture of 28 by 28 pixels with boxes of ink: x, y, width, height.
  private func picture(_ boxes: [(Int, Int, Int, Int)]) -> Coverage {
    var picture = Coverage(width: 28, height: 28)
    for (x, y, width, height) in boxes {
      for row in y..<y + height { for column in x..<x + width { picture[column, row] = 255 } }
    }
    return picture
  }

  @Test func dotsAndBarsAreToldByTheirArrangement() {
    #expect(CompoundInk.sign(of: picture([(5, 13, 18, 2), (13, 6, 3, 3), (13, 19, 3, 3)])) == "÷")
    #expect(CompoundInk.sign(of: picture([(5, 13, 18, 2), (13, 8, 1, 2), (12, 18, 2, 1)])) == "÷")
    #expect(CompoundInk.sign(of: picture([(12, 8, 3, 3), (13, 17, 3, 3)])) == ":")
    #expect(CompoundInk.sign(of: picture([(5, 9, 18, 2), (6, 17, 15, 3)])) == "=")
    // The lower dot of a quick hand has a tail.
    #expect(CompoundInk.sign(of: picture([(13, 6, 3, 3), (11, 12, 4, 9)])) == ":")
  }

  @Test(arguments: [
    // A bar alone; with one dot; with dots beside it; with a stroke below; two bars of unlike width; a point with a stroke.
    [(5, 13, 18, 2)], [(5, 13, 18, 2), (13, 6, 3, 3)], [(5, 13, 18, 2), (2, 6, 3, 3), (24, 19, 3, 3)],
    [(5, 13, 18, 2), (13, 6, 3, 3), (12, 17, 2, 10)], [(5, 9, 18, 2), (9, 17, 7, 2)],
    [(12, 4, 2, 14), (12, 22, 2, 2)], [(12, 8, 3, 3), (20, 17, 3, 3)], [],
  ]) func otherArrangementsAreLeftToTheNetworks(boxes: [(Int, Int, Int, Int)]) {
    #expect(CompoundInk.sign(of: picture(boxes)) == nil)
  }

  @Test func anAnswerBelievesTheParts() throws {
    let classes = ReadingMode.sums.classes
    let (minus, divided) = (
      try #require(classes.labels.firstIndex(of: "-")), try #require(classes.labels.firstIndex(of: "÷"))
    )
    var probabilities = classes.labels.map { _ in 0.0 }
    (probabilities[minus], probabilities[divided]) = (0.9, 0.1)
    let answer = Answer(probabilities: probabilities, background: 0.5)
    let parts = picture([(5, 13, 18, 2), (13, 6, 3, 3), (13, 19, 3, 3)])
    let corrected = CompoundInk.answer(answer, to: parts, of: classes)
    #expect(corrected.best == divided && corrected.confidence > 0.95)
    #expect(abs(corrected.probabilities.reduce(0, +) - 1) < 1e-9)
    #expect(CompoundInk.answer(answer, to: picture([(5, 13, 18, 2)]), of: classes) == answer)
  }
}
