// Ink on paper with frames, rules, print, faint pencil and dots.

import Basics
import Ink
import Preprocessing
import Testing

@Suite struct PaperInkTests {
  /// Grey paper with a little noise.
  private func paper(_ width: Int = 300, _ height: Int = 240, level: Int = 215) -> GrayImage {
    var noise: UInt32 = 1
    var result = GrayImage(width: width, height: height)
    for i in result.pixels.indices {
      noise = noise &* 1_664_525 &+ 1_013_904_223
      result.pixels[i] = UInt8(level + Int(noise >> 29))
    }
    return result
  }

  /// Draws a straight stroke of a pen.
  private func draw(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), width: Double = 4, level: UInt8 = 40,
    on picture: inout GrayImage
  ) {
    let stroke = Stroke(
      [Stroke.Sample(Point(x: from.x, y: from.y)), Stroke.Sample(Point(x: to.x, y: to.y))], width: width)
    let ink = StrokeRasterizer(scale: 1).coverage(of: [stroke], width: picture.width, height: picture.height)
    for i in picture.pixels.indices where ink.levels[i] > 0 {
      let share = Int(ink.levels[i])
      picture.pixels[i] = UInt8((Int(picture.pixels[i]) * (255 - share) + Int(level) * share) / 255)
    }
  }

  /// Three slanted strokes, 60 pixels high, in the middle of the paper.
  private func strokes(on picture: inout GrayImage, level: UInt8 = 40) {
    for x in [110.0, 150, 190] { draw((x, 90), (x + 14, 150), level: level, on: &picture) }
  }

  private func count(_ picture: GrayImage) -> [Int] {
    Segmentation().lattice(of: picture).symbolsByArrangement.map(\.count)
  }

  private func reasons(_ picture: GrayImage) -> Set<IgnoredMark.Reason> {
    Set(Segmentation().lattice(of: picture).ignored.map(\.reason))
  }

  @Test(arguments: [20, 110] as [UInt8])
  func aFrameAroundWritingIsALine(level: UInt8) {
    var page = paper()
    strokes(on: &page)
    let corners = [(40.0, 30.0), (260, 34), (258, 210), (38, 206)]
    for (from, to) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      draw(from, to, width: 2.5, level: level, on: &page)
    }
    #expect(count(page) == [3])
    #expect(reasons(page) == [.line])
  }

  @Test func boxesForSingleDigitsAreFrames() {
    var page = paper()
    for x in stride(from: 60.0, through: 240, by: 45) { draw((x, 80), (x, 130), width: 2, on: &page) }
    for y in [80.0, 130] { draw((60, y), (240, y), width: 2, on: &page) }
    #expect(count(page) == [])
    #expect(reasons(page) == [.line])
    // The 1 in the second box has free ends.
    draw((124, 90), (130, 122), on: &page)
    #expect(count(page) == [1])
  }

  @Test func aTableThatFillsThePageIsAForm() {
    var page = paper(600, 480)
    for y in stride(from: 30.0, through: 450, by: 70) { draw((20, y), (580, y), width: 3, on: &page) }
    for x in [20.0, 250, 580] { draw((x, 30), (x, 450), width: 3, on: &page) }
    #expect(PaperInk(of: page).hasFrames)
    // The lines of squared paper go on to the border.
    var squared = paper(600, 480)
    for y in stride(from: 30.0, through: 450, by: 70) { draw((0, y), (600, y), width: 3, on: &squared) }
    for x in stride(from: 20.0, through: 580, by: 70) { draw((x, 0), (x, 480), width: 3, on: &squared) }
    #expect(!PaperInk(of: squared).hasFrames)
  }

  @Test func anUprightStrokeThatTouchesABoxIsNoFrame() {
    var page = paper()
    for (from, to) in zip(
      [(60.0, 40.0), (240, 40), (240, 200), (60, 200)], [(240.0, 40.0), (240, 200), (60, 200), (60, 40)])
    { draw(from, to, width: 2, on: &page) }
    strokes(on: &page)
    draw((225, 140), (225, 200), on: &page)
    #expect(count(page).reduce(0, +) == 4)
  }

  @Test func aStrokeKeepsItsShapeWhereARuleCrossesIt() throws {
    var plain = paper()
    strokes(on: &plain)
    var ruled = plain
    for y in [30.0, 75, 120, 165, 210] { draw((0, y), (300, y + 3), width: 2, level: 90, on: &ruled) }
    let expected = PaperInk(of: plain).ink
    let found = PaperInk(of: ruled).ink
    #expect(count(ruled) == [3])
    let differing = zip(expected.levels, found.levels).count { abs(Int($0) - Int($1)) > 128 }
    let inked = expected.levels.count { $0 > 128 }
    #expect(differing * 12 < inked)
  }

  @Test func faintPencilBesideABlackFrameIsFound() {
    var page = paper()
    strokes(on: &page, level: 165)
    draw((60, 0), (60, 240), width: 3, level: 0, on: &page)
    draw((0, 200), (300, 200), width: 3, level: 0, on: &page)
    #expect(count(page) == [3])
  }

  @Test func anUnderlineIsSetAside() {
    var page = paper()
    strokes(on: &page)
    draw((100, 172), (215, 168), width: 3, on: &page)
    #expect(count(page) == [3])
    #expect(!reasons(page).isDisjoint(with: [.underline, .line]))
  }

  @Test func aDotBehindANumberIsPunctuation() {
    var page = paper()
    strokes(on: &page)
    draw((225, 148), (226, 149), width: 7, on: &page)
    #expect(count(page) == [3])
    #expect(reasons(page) == [.punctuation])
  }

  @Test func smallPrintBesideWritingIsSetAside() {
    var page = paper()
    strokes(on: &page)
    for i in 0..<12 {
      let x = 60 + Double(i) * 14
      draw((x, 200), (x + 5, 212), width: 2, on: &page)
    }
    #expect(count(page) == [3])
    #expect(reasons(page).contains(.print))
  }

  @Test func inkOfFewPixelsIsEnlarged() throws {
    // The strokes are 16 pixels high: less than a quarter of the picture.
    var page = paper(90, 72)
    for x in [30.0, 42, 54] { draw((x, 22), (x + 3, 36), width: 1.4, level: 70, on: &page) }
    let ink = InkExtraction.extracted(from: page, ignoring: IgnoredMark.Reason.all).ink
    #expect(ink.width == 270)
    #expect(count(page) == [3])
  }

  @Test func aSingleStrokeOnPaperIsNoLine() {
    var page = paper()
    draw((150, 40), (152, 200), width: 4, on: &page)
    #expect(count(page) == [1])
  }
}
