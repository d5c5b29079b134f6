import App
import Basics
import Graphics
import Ink
import Recognition
import Testing
import X11

/// A session driven as the window drives it.
struct Driver {
  var session = WindowState()
  let lettering = TextRenderer(builtIn: true)
  var time: UInt32 = 1000
  var effects: [Effect] = []

  init(models: [String] = ["inkling", "mlp"]) {
    session.setWindow(width: 960, height: 680, scale: 1)
    session.offer(models.map { ModelEntry(name: $0, path: "/\($0)") }, choosing: nil)
  }

  mutating func take(_ event: Event) {
    effects += session.take(event, lettering: lettering)
  }

  mutating func key(_ key: Key, _ modifiers: Modifiers = [], text: String = "") {
    take(.key(KeyPress(key, text: text, modifiers: modifiers)))
  }

  mutating func type(_ text: String) {
    for character in text {
      key(.character(Character(character.lowercased())), text: String(character))
    }
  }

  mutating func click(_ control: Control) {
    let area = session.layout[control]
    let place = PointerState(x: area.x + area.width / 2, y: area.y + area.height / 2)
    take(.moved(place))
    take(.pressed(.primary, place))
    take(.released(.primary, place))
  }

  /// Draws along places given as parts of the page.
  mutating func draw(_ places: [(Double, Double)], with button: PointerButton = .primary) {
    let page = session.layout.page
    for (index, place) in places.enumerated() {
      time += 8
      let pointer = PointerState(
        x: page.x + Int(clamping: place.0 * Double(page.width)),
        y: page.y + Int(clamping: place.1 * Double(page.height)),
        time: time)
      if index == 0 { take(.pressed(button, pointer)) } else { take(.moved(pointer)) }
      if index == places.count - 1 { take(.released(button, pointer)) }
    }
  }

  mutating func answer(_ text: String, confidence: Double = 0.99, refused: Bool = false, model: Int = 0) {
    session.take(.made(text, confidence: confidence, refused: refused, revision: session.revision), of: model)
  }
}

extension ModelEntry.Answer {
  static func made(_ text: String, confidence: Double, refused: Bool, revision: Int) -> ModelEntry.Answer {
    let symbols = text.enumerated().map { index, label in
      let others = (0..<10).map(String.init).filter { $0 != String(label) }
      return Symbol(
        box: Box(x: 100 + Double(index) * 150, y: 300, width: 120, height: 300),
        candidates: [Candidate(label: String(label), probability: confidence)]
          + others.map { Candidate(label: $0, probability: (1 - confidence) / 9) },
        background: 0, refused: refused, input: [Float](repeating: 0.5, count: 784))
    }
    return .init(reading: Reading(symbols: symbols), milliseconds: 0.3, revision: revision)
  }
}

@Suite struct SessionTests {
  let line = [(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)]

  @Test func everyMotionBecomesASampleWithItsTime() {
    var driver = Driver()
    driver.draw((0...100).map { (0.1 + Double($0) * 0.008, 0.5) })
    let stroke = driver.session.page.drawing.strokes[0]
    #expect(stroke.samples.count == 101)
    #expect(stroke.samples[0].time == 0)
    #expect(stroke.samples[100].time == 0.8)
  }

  @Test func aStrokeIsJournaledAndReadWhenItEnds() {
    var driver = Driver()
    driver.draw(line)
    #expect(driver.effects.contains(.journal(.stroke(driver.session.page.drawing.strokes[0]))))
    #expect(driver.effects.last == .read(models: [0]))
    driver.answer("7")
    #expect(WindowText.title(driver.session.reading) == "7 · Inkling")
  }

  @Test func withoutLiveOnlyPredictReads() {
    var driver = Driver()
    driver.key(.character("l"))
    driver.draw(line)
    #expect(!driver.effects.contains(.read(models: [0])))
    driver.click(.predict)
    #expect(driver.effects.last == .read(models: [0]))
    driver.answer("3")
    #expect(driver.session.reading?.text == "3")
    driver.draw(line)
    #expect(driver.session.reading == nil, "an answer to an earlier page is not shown")
  }

  @Test func clearIsUndone() {
    var driver = Driver()
    driver.draw(line)
    driver.answer("7")
    let page = driver.session.page
    driver.click(.clear)
    #expect(driver.session.page.isEmpty)
    #expect(WindowText.title(driver.session.reading) == "Inkling")
    driver.click(.undo)
    #expect(driver.session.page == page)
    driver.key(.character("y"), [.control])
    #expect(driver.session.page.isEmpty)
    driver.key(.character("z"), [.control])
    driver.key(.character("z"), [.control, .shift])
    #expect(driver.session.page.isEmpty)
  }

  @Test func anAnswerToAClearedPageIsNotShown() {
    var driver = Driver()
    driver.draw(line)
    let revision = driver.session.revision
    driver.click(.clear)
    driver.session.take(.made("7", confidence: 1, refused: false, revision: revision), of: 0)
    #expect(driver.session.reading == nil)
    driver.draw(line)
    #expect(driver.session.reading == nil)
  }

  @Test func theOtherButtonErases() {
    var driver = Driver()
    driver.draw(line)
    driver.draw([(0.1, 0.9), (0.9, 0.9)], with: .secondary)
    #expect(!driver.session.page.isEmpty)
    driver.draw(line, with: .secondary)
    #expect(driver.session.page.isEmpty)
    driver.key(.character("z"), [.control])
    #expect(driver.session.page.drawing.strokes.count == 1)
  }

  @Test func wheelAndBracketsChangeThePen() {
    var driver = Driver()
    let usual = driver.session.penWidth
    driver.key(.character("]"))
    #expect(driver.session.penWidth > usual)
    driver.key(.character("["))
    driver.key(.character("["))
    #expect(driver.session.penWidth < usual)
    let page = driver.session.layout.page
    for _ in 0..<60 { driver.take(.scrolled(x: 0, y: -1, PointerState(x: page.x + 5, y: page.y + 5))) }
    #expect(driver.session.penWidth == 112)
    #expect(driver.effects.contains(.remember))
  }

  @Test func tabWalksTheControlsAndSpacePresses() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.tab)
    #expect(driver.session.focused == .predict)
    driver.key(.tab)
    #expect(driver.session.focused == .clear)
    driver.key(.character(" "), text: " ")
    #expect(driver.session.page.isEmpty)
    driver.key(.tab, [.shift])
    #expect(driver.session.focused == .predict)
    driver.key(.tab)
    // Clear and Save cannot be pressed on an empty page.
    #expect(driver.session.focused == .undo)
  }

  @Test func enterPredictsAndEscapeClears() {
    var driver = Driver()
    driver.draw(line)
    driver.effects = []
    driver.key(.enter)
    #expect(driver.effects == [.read(models: [0])])
    driver.key(.escape)
    #expect(driver.session.page.isEmpty)
    driver.key(.character("z"), [.control])
    driver.key(.delete)
    #expect(driver.session.page.isEmpty)
  }

  @Test func aNameIsEditedInPlace() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("s"), [.control, .shift])
    #expect(driver.effects.last == .proposeName)
    driver.session.beginSaveAs("/tmp/7-2026-11-20-185501.pgm")
    driver.type("e7ä")
    driver.key(.enter)
    #expect(driver.effects.last == .saveAs("/tmp/e7ä.pgm"))
    driver.session.saved(at: "/tmp/e7ä.pgm", wasNamed: true)
    #expect(driver.session.overlay == nil)
    #expect(driver.session.message == .information("Saved as", path: "/tmp/e7ä.pgm"))
  }

  @Test func aPathIsCompleted() {
    var driver = Driver()
    driver.key(.character("o"), [.control])
    #expect(driver.effects.last == .chooseFile)
    driver.effects = driver.session.beginOpen(in: "/data")
    #expect(driver.effects == [.list(folder: "/data/")])
    driver.session.show(
      [
        .init(name: "seven-a.pgm", isFolder: false), .init(name: "seven-b.pgm", isFolder: false),
        .init(name: "more", isFolder: true),
      ], of: "/data/", problem: nil)
    driver.type("se")
    driver.key(.tab)
    guard case .open(let choice) = driver.session.overlay else {
      Issue.record("nothing is being opened")
      return
    }
    #expect(choice.field.text == "/data/seven-")
    driver.type("b")
    driver.key(.tab)
    driver.key(.enter)
    #expect(driver.effects.last == .open("/data/seven-b.pgm"))
  }

  @Test func modelsAreChosenAndAskedTogether() {
    var driver = Driver()
    driver.draw(line)
    driver.answer("7")
    driver.key(.character("m"))
    driver.key(.down)
    driver.key(.enter)
    #expect(driver.session.model?.name == "mlp")
    #expect(driver.effects.last == .read(models: [1]))
    driver.click(.askAll)
    #expect(driver.effects.last == .read(models: [0, 1]))
    #expect(driver.session.overlay == .models(row: 1))
    driver.answer("1", model: 1)
    #expect(!driver.session.answersAgree)
    driver.answer("7", model: 1)
    #expect(driver.session.answersAgree)
  }

  @Test func neverAConfidentWrongWord() {
    var driver = Driver()
    driver.draw(line)
    driver.answer("7", confidence: 0.4, refused: true)
    #expect(WindowText.title(driver.session.reading) == "not sure · Inkling")
    driver.session.take(
      .init(reading: .empty, milliseconds: 0.1, revision: driver.session.revision), of: 0)
    #expect(WindowText.title(driver.session.reading) == "no digit · Inkling")
    #expect(Chances.percent(0.99999) == "> 99.9 %")
    #expect(Chances.percent(0.9986) == "99.8 %")
    #expect(Chances.percent(0.00001) == "< 0.1 %")
  }

  @Test func withoutAModelPredictSaysWhatToDo() {
    var driver = Driver(models: [])
    driver.draw(line)
    driver.key(.enter)
    #expect(driver.session.message?.kind == .failure)
    #expect(driver.session.message?.text.contains("models") == true)
  }

  @Test func droppedFilesAreOpenedAndTheWindowQuitsWithoutAsking() {
    var driver = Driver()
    driver.take(.dropHovering(x: 3, y: 3))
    driver.take(.dropped(paths: ["/tmp/a b.pgm"], x: 3, y: 3))
    #expect(driver.effects.last == .open("/tmp/a b.pgm"))
    #expect(!driver.session.isDropHovering)
    driver.key(.character("q"), [.control])
    driver.take(.closed)
    #expect(driver.effects.suffix(2) == [.quit, .quit])
  }

  @Test func anOpenedPictureIsDrawnOnAndUndone() {
    var driver = Driver()
    driver.draw(line)
    let before = driver.session.page
    let picture = GrayImage(width: 40, height: 20, level: 200)
    driver.effects = driver.session.open(picture, from: "/tmp/wide.pgm")
    #expect(driver.effects.contains(.journal(.picture(picture))))
    let page = driver.session.layout.page
    #expect(abs(page.width - 2 * page.height) <= 2)
    driver.draw(line)
    #expect(driver.session.page.drawing.strokes.count == 1)
    driver.key(.character("z"), [.control])
    driver.key(.character("z"), [.control])
    #expect(driver.session.page == before)
  }
}
