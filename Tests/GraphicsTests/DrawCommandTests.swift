import Basics
import Graphics
import Testing

@Suite struct DrawCommandTests {
  let textRenderer = TextRenderer(builtIn: true)
  let ink = Color(0x10_2030)

  func painted(_ marks: [DrawCommand], clip: Rectangle? = nil) -> Bitmap {
    var bitmap = Bitmap(width: 24, height: 20)
    for mark in marks { bitmap.paint(mark, clip: clip ?? bitmap.bounds, textRenderer: textRenderer) }
    return bitmap
  }

  @Test func aFillCoversExactlyItsPixels() {
    let area = Rectangle(x: 3, y: 4, width: 5, height: 6)
    let bitmap = painted([.fill(area, ink)])
    for y in 0..<20 {
      for x in 0..<24 {
        let inside = area.contains(x: Double(x), y: Double(y))
        #expect(bitmap[x, y] == (inside ? ink.rgb : 0xFF_FFFF))
      }
    }
  }

  @Test func aHalfTransparentColorMixesWithTheOneBelow() {
    let bitmap = painted([.fill(Rectangle(x: 0, y: 0, width: 1, height: 1), Color(0, alpha: 128))])
    #expect(bitmap[0, 0] == 0x7F_7F7F)
  }

  @Test func paintingInPiecesGivesTheSamePixels() {
    let marks: [DrawCommand] = [
      .box(Rectangle(x: 2, y: 2, width: 18, height: 14), radius: 5, Color(0xDD_E0E4)),
      .frame(Rectangle(x: 2, y: 2, width: 18, height: 14), radius: 5, width: 1.5, ink),
      .disc(PicturePoint(11, 9), radius: 4.3, Color(0x30_80F0, alpha: 200)),
      .line([PicturePoint(1, 1), PicturePoint(12, 18), PicturePoint(22, 3)], width: 2.4, ink),
      .text("7a", PicturePoint(4.3, 14), size: 14, ink),
    ]
    let whole = painted(marks)
    for split in 1..<24 {
      var pieces = Bitmap(width: 24, height: 20)
      for clip in [
        Rectangle(x: 0, y: 0, width: split, height: 20),
        Rectangle(x: split, y: 0, width: 24 - split, height: 20),
      ] {
        for mark in marks { pieces.paint(mark, clip: clip, textRenderer: textRenderer) }
      }
      #expect(pieces == whole)
    }
  }

  @Test func commandsBeyondTheEdgesAreClipped() {
    let marks: [DrawCommand] = [
      .fill(Rectangle(x: -10, y: -10, width: 100, height: 12), ink),
      .disc(PicturePoint(-3, 30), radius: 9, ink),
      .line([PicturePoint(-50, 5), PicturePoint(500, 5)], width: 3, ink),
      .text("Inkling", PicturePoint(-20, 2), size: 30, ink),
      .text("Inkling", PicturePoint(20, 24), size: 30, ink),
      .levels(
        Levels(width: 2, height: 2, values: [0, 255, 255, 0]), Rectangle(x: 20, y: 15, width: 9, height: 9),
        from: Color(0xFF_FFFF), to: ink),
    ]
    #expect(painted(marks).pixels.count == 24 * 20)
  }

  @Test func rectanglesHaveIntersectionsAndUnions() {
    let a = Rectangle(x: 0, y: 0, width: 4, height: 4)
    let b = Rectangle(x: 2, y: 3, width: 4, height: 4)
    #expect(a.intersection(b) == Rectangle(x: 2, y: 3, width: 2, height: 1))
    #expect(a.union(b) == Rectangle(x: 0, y: 0, width: 6, height: 7))
    #expect(a.intersection(b.moved(x: 9, y: 0)) == .empty)
    #expect(a.union(.empty) == a)
  }
}
