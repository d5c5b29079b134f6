// Ink extraction from clean pictures, scans and photos.

import Basics
import Ink
import Preprocessing
import Testing

@Suite struct InkExtractionTests {
  /// A page with three slanted bars.
  private func bars(_ side: Int = 400) -> GrayImage {
    let bars = [200.0, 480, 760].map { x in
      Stroke([Stroke.Sample(Point(x: x, y: 310)), Stroke.Sample(Point(x: x + 60, y: 510))], width: 28)
    }
    return Page(drawing: Drawing(bars)).image(longerSide: side)
  }

  /// The picture like a photo: grey paper, softer ink, noise.
  private func photo(_ picture: GrayImage) -> GrayImage {
    var noise: UInt32 = 1
    var photo = picture
    for i in photo.pixels.indices {
      noise = noise &* 1_664_525 &+ 1_013_904_223
      photo.pixels[i] = UInt8(60 + Int(picture.pixels[i]) * 150 / 255 + Int(noise >> 28))
    }
    return photo
  }

  private func cropped(_ picture: GrayImage, _ box: Rectangle) -> GrayImage {
    GrayImage(
      width: box.width, height: box.height,
      pixels: box.rows.flatMap { y in box.columns.map { picture[$0, y] } })
  }

  private func inverted(_ picture: GrayImage) -> GrayImage {
    GrayImage(width: picture.width, height: picture.height, pixels: picture.pixels.map { 255 - $0 })
  }

  private func count(_ picture: GrayImage) -> [Int] {
    Segmentation().lattice(of: picture).symbolsByArrangement.map(\.count)
  }

  @Test(arguments: [0, 120, 190, 215] as [UInt8], [(40, 0), (0, 40), (36, 36)])
  func ruledPaperWithoutNoiseIsNotInk(level: UInt8, apart: (rows: Int, columns: Int)) {
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

  @Test func slantedRuledPaperIsNotInk() {
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

  @Test func aBarAsWideAsThePageIsInk() {
    // A thin 2 with a foot from border to border.
    var picture = GrayImage(width: 400, height: 400)
    for x in 0..<400 { for y in 300..<306 { picture[x, y] = 0 } }
    for y in 50..<300 { for x in 300 - y..<306 - y { picture[max(x, 0), y] = 0 } }
    let isInk = InkExtraction.removed(from: picture).levels == picture.pixels.map { 255 - $0 }
    #expect(isInk)
    // Several such lines are ruled paper without writing.
    for x in 0..<400 { for line in 1..<9 { picture[x, 40 * line] = 0 } }
    for y in 50..<300 { for x in 300 - y..<306 - y { picture[max(x, 0), y] = 255 } }
    for x in 0..<400 { for y in 300..<306 { picture[x, y] = 255 } }
    #expect(count(picture) == [])
  }

  @Test func inkAlongThePagesEdgeKeepsThePictureClean() throws {
    // A 2 as large as its page touches the lower edge.
    var picture = GrayImage(width: 200, height: 200)
    for x in 0..<200 { for y in 180..<200 { picture[x, y] = 0 } }
    for y in 0..<200 { for x in 100 - y / 4..<120 - y / 4 { picture[x, y] = 0 } }
    #expect(InkExtraction.removed(from: picture).levels == picture.pixels.map { 255 - $0 })
  }

  @Test func aCloseCropStaysClean() throws {
    for side in [100, 400] {
      let page = bars(side)
      var ink = Coverage(width: side, height: side)
      ink.levels = page.pixels.map { 255 - $0 }
      let box = try #require(InputNormalizer.tightBox(of: ink, within: ink.box))
      let crop = cropped(page, box)
      #expect(InkExtraction.removed(from: crop).levels == crop.pixels.map { 255 - $0 }, "\(side)")
      #expect(InkExtraction.removed(from: inverted(crop)).levels == crop.pixels.map { 255 - $0 }, "\(side)")
    }
  }

  @Test func aPensLineFromBorderToBorderIsInk() {
    // At its ends, a pen's line is as thin as a printed one.
    let line = Stroke(
      [Stroke.Sample(Point(x: 13, y: 500)), Stroke.Sample(Point(x: 1_011, y: 505))], width: 26)
    let page = Page(drawing: Drawing([line])).image(longerSide: 400)
    #expect(InkExtraction.removed(from: page).levels == page.pixels.map { 255 - $0 })
  }

  @Test func framesOfCleanPagesAreNotInk() {
    var page = bars()
    for y in 0..<400 { for x in 0..<400 where min(x, y) < 12 || max(x, y) > 385 { page[x, y] = 0 } }
    #expect(count(page) == [3])
  }

  @Test func aCropOfAPhotoKeepsDigitsAtItsBorder() {
    let crop = cropped(bars(), Rectangle(columns: 74..<326, rows: 121..<200))
    #expect(count(photo(crop)) == [3])
    #expect(count(photo(inverted(crop))) == [3])
  }

  @Test func stainsAtAPhotosBorderAreNotInk() {
    var page = bars()
    for y in 0..<400 {
      for x in 0..<400 {
        let isFinger = (x - 410) * (x - 410) + (y - 160) * (y - 160) < 900
        let isNeighbour = y < 25 && x % 90 < 14
        if isFinger || isNeighbour { page[x, y] = 20 }
      }
    }
    #expect(count(photo(page)) == [3])
  }
}
