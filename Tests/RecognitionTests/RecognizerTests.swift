// Reading of pages with a rule in place of networks.

import Basics
import Ink
import NeuralNetwork
import Preprocessing
import Recognition
import Synchronization
import Testing

@Suite struct RecognizerTests {
  /// Reads with a rule instead of networks: narrow ink is a 1, wide ink the background class, all other ink a
  /// 0.
  private func recognizer(threshold: Double = 0.5, onCall: @escaping @Sendable (Int) -> Void = { _ in })
    throws -> Recognizer
  {
    let network = Network(try Architecture("28x28-11"))
    let model = try Model(
      name: "rule", networks: [network], classes: .digitsOrNone, refusal: Refusal(threshold: threshold))
    return try Recognizer(model) { _, inputs, count in
      onCall(count)
      var row: [Float] = []
      for i in 0..<count {
        var columns = Set<Int>()
        var rows = Set<Int>()
        for pixel in 0..<784 where inputs[i * 784 + pixel] > 0.3 {
          columns.insert(pixel % 28)
          rows.insert(pixel / 28)
        }
        var outputs = [Float](repeating: 0.001, count: 11)
        let answer = columns.count < 7 ? 1 : Double(columns.count) > 1.3 * Double(rows.count) ? 10 : 0
        outputs[answer] = 0.99
        row += outputs
      }
      return [row]
    }
  }

  @Test func aMinusAPointAndAFarDotAreSymbolsOfTheirOwn() throws {
    let reader = try recognizer()
    func boxes(_ strokes: [Stroke]) throws -> Int {
      try reader.read(Page(drawing: Drawing(strokes))).symbols.count
    }
    let one = line((300, 300), (302, 500))
    let five = line((100, 300), (160, 300), (160, 500), (100, 500), (100, 300))
    let three = line((420, 300), (480, 300), (480, 500), (420, 500), (420, 300))
    #expect(try boxes([five, line((230, 400), (330, 402)), three]) == 3, "a minus")
    #expect(try boxes([one, line((340, 495)), three]) == 3, "a decimal point")
    #expect(try boxes([five, line((110, 640), (170, 642))]) == 2, "a bar far below")
    #expect(try boxes([five, line((260, 420))]) == 2, "a far dot")
    // The bar of a 5 belongs to it.
    #expect(try boxes([five, line((165, 300), (220, 302))]) == 1)
  }

  private func line(_ points: (Double, Double)...) -> Stroke {
    Stroke(points.map { Stroke.Sample(Point(x: $0.0, y: $0.1)) }, width: 20)
  }

  private func ring(_ x: Double, _ y: Double, _ size: Double = 80) -> Stroke {
    let octagon = [
      (1.0, 0.0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7), (1, 0),
    ]
    return Stroke(
      octagon.map { Stroke.Sample(Point(x: x + $0.0 * size * 0.8, y: y + $0.1 * size * 1.2)) }, width: 20)
  }

  @Test func severalDigitsAreReadInOrderLineByLine() throws {
    let strokes = [
      ring(150, 700), line((300, 600), (300, 800)), ring(450, 720), line((200, 100), (205, 300)),
      ring(350, 200),
    ]
    let recognizer = try recognizer()
    let reading = try recognizer.read(Page(drawing: Drawing(strokes)))
    #expect(reading.text == "10\n010")
    #expect(reading.confidence > 0.8)
    let picture = Page(drawing: Drawing(strokes)).image(longerSide: 448)
    #expect(try recognizer.read(picture).text == "10\n010")
    #expect(
      try recognizer.read(Page(picture: picture)).symbols.map(\.box.x).allSatisfy { $0 > 60 && $0 < 450 })
  }

  @Test func onlyWhatIsInAFrameIsReadWithItsBoxesOnThePage() throws {
    let strokes = [ring(150, 200), ring(450, 200), line((300, 100), (300, 300))]
    let picture = Page(drawing: Drawing(strokes)).image(longerSide: 448)
    let recognizer = try recognizer()
    let frame = Box(x: 230, y: 60, width: 330, height: 290)
    var page = Page(picture: picture)
    let part = try recognizer.read(page, in: frame)
    let whole = try recognizer.read(page)
    #expect(part.text == "10" && whole.text == "010")
    for (symbol, same) in zip(part.symbols, whole.symbols.dropFirst()) {
      #expect(abs(symbol.box.x - same.box.x) < 5 && abs(symbol.box.right - same.box.right) < 5)
      #expect(abs(symbol.box.y - same.box.y) < 5 && abs(symbol.box.bottom - same.box.bottom) < 5)
      #expect(abs(symbol.levelBox.x - same.levelBox.x) < 5 && abs(symbol.levelBox.y - same.levelBox.y) < 5)
    }
    // The same part in pixels, as the command line gives it.
    let region = Rectangle(x: 100, y: 26, width: 145, height: 128)
    let pixels = try recognizer.read(picture, in: region)
    #expect(pixels.text == "10")
    #expect(pixels.scaled(by: 1024.0 / 448).symbols.map(\.box) == part.symbols.map(\.box))
    page.add(line((255, 100), (255, 300)))
    #expect(try recognizer.read(page, in: frame).text == "110", "what is drawn in the frame is read")
    #expect(try recognizer.read(page, in: Box(x: 2000, y: 0, width: 9, height: 9)).symbols.isEmpty)
    let drawn = Page(drawing: Drawing(strokes))
    #expect(try recognizer.read(drawn, in: frame) == recognizer.read(drawn), "a page without a picture")
  }

  @Test func touchingDigitsAreCutWhereTheNetworksConfirmIt() throws {
    let strokes = [ring(300, 300), ring(446, 300)]
    let picture = Page(drawing: Drawing(strokes)).image(longerSide: 448)
    #expect(try recognizer().read(picture).text == "00")
    #expect(try recognizer().read(Page(drawing: Drawing(strokes))).text == "00")
  }

  @Test func aPageNeedsAtMostTwoCallsToThePredictor() throws {
    // Three lines, two of them with a touching pair.
    let strokes = [
      ring(200, 150), ring(346, 150), ring(600, 150), ring(200, 450), line((400, 350), (400, 550)),
      ring(200, 750), ring(346, 750), line((600, 650), (600, 850)),
    ]
    let calls = Mutex<[Int]>([])
    let recognizer = try recognizer { count in calls.withLock { $0.append(count) } }
    #expect(try recognizer.read(Page(drawing: Drawing(strokes))).text == "000\n01\n001")
    let drawn = calls.withLock { counts in
      defer { counts = [] }
      return counts
    }
    #expect(drawn.count <= 2)
    let picture = Page(drawing: Drawing(strokes)).image(longerSide: 448)
    #expect(try recognizer.read(picture).text == "000\n01\n001")
    // The second call has the parts of both pairs.
    #expect(calls.withLock(\.count) == 2)
    // While a stroke is being drawn, nothing is cut.
    calls.withLock { $0 = [] }
    _ = try recognizer.read(Page(picture: picture), isUnfinished: true)
    #expect(calls.withLock(\.count) == 1)
    let apart = Page(drawing: Drawing([ring(200, 150), line((400, 50), (400, 250))]))
    calls.withLock { $0 = [] }
    #expect(try recognizer.read(apart).text == "01")
    #expect(calls.withLock(\.count) == 1)
  }

  @Test func aConfidentSymbolIsReadWithOneCallWhateverItsWidth() throws {
    let model = try Model(
      name: "sure", networks: [Network(try Architecture("28x28-11"))], classes: .digitsOrNone)
    let recognizer = try Recognizer(model) { _, _, count in
      #expect(count == 1)
      return [[1] + [Float](repeating: 0, count: 10)]
    }
    for width in [0.3, 0.8, 1.5] {
      let oval = Stroke(
        ring(300, 300).samples.map { Stroke.Sample(Point(x: $0.point.x * width, y: $0.point.y)) }, width: 20)
      #expect(try recognizer.read(Page(drawing: Drawing([oval])).image(longerSide: 448)).text == "0")
    }
  }

  @Test func anEmptyPageAndDustNeedNoCall() throws {
    let model = try Model(
      name: "none", networks: [Network(try Architecture("28x28-11"))], classes: .digitsOrNone)
    let recognizer = try Recognizer(model) { _, _, _ in
      Issue.record("the predictor was called")
      return [[]]
    }
    #expect(try recognizer.read(Page()) == .empty)
    #expect(try recognizer.read(GrayImage(width: 448, height: 448)) == .empty)
    #expect(try recognizer.read(GrayImage(width: 0, height: 0)) == .empty)
    var dusty = GrayImage(width: 448, height: 448)
    for i in 0..<9 { dusty[i * 40 + 11, (i * 97) % 400 + 20] = 60 }
    #expect(try recognizer.read(dusty) == .empty)
    #expect(try recognizer.read(single: [Stroke]()) == .empty)
  }

  @Test func whatTheModelRefusesIsAQuestionMark() throws {
    let flat = line((100, 300), (700, 310))
    let reading = try recognizer().read(Page(drawing: Drawing([flat])))
    #expect(reading.text == "?")
  }

  @Test func aModelWithUnknownPreprocessingIsNotUsed() throws {
    var model = try Model(name: "odd", networks: [Network(try Architecture("28x28-10"))], classes: .digits)
    model.preprocessing = "sharpen"
    #expect(throws: ModelError.self) { try Recognizer(model) { _, _, _ in [] } }
  }
}
