// Normalisation of ink to the network input.

import Basics
import Ink
import Preprocessing
import Testing

@Suite struct InputNormalizerTests {
  private let seven = [
    Stroke(
      [(300.0, 200.0), (420, 190), (520, 205), (470, 400), (400, 640)].map {
        Stroke.Sample(Point(x: $0.0, y: $0.1))
      })
  ]

  @Test func thePositionOfInkChangesNoByte() {
    let usual = InputNormalizer.usual.input(of: seven)
    for (x, y) in [(1.0, 0.0), (-250, 13), (17.25, 300.5)] {
      let moved = seven.map { stroke in
        Stroke(stroke.samples.map { Stroke.Sample(Point(x: $0.point.x + x, y: $0.point.y + y)) })
      }
      #expect(InputNormalizer.usual.input(of: moved) == usual)
    }
  }

  @Test func theInkIsTwentyHighAndItsBarycenterInTheMiddlePixel() throws {
    let input = try #require(InputNormalizer.usual.input(of: seven))
    let box = try #require(InputNormalizer.tightBox(of: input, within: input.box))
    #expect(max(box.width, box.height) == 20)
    var (sum, x1, y1) = (0.0, 0.0, 0.0)
    for y in 0..<28 {
      for x in 0..<28 {
        sum += Double(input[x, y])
        x1 += Double(input[x, y]) * (Double(x) + 0.5)
        y1 += Double(input[x, y]) * (Double(y) + 0.5)
      }
    }
    #expect(x1 / sum > 14 && x1 / sum <= 15)
    #expect(y1 / sum > 14 && y1 / sum <= 15)
  }

  @Test func theSettingsAreRestoredFromText() {
    for normalizer in [InputNormalizer.usual, InputNormalizer(pen: 3.5, deskew: true)] {
      #expect(InputNormalizer(normalizer.description) == normalizer)
    }
    #expect(InputNormalizer("") == InputNormalizer.usual)
    #expect(InputNormalizer("pen thick") == nil)
    #expect(InputNormalizer("sharpen") == nil)
  }

  @Test func deskewShearsASlantedLineUpright() throws {
    let slanted = [Stroke([Stroke.Sample(Point(x: 200, y: 0)), Stroke.Sample(Point(x: 100, y: 300))])]
    let input = try #require(InputNormalizer(deskew: true).input(of: slanted))
    let box = try #require(InputNormalizer.tightBox(of: input, within: input.box))
    #expect(box.width <= 5)
    var ink = Coverage(width: 60, height: 100)
    for y in 0..<100 { for x in 0..<6 { ink[x + 50 - y / 2, y] = 255 } }
    let picture = try #require(InputNormalizer(deskew: true).input(of: ink))
    #expect(try #require(InputNormalizer.tightBox(of: picture, within: picture.box)).width <= 5)
  }

  @Test func aDotStaysADot() throws {
    let dot = [Stroke([Stroke.Sample(Point(x: 5, y: 5))], width: 40)]
    let input = try #require(InputNormalizer.usual.input(of: dot))
    #expect(input.levels.reduce(0) { $0 + Int($1) } < 6 * 255)
    #expect(InputNormalizer.usual.input(of: [Stroke]()) == nil)
    #expect(InputNormalizer.usual.input(of: [Stroke([])]) == nil)
  }

  @Test func inkOfAnySizeIsNormalised() {
    for width in 1...24 {
      for height in 1...24 {
        var ink = Coverage(width: width + 5, height: height + 3)
        for y in 0..<height { for x in 0..<width { ink[x + 2, y + 1] = 255 } }
        let input = InputNormalizer.usual.input(of: ink)
        let area = (input?.levels ?? []).reduce(0.0) { $0 + Double($1) / 255 }
        let side = Double(max(width, height, 10))
        #expect(abs(area - Double(width * height) * 400 / (side * side)) < 0.5)
      }
    }
    #expect(InputNormalizer.usual.input(of: Coverage(width: 4, height: 4)) == nil)
    #expect(InputNormalizer.usual.input(of: Coverage(width: 0, height: 0)) == nil)
  }

  @Test func stepsOfBlackAndWhiteInkOfFewPixelsAreSmoothed() throws {
    // Stairs of blocks from corner to corner; a block is a square of `size` pixels a side.
    func stair(_ size: Int) -> Coverage {
      var ink = Coverage(width: 8 * size, height: 8 * size)
      for y in 0..<8 * size { for x in 0..<8 * size where x / size == y / size { ink[x, y] = 255 } }
      return ink
    }
    let coarse = try #require(InputNormalizer.usual.input(of: stair(2)))
    let fine = try #require(InputNormalizer.usual.input(of: stair(20)))
    func levels(_ ink: Coverage) -> Int { Set(ink.levels).count }
    #expect(levels(coarse) > levels(fine))
    // The amount of ink is the same.
    let sums = [coarse, fine].map { $0.levels.reduce(0) { $0 + Int($1) } }
    #expect(abs(sums[0] - sums[1]) < sums[1] / 10)
    // Grey ink of that size is not smoothed.
    var grey = stair(2)
    for i in grey.levels.indices where i % 3 == 0 && grey.levels[i] > 0 { grey.levels[i] = 100 }
    let kept = try #require(InputNormalizer.usual.input(of: grey))
    #expect(kept != coarse)
  }

  @Test func thinLinesOnLargePicturesAreNotFaint() throws {
    // The same hook with lines of different widths.
    let points = [(200.0, 150.0), (500, 100), (420, 400), (350, 900)]
    let inputs = try [16.0, 24, 40, 64].map { width in
      let stroke = Stroke(
        points.map { Stroke.Sample(Point(x: $0.0, y: $0.1)) }, width: width)
      let ink = InkExtraction.removed(from: Page(drawing: Drawing([stroke])).image(longerSide: 448))
      return try #require(InputNormalizer.usual.input(of: ink))
    }
    for input in inputs {
      #expect((input.levels.max() ?? 0) > 180)
      #expect(input.levels.count { $0 > 100 } > 25)
    }
  }
}
