// Sheets in photos that were taken at an angle.

import Basics
import Ink
import Preprocessing
import Testing

@Suite struct SheetPerspectiveTests {
  private typealias Place = SheetPerspective.Place

  /// A photo of a light sheet on a dark table, with a dark square in the middle of the sheet.
  private func photo(_ corners: [Place], width: Int = 640, height: Int = 480, table: UInt8 = 60) throws
    -> GrayImage
  {
    let sheet = try #require(SheetPerspective(corners: corners))
    var picture = GrayImage(width: width, height: height)
    for y in 0..<height { for x in 0..<width { picture[x, y] = table + UInt8((7 * x + 13 * y) % 5) } }
    // Twice as fine as the picture, so that no pixel of the sheet is missed.
    for y in 0..<sheet.height * 2 {
      for x in 0..<sheet.width * 2 {
        let flat = Place(Double(x) / 2, Double(y) / 2)
        let place = sheet.original(flat)
        let (column, row) = (Int(clamping: place.x), Int(clamping: place.y))
        guard (0..<width).contains(column), (0..<height).contains(row) else { continue }
        let isInk =
          abs(flat.x / Double(sheet.width) - 0.5) < 0.1 && abs(flat.y / Double(sheet.height) - 0.5) < 0.1
        // The light falls from one side.
        picture[column, row] = isInk ? 50 : UInt8(clamping: 170 + 60 * column / width)
      }
    }
    return picture
  }

  private let tilted = [Place(120, 60), Place(520, 90), Place(600, 440), Place(50, 400)]

  @Test func theCornersOfTheSheetAreThoseInThePicture() throws {
    let sheet = try #require(SheetPerspective(corners: tilted))
    let (width, height) = (Double(sheet.width), Double(sheet.height))
    let flat = [Place(0, 0), Place(width, 0), Place(width, height), Place(0, height)]
    for (corner, place) in zip(tilted, flat) {
      let difference = sheet.original(place) - corner
      #expect(abs(difference.x) < 1e-9 && abs(difference.y) < 1e-9)
    }
    // Straight lines stay straight: the diagonals meet in the middle.
    let middle = sheet.original(Place(width / 2, height / 2))
    for (from, to) in [(tilted[0], tilted[2]), (tilted[1], tilted[3])] {
      let (a, b) = (to - from, middle - from)
      #expect(abs(a.x * b.y - a.y * b.x) < 1e-6)
    }
    let box = sheet.original(Box(x: 10, y: 20, width: 30, height: 40))
    let inside = sheet.original(Place(25, 40))
    #expect(box.x < inside.x && inside.x < box.right && box.y < inside.y && inside.y < box.bottom)
  }

  @Test(arguments: [0, 1, 2, 3]) func aTiltedSheetIsFlattened(kind: Int) throws {
    let corners = [
      tilted, [Place(40, 30), Place(600, 70), Place(560, 420), Place(90, 460)],
      [Place(200, 20), Place(610, 150), Place(420, 470), Place(30, 290)],
      [Place(30, 20), Place(610, 20), Place(520, 460), Place(120, 460)],
    ][kind]
    let picture = try photo(corners)
    let extracted = InkExtraction.extracted(from: picture, ignoring: [], flattens: true)
    let sheet = try #require(extracted.sheet)
    // What was found is the sheet without its edge.
    let flat = [(0, 0), (sheet.width, 0), (sheet.width, sheet.height), (0, sheet.height)]
    for (corner, place) in zip(corners, flat) {
      let difference = sheet.original(Place(Double(place.0), Double(place.1))) - corner
      #expect((difference.x * difference.x + difference.y * difference.y).squareRoot() < 16)
    }
    // The square is one mark, and upright: there is ink in all corners of its box.
    let components = Components(extracted.ink, level: 128)
    #expect(components.list.count == 1)
    let mark = try #require(components.list.first).box
    for (x, y) in [(mark.x, mark.y), (mark.right, mark.y), (mark.x, mark.bottom), (mark.right, mark.bottom)] {
      let isInked = (x - 5..<x + 5).contains { column in
        (y - 5..<y + 5).contains { extracted.ink[column, $0] > 128 }
      }
      #expect(isInked)
    }
    // Its box comes back to where it is in the picture.
    let lattice = Segmentation().lattice(of: picture)
    let hypothesis = try #require(lattice.symbolsByArrangement.first?.first)
    let box = lattice.pageBox(of: hypothesis.box)
    let middle = try #require(SheetPerspective(corners: corners)).original(
      Place(Double(sheet.width) / 2, Double(sheet.height) / 2))
    #expect(abs(box.x + box.width / 2 - middle.x) < 12 && abs(box.y + box.height / 2 - middle.y) < 12)
  }

  @Test func otherPicturesStayAsTheyAre() throws {
    // A sheet from straight above, turned or not; a sheet that fills the picture; a table that is as light as the sheet.
    let upright = [Place(60, 40), Place(580, 40), Place(580, 440), Place(60, 440)]
    let turned = [Place(140, 40), Place(560, 115), Place(500, 440), Place(80, 365)]
    let pictures = [
      try photo(upright), try photo(turned),
      try photo([Place(0, 0), Place(640, 0), Place(640, 480), Place(0, 480)]),
      try photo(tilted, table: 185),
    ]
    // Half of a page in a shadow.
    var shaded = GrayImage(width: 640, height: 480)
    for y in 0..<480 { for x in 0..<640 { shaded[x, y] = 2 * x + y < 500 ? 90 : 220 } }
    for picture in pictures + [shaded] {
      #expect(InkExtraction.extracted(from: picture, ignoring: [], flattens: true).sheet == nil)
    }
    #expect(InkExtraction.extracted(from: try photo(tilted), ignoring: []).sheet == nil)
  }

  @Test func cornersThatAreNoQuadrilateralAreRefused() {
    #expect(SheetPerspective(corners: []) == nil)
    #expect(SheetPerspective(corners: [Place](repeating: Place(3, 3), count: 4)) == nil)
    // One corner lies inside the triangle of the others.
    #expect(SheetPerspective(corners: [Place(0, 0), Place(100, 0), Place(30, 20), Place(0, 100)]) == nil)
  }

  @Test func noPictureTraps() {
    var random = Xoshiro256(seed: 41)
    for _ in 0..<200 {
      let (width, height) = (1 + random.index(below: 400), 1 + random.index(below: 400))
      let blocks = 1 + random.index(below: 6)
      let levels = (0..<36).map { _ in UInt8(random.index(below: 256)) }
      var picture = GrayImage(width: width, height: height)
      for y in 0..<height {
        for x in 0..<width { picture[x, y] = levels[y * blocks / height * 6 + x * blocks / width] }
      }
      let extracted = InkExtraction.extracted(from: picture, ignoring: [], flattens: true)
      #expect(extracted.ink.width > 0 && extracted.ink.height > 0)
    }
  }
}
