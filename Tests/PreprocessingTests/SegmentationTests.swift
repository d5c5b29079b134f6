// Lines, pieces, hypotheses and cuts of strokes and pictures.

import Foundation
import Ink
import Preprocessing
import Testing

@Suite struct SegmentationTests {
  private func bar(_ x: Double, _ y: Double, _ height: Double = 200) -> Stroke {
    Stroke([Stroke.Sample(Point(x: x, y: y)), Stroke.Sample(Point(x: x + 10, y: y + height))], width: 24)
  }

  private func counts(_ strokes: [Stroke]) -> [[Int]] {
    let segmentation = Segmentation()
    let picture = Page(drawing: Drawing(strokes)).image(longerSide: 512)
    return [segmentation.lattice(of: strokes), segmentation.lattice(of: picture)].map { page in
      page.symbolsByArrangement.map(\.count)
    }
  }

  @Test func symbolsAreCountedLineByLine() {
    #expect(counts([]) == [[], []])
    #expect(counts([bar(100, 100)]) == [[1], [1]])
    #expect(counts([bar(100, 100), bar(300, 110), bar(500, 95)]) == [[3], [3]])
    #expect(counts([bar(100, 100), bar(300, 110), bar(200, 500)]) == [[2, 1], [2, 1]])
  }

  @Test func aSeparateBarBelongsToItsDigit() {
    let body = Stroke(
      [(300.0, 200.0), (300, 300), (400, 320), (420, 400), (300, 420)].map {
        Stroke.Sample(Point(x: $0.0, y: $0.1))
      }, width: 20)
    let top = Stroke(
      [Stroke.Sample(Point(x: 310, y: 170)), Stroke.Sample(Point(x: 430, y: 165))], width: 20)
    #expect(counts([body, top]) == [[1], [1]])
  }

  @Test func aSlantedLineIsOneLine() {
    let strokes = (0..<5).map { bar(100 + Double($0) * 150, 150 + Double($0) * 45) }
    #expect(counts(strokes) == [[5], [5]])
  }

  @Test func bracketsDoNotCountForTheHeightOfASum() throws {
    let bars = [(0.0, 450.0), (100, 200), (200, 210), (300, 190), (400, 440)].map { x, height in
      Stroke(
        [0.0, 1].map { Stroke.Sample(Point(x: 200 + x, y: 300 + ($0 - 0.5) * height)) }, width: 8)
    }
    func height(_ costs: DecodingCosts) throws -> Double {
      let page = Segmentation(normalizer: .usual, costs: costs).lattice(of: bars)
      return try #require(page.lines.first).height
    }
    #expect(try (200...260).contains(height(.sums)))
    #expect(try height(.digits) > 440)
  }

  @Test func aWidePieceIsCut() throws {
    let strokes = [bar(100, 100), bar(380, 110)]
    let joining = Stroke(
      [Stroke.Sample(Point(x: 105, y: 200)), Stroke.Sample(Point(x: 385, y: 205))], width: 24)
    let picture = Page(drawing: Drawing(strokes + [joining])).image(longerSide: 512)
    let line = try #require(Segmentation().lattice(of: picture).lines.first)
    #expect(line.pieces.count == 1)
    let cut = try #require(Segmentation().refinement(of: line, cutting: [0])).lattice
    #expect(cut.pieces.count > 1)
    // The whole is still a hypothesis.
    #expect(cut.hypotheses.contains { $0.pieces == 0..<cut.pieces.count })
  }

  @Test func neighboursMayShareAStripBetweenTwoCuts() throws {
    let joining = Stroke(
      [Stroke.Sample(Point(x: 105, y: 200)), Stroke.Sample(Point(x: 385, y: 205))], width: 24)
    let picture = Page(drawing: Drawing([bar(100, 100), bar(380, 110), joining])).image(longerSide: 512)
    let whole = try #require(Segmentation().lattice(of: picture).lines.first)
    var line = try #require(Segmentation().refinement(of: whole, cutting: [0])).lattice
    line.pieces = [line.pieces[0], line.pieces[0], whole.pieces[0]]
    // Of three strips the middle one belongs to both symbols: the hypotheses without it cost more.
    line.hypotheses = [(0..<1, 5.0), (0..<2, 0), (0..<3, 9), (1..<2, 5), (1..<3, 0), (2..<3, 5)].map {
      var hypothesis = whole.hypotheses[0]
      (hypothesis.pieces, hypothesis.cost) = $0
      return hypothesis
    }
    #expect(line.cheapestPath().hypotheses == [1, 4])
    let none = [Double](repeating: 0, count: 6)
    #expect(line.hypotheses(onPathsBelow: 0.69, adding: none) == [])
    #expect(line.hypotheses(onPathsBelow: 0.71, adding: none) == [1, 4])
    // Pieces that were not cut from each other are not shared.
    line.pieces = [whole.pieces[0], whole.pieces[0], whole.pieces[0]]
    #expect(line.cheapestPath().hypotheses == [0, 4] && line.cheapestPath().cost == 5)
    #expect(line.hypotheses(onPathsBelow: 6, adding: none) == [0, 1, 4, 5])
    #expect(line.hypotheses(onPathsBelow: 6, adding: [2, 0, 0, 0, 0, 0.5]) == [1, 5])
    let bounded = line.cheapestPath(adding: [.infinity, 0, .infinity, .infinity, 0, 0.5])
    #expect(bounded.hypotheses == [1, 5] && bounded.cost == 5.5)
  }

  @Test func aNarrowPieceIsCutAlongASlantedPath() throws {
    // A bar and a slanted one that overhangs it touch at the top: no straight cut separates them.
    let strokes = [
      bar(300, 100, 300),
      Stroke(
        [(320.0, 130.0), (480, 300), (400, 410)].map { Stroke.Sample(Point(x: $0.0, y: $0.1)) }, width: 24),
    ]
    let picture = Page(drawing: Drawing(strokes)).image(longerSide: 512)
    let segmentation = Segmentation()
    let line = try #require(segmentation.lattice(of: picture).lines.first)
    #expect(line.pieces.count == 1)
    let cut = try #require(segmentation.refinement(of: line, cutting: [0])).lattice
    #expect(
      cut.pieces.count > 1 && cut.hypotheses.contains { $0.pieces == 0..<cut.pieces.count && !$0.isPart })
    // One of the cuts leaves the bar alone on the left.
    #expect(
      cut.hypotheses.contains {
        $0.isPart && $0.pieces.lowerBound == 0 && $0.box.width < 40 && $0.box.height > 140
      })
    #expect(segmentation.refinement(of: line, cutting: []) == nil)
  }

  @Test func ringsThatLieAgainstEachOtherAreCutBetween() throws {
    func ring(_ x: Double) -> Stroke {
      Stroke(
        (0...40).map { i in
          let angle = Double(i) / 40 * 2 * Double.pi
          return Stroke.Sample(Point(x: x + 100 * cos(angle), y: 300 + 100 * sin(angle)))
        }, width: 30)
    }
    // Their lines overlap along a part of their height: a path between them crosses more ink than one through
    // either.
    let picture = Page(drawing: Drawing([ring(300), ring(505)])).image(longerSide: 512)
    let line = try #require(Segmentation().lattice(of: picture).lines.first)
    try #require(line.pieces.count == 1)
    let cut = try #require(Segmentation().refinement(of: line, cutting: [0])).lattice
    let middle = line.pieces[0].box.x + line.pieces[0].box.width / 2
    let halves = cut.hypotheses.filter { $0.isPart && abs($0.box.width - line.pieces[0].box.width / 2) < 4 }
    #expect(halves.contains { $0.pieces.lowerBound == 0 && abs($0.box.right - middle) < 4 })
    #expect(halves.contains { $0.pieces.upperBound == cut.pieces.count && abs($0.box.x - middle) < 4 })
  }

  @Test func inkWithoutACutPathIsNotCut() throws {
    for size in [1, 2, 5, 7, 40] {
      var picture = GrayImage(width: 64, height: 64)
      for y in 10..<10 + size { for x in 10..<10 + size { picture[x, y] = 0 } }
      for line in Segmentation().lattice(of: picture).lines {
        if let cut = Segmentation().refinement(of: line, cutting: [0])?.lattice {
          #expect(cut.pieces.allSatisfy { $0.box.width > 0 && $0.box.height > 0 })
        }
      }
    }
  }

  @Test func unevenLightAndRuledPaperAreNotInk() {
    let strokes = [bar(200, 300), bar(500, 310), bar(800, 290)]
    var photo = Page(drawing: Drawing(strokes)).image(longerSide: 400)
    var noise: UInt32 = 1
    for y in 0..<400 {
      for x in 0..<400 {
        noise = noise &* 1_664_525 &+ 1_013_904_223
        let light = 0.9 - 0.4 * Double(x) / 400 - (y > 250 + x / 4 ? 0.15 : 0)
        let ruled = y % 40 < 2 ? 0.8 : 1
        let ink = 1 - 0.75 * (1 - Double(photo[x, y]) / 255)
        photo[x, y] = UInt8(min(255 * light * ruled * ink + Double(noise >> 29), 255))
      }
    }
    #expect(Segmentation().lattice(of: photo).symbolsByArrangement.map(\.count) == [3])
    for i in photo.pixels.indices { photo.pixels[i] = 255 - photo.pixels[i] }
    #expect(Segmentation().lattice(of: photo).symbolsByArrangement.map(\.count) == [3])
  }

  @Test func anUnevenlyLitEmptyPageIsEmpty() {
    var photo = GrayImage(width: 300, height: 200)
    var noise: UInt32 = 1
    for y in 0..<200 {
      for x in 0..<300 {
        noise = noise &* 1_664_525 &+ 1_013_904_223
        photo[x, y] = UInt8(120 + x / 4 + Int(noise >> 29) - (x + y > 300 ? 30 : 0))
      }
    }
    #expect(Segmentation().lattice(of: photo).isEmpty)
  }

  @Test func picturesOfAnySizeAndLevelAreSegmented() {
    for width in 0...6 {
      for height in 0...6 {
        for seed in 0..<4 {
          let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: ($0 + 1) * (seed * 97 + 31)) }
          let picture = GrayImage(width: width, height: height, pixels: pixels)
          _ = Segmentation().lattice(of: picture)
        }
      }
    }
  }

  @Test func closeRingsAboveEachOtherAreOneSymbolAndDistantOnesTwo() {
    func ring(_ y: Double) -> Stroke {
      let octagon = [
        (1.0, 0.0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7), (1, 0),
      ]
      return Stroke(
        octagon.map { Stroke.Sample(Point(x: 300 + 70 * $0.0, y: y + 80 * $0.1)) }, width: 10)
    }
    #expect(counts([ring(200), ring(380)]) == [[1], [1]])
    #expect(counts([ring(200), ring(460)]) == [[1, 1], [1, 1]])
  }

  @Test func closeLinesAreTwoLines() {
    let lines = [100.0, 344].map { y in [100.0, 260, 420].map { bar($0, y) } }
    #expect(counts(lines.joined().map(\.self)) == [[3, 3], [3, 3]])
    #expect(counts(lines[0] + [bar(260, 344)]) == [[3, 1], [3, 1]])
    // A bar that is broken beside a whole one is one symbol, and so are two halves alone.
    let broken = [bar(100, 100, 95), bar(105, 218, 100)]
    #expect(counts(broken + [bar(260, 110)]) == [[2], [2]])
    #expect(counts(broken) == [[1], [1]])
  }

  @Test func distantLinesAtOneHeightAreReadFromLeftToRight() {
    #expect(counts([bar(20, 125, 80), bar(60, 122, 80), bar(900, 103, 80)]) == [[2, 1], [2, 1]])
    #expect(counts([bar(20, 225, 80), bar(60, 222, 80), bar(900, 103, 80)]) == [[1, 2], [1, 2]])
  }

  @Test func smallWritingOnALargePageIsRead() {
    // Bars 4 mm high on a sheet of A4 that was scanned at 300 dots per inch.
    func page(_ positions: [(x: Int, y: Int)], size: Int = 44) -> GrayImage {
      var page = GrayImage(width: 2480, height: 3508)
      for (x, y) in positions {
        for v in 0..<size { for u in 0..<max(size / 9, 3) { page[x + u + v / 8, y + v] = 0 } }
      }
      return page
    }
    func counts(_ page: GrayImage) -> [Int] {
      Segmentation().lattice(of: page).symbolsByArrangement.map(\.count)
    }
    let line = (0..<6).map { (x: 300 + 40 * $0, y: 400) }
    #expect(counts(page(line)) == [6])
    // Digits in the columns of a sheet stand further apart.
    let columns = (0..<20).map { (x: 200 + 220 * ($0 % 10), y: 400 + 160 * ($0 / 10)) }
    #expect(counts(page(columns)) == [10, 10])
    // Three marks of that size are dust, and so are scattered ones.
    #expect(counts(page(Array(line.prefix(3)))) == [])
    let scattered = (0..<60).map { (x: 40 + $0 * 1_327 % 2_400, y: 40 + $0 * 887 % 3_400) }
    #expect(counts(page(scattered)) == [])
    #expect(counts(page(scattered, size: 12)) == [])
  }
}
