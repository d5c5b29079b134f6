import Ink
import Preprocessing
import Testing

@Suite struct PaperTests {
  /// Three slanted bars, as a page of so many pixels.
  private func bars(_ side: Int = 400) -> GrayImage {
    let bars = [200.0, 480, 760].map { x in
      Stroke([Stroke.Sample(Point(x: x, y: 310)), Stroke.Sample(Point(x: x + 60, y: 510))], width: 28)
    }
    return Page(drawing: Drawing(bars)).image(longerSide: side)
  }

  private func inverted(_ picture: GrayImage) -> GrayImage {
    GrayImage(width: picture.width, height: picture.height, pixels: picture.pixels.map { 255 - $0 })
  }

  private func count(_ picture: GrayImage) -> [Int] {
    Segmentation().segments(of: picture).likeliest.map(\.count)
  }

  @Test(arguments: [0, 120, 190, 215] as [UInt8], [(40, 0), (0, 40), (36, 36)])
  func ruledPaperWithoutNoiseIsNoInk(level: UInt8, apart: (rows: Int, columns: Int)) {
    var page = bars()
    for y in 0..<400 {
      for x in 0..<400 {
        let isLine = apart.rows > 0 && y % apart.rows > apart.rows - 3
        let isUpright = apart.columns > 0 && x % apart.columns > apart.columns - 3
        if isLine || isUpright { page[x, y] = min(page[x, y], level) }
      }
    }
    #expect(count(page) == [3])
    #expect(count(inverted(page)) == [3])
  }

  @Test func ruledPaperAskewIsNoInk() {
    var page = bars()
    for x in 0..<400 {
      for line in 0..<12 {
        for thick in 0..<2 where line * 40 + thick - x / 12 >= 0 && line * 40 + thick - x / 12 < 400 {
          page[x, line * 40 + thick - x / 12] = 90
        }
      }
    }
    #expect(count(page) == [3])
  }
}
