import App
import Basics
import Formats
import Graphics
import Ink
import Preprocessing
import Recognition
import Testing
import X11

/// A state that receives events as the window's state does.
struct Driver {
  private(set) var state = WindowState()
  let renderer = TextRenderer(builtIn: true)
  var time: UInt32 = 1000
  var effects: [Effect] = []

  init(models: [String] = ["inkling", "mlp"]) {
    send(.windowOpened(WindowSize(width: 960, height: 680), scale: 1))
    offer(models)
  }

  /// The layout of the state.
  var layout: WindowLayout { WindowLayout(of: state, measuring: renderer) }

  mutating func send(_ event: AppEvent) { effects += state.handle(event) }

  /// Receives an event of the X server.
  mutating func receive(_ event: Event) {
    if let event = AppEvent(event, in: state, layout: layout) { send(event) }
  }

  mutating func offer(_ models: [String], choosing chosen: String? = nil, fallback: String? = nil) {
    send(
      .modelsFound(
        models.map { ModelEntry(name: $0, path: "/\($0)") }, chosen: chosen, fallback: fallback))
  }

  /// The effects of an event alone.
  mutating func effects(of event: AppEvent) -> [Effect] {
    effects = []
    send(event)
    return effects
  }

  mutating func key(_ key: Key, _ modifiers: Modifiers = [], text: String = "") {
    receive(.key(KeyPress(key, text: text, modifiers: modifiers)))
  }

  mutating func type(_ text: String) {
    for character in text {
      key(.character(Character(character.lowercased())), text: String(character))
    }
  }

  mutating func click(_ control: Control) {
    let area = layout.areas[control]
    let pointer = PointerState(x: area.x + area.width / 2, y: area.y + area.height / 2)
    receive(.moved(pointer))
    receive(.pressed(.primary, pointer))
    receive(.released(.primary, pointer))
  }

  /// Draws through points that are given as parts of the page.
  mutating func draw(_ points: [(Double, Double)], with button: PointerButton = .primary) {
    let page = layout.areas.page
    for (index, point) in points.enumerated() {
      time += 8
      let pointer = PointerState(
        x: page.x + Int(clamping: point.0 * Double(page.width)),
        y: page.y + Int(clamping: point.1 * Double(page.height)),
        time: time)
      if index == 0 { receive(.pressed(button, pointer)) } else { receive(.moved(pointer)) }
      if index == points.count - 1 { receive(.released(button, pointer)) }
    }
  }

  mutating func answer(_ text: String, confidence: Double = 0.99, refused: Bool = false, model: Int = 0) {
    send(
      .answered(
        model: model, .made(text, confidence: confidence, refused: refused, revision: state.revision)))
  }
}

extension ModelEntry.Answer {
  static func made(
    _ text: String, confidence: Double, refused: Bool, revision: Int, mode: ReadingMode = .digits
  ) -> ModelEntry.Answer {
    // Many symbols are as wide as the page together.
    let step = min(150, 900 / Double(max(1, text.count)))
    let symbols = text.enumerated().map { index, label in
      let others = (0..<10).map(String.init).filter { $0 != String(label) }
      return Symbol(
        box: Box(x: 100 + Double(index) * step, y: 300, width: step * 0.8, height: 300),
        candidates: [Candidate(label: String(label), probability: confidence)]
          + others.map { Candidate(label: $0, probability: (1 - confidence) / 9) },
        background: 0, refused: refused,
        input: [Float](repeating: 0.5, count: InputNormalizer.side * InputNormalizer.side))
    }
    return .init(reading: Reading(symbols: symbols), mode: mode, milliseconds: 0.3, revision: revision)
  }
}

@Suite struct WindowStateTests {
  let line = [(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)]

  @Test func everyMotionBecomesASampleWithItsTime() {
    var driver = Driver()
    driver.draw((0...100).map { (0.1 + Double($0) * 0.008, 0.5) })
    let stroke = driver.state.page.drawing.strokes[0]
    #expect(stroke.samples.count == 101)
    #expect(stroke.samples[0].time == 0)
    #expect(stroke.samples[100].time == 0.8)
  }

  @Test func aStrokeIsJournaledAndReadWhenItEnds() {
    var driver = Driver()
    driver.draw(line)
    #expect(driver.effects.contains(.journal(.stroke(driver.state.page.drawing.strokes[0]))))
    #expect(driver.effects.last == .read(models: [0]))
    driver.answer("7")
    #expect(WindowText.title(driver.state.reading) == "7 · Inkling")
  }

  @Test func withoutLiveOnlyPredictReads() {
    var driver = Driver()
    driver.key(.character("l"))
    driver.draw(line)
    #expect(!driver.effects.contains(.read(models: [0])))
    driver.click(.predict)
    #expect(driver.effects.last == .read(models: [0]))
    driver.answer("3")
    #expect(driver.state.reading?.text == "3")
    driver.draw(line)
    #expect(driver.state.reading == nil, "an answer to an earlier page is not shown")
  }

  @Test func clearIsUndone() {
    var driver = Driver()
    driver.draw(line)
    driver.answer("7")
    let page = driver.state.page
    driver.click(.clear)
    #expect(driver.state.page.isEmpty)
    #expect(WindowText.title(driver.state.reading) == "Inkling")
    driver.click(.undo)
    #expect(driver.state.page == page)
    driver.key(.character("y"), [.control])
    #expect(driver.state.page.isEmpty)
    driver.key(.character("z"), [.control])
    driver.key(.character("z"), [.control, .shift])
    #expect(driver.state.page.isEmpty)
  }

  @Test func anAnswerToAClearedPageIsNotShown() {
    var driver = Driver()
    driver.draw(line)
    let revision = driver.state.revision
    driver.click(.clear)
    driver.send(.answered(model: 0, .made("7", confidence: 1, refused: false, revision: revision)))
    #expect(driver.state.reading == nil)
    driver.draw(line)
    #expect(driver.state.reading == nil)
  }

  @Test func theSecondaryButtonErases() {
    var driver = Driver()
    driver.draw(line)
    driver.draw([(0.1, 0.9), (0.9, 0.9)], with: .secondary)
    #expect(!driver.state.page.isEmpty)
    driver.draw(line, with: .secondary)
    #expect(driver.state.page.isEmpty)
    driver.key(.character("z"), [.control])
    #expect(driver.state.page.drawing.strokes.count == 1)
  }

  @Test func theWheelAndTheBracketsChangeThePenWidth() {
    var driver = Driver()
    let usual = driver.state.pen.width
    driver.key(.character("]"))
    #expect(driver.state.pen.width > usual)
    driver.key(.character("["))
    driver.key(.character("["))
    #expect(driver.state.pen.width < usual)
    let page = driver.layout.areas.page
    for _ in 0..<60 { driver.receive(.scrolled(x: 0, y: -1, PointerState(x: page.x + 5, y: page.y + 5))) }
    #expect(driver.state.pen.width == 112)
    #expect(driver.effects.contains(.remember))
  }

  @Test func thePressureOfAPenChangesTheWidthWhereTheUserWantsIt() {
    var driver = Driver()
    func stroke(_ driver: inout Driver, _ pressures: [Double?]) -> Double {
      let page = driver.layout.areas.page
      for (index, pressure) in pressures.enumerated() {
        driver.time += 8
        let pointer = PointerState(
          x: page.x + 20 + 9 * index, y: page.y + 40, pressure: pressure, time: driver.time)
        driver.receive(index == 0 ? .pressed(.primary, pointer) : .moved(pointer))
        if index == pressures.count - 1 { driver.receive(.released(.primary, pointer)) }
      }
      return driver.state.page.drawing.strokes.last?.width ?? 0
    }
    let usual = driver.state.pen.width
    #expect(stroke(&driver, [0.1, 1, 0.4]) == usual, "it is off at first")
    driver.key(.character("p"))
    #expect(driver.effects.last == .remember && driver.state.message != nil)
    #expect(Settings(text: Settings(of: driver.state).text).usesPressure == true)
    driver.key(.delete)
    driver.effects = []
    #expect(stroke(&driver, [0.1, 1, 0.4]) == usual * 1.5, "the strongest pressure counts")
    #expect(driver.effects.contains(.journal(.stroke(driver.state.page.drawing.strokes[0]))))
    #expect(stroke(&driver, [0, 0]) == usual * 0.5)
    #expect(stroke(&driver, [nil, nil]) == usual, "a mouse has none")
    #expect(driver.state.pen.width == usual, "the slider stays where it is")
    var next = WindowState()
    _ = next.handle(.settingsRecalled(Settings(text: "pressure yes\n"), isLive: nil))
    #expect(next.pen.usesPressure)
  }

  @Test func tabMovesTheFocusAndSpacePressesTheControl() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.tab)
    #expect(driver.state.focus.focused == .predict)
    driver.key(.tab)
    #expect(driver.state.focus.focused == .clear)
    driver.key(.character(" "), text: " ")
    #expect(driver.state.page.isEmpty)
    driver.key(.tab, [.shift])
    #expect(driver.state.focus.focused == .predict)
    driver.key(.tab)
    // Clear and Save are disabled on an empty page.
    #expect(driver.state.focus.focused == .undo)
  }

  @Test func enterPredictsAndDeleteClears() {
    var driver = Driver()
    driver.draw(line)
    driver.effects = []
    driver.key(.enter)
    #expect(driver.effects == [.read(models: [0])])
    driver.key(.escape)
    #expect(!driver.state.page.isEmpty, "Escape closes what is open, and nothing else")
    driver.key(.delete)
    #expect(driver.state.page.isEmpty && driver.state.message?.text.contains("Undo") == true)
  }

  @Test func aNameIsEditedInPlace() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("s"), [.control, .shift])
    #expect(driver.effects.last == .proposeName)
    driver.send(.nameProposed("/tmp/7-2026-11-20-185501.pgm"))
    driver.type("e7ä")
    driver.key(.enter)
    #expect(driver.effects.last == .saveAs("/tmp/e7ä.pgm"))
    driver.send(.saved(path: "/tmp/e7ä.pgm", wasNamed: true))
    #expect(driver.state.overlay == nil)
    #expect(driver.state.message == .information("Saved as", path: "/tmp/e7ä.pgm"))
  }

  @Test func filesAreFoundInAnyCaseAndTheFolderAboveIsARow() {
    var choice = FileChoice(folder: "/data/pages")
    choice.show(
      [
        .init(name: "Seven.png", isFolder: false), .init(name: "old seven.pgm", isFolder: false),
        .init(name: ".hidden.png", isFolder: false), .init(name: "eight.png", isFolder: false),
      ], of: "/data/pages/")
    #expect(choice.matching.map(\.name) == ["..", "Seven.png", "eight.png", "old seven.pgm"])
    choice.choose(0)
    #expect(choice.path == "/data/")
    var driver = Driver()
    driver.send(.folderProposed("/data/pages"))
    driver.send(
      .folderListed(
        "/data/pages/",
        entries: [.init(name: "Seven.png", isFolder: false), .init(name: "old seven.pgm", isFolder: false)],
        problem: nil))
    driver.type("sev")
    guard case .open(let typed) = driver.state.overlay else {
      Issue.record("nothing is being opened")
      return
    }
    #expect(typed.matching.map(\.name) == ["Seven.png", "old seven.pgm"])
    driver.key(.tab)
    driver.key(.enter)
    #expect(driver.effects.last == .open("/data/pages/Seven.png"))
  }

  @Test func aSecondEnterReplacesAFileThatExists() {
    var driver = Driver()
    driver.draw(line)
    driver.send(.nameProposed("/tmp/seven.pgm"))
    driver.key(.enter)
    #expect(driver.effects.last == .saveAs("/tmp/seven.pgm"))
    driver.send(.nameTaken(path: "/tmp/seven.pgm"))
    #expect(driver.state.message?.text.contains("Enter replaces it") == true)
    driver.key(.enter)
    #expect(driver.effects.last == .replaceFile("/tmp/seven.pgm"))
    driver.key(.end)
    driver.type("x")
    driver.key(.enter)
    #expect(driver.effects.last == .saveAs("/tmp/seven.pgmx"), "another name is not replaced")
  }

  @Test func allModelsAgreeOnlyWhenAllHaveAnswered() {
    var driver = Driver()
    driver.draw(line)
    driver.key(.character("a"))
    #expect(driver.state.overlay == .models(row: 0))
    driver.answer("7")
    #expect(driver.state.comparison == .waiting)
    driver.answer("7", model: 1)
    #expect(driver.state.comparison == .agree)
    driver.answer("1", model: 1)
    #expect(driver.state.comparison == .disagree)
  }

  @Test func aControlOnWhichThePointerRestsShowsItsKey() {
    var driver = Driver()
    func tooltip(_ driver: Driver) -> Scene.Part? {
      View.scene(of: driver.state, renderer: driver.renderer).parts.first { $0.name == "tooltip" }
    }
    for control in Control.allCases {
      let area = driver.layout.areas[control]
      driver.receive(.moved(PointerState(x: area.x + area.width / 2, y: area.y + area.height / 2)))
      #expect(tooltip(driver) == nil, "the tooltip waits until the pointer rests")
      driver.send(.hoverRested)
      let part = tooltip(driver)
      #expect(part.map { driver.layout.areas.window.contains($0.bounds) } == true, "\(control)")
      #expect(part.map { $0.bounds.intersection(area).isEmpty } == true, "\(control)")
    }
    driver.key(.character("l"))
    #expect(tooltip(driver) == nil)
  }

  @Test func theFirstPageSaysWhereToDraw() {
    var driver = Driver()
    func hasHint(_ driver: Driver) -> Bool {
      View.scene(of: driver.state, renderer: driver.renderer).parts.contains { $0.name == "hint" }
    }
    #expect(hasHint(driver))
    driver.draw(line)
    driver.key(.delete)
    #expect(!hasHint(driver))
  }

  @Test func aPathIsCompleted() {
    var driver = Driver()
    driver.key(.character("o"), [.control])
    #expect(driver.effects.last == .proposeFolder)
    #expect(driver.effects(of: .folderProposed("/data")) == [.list(folder: "/data/")])
    driver.send(
      .folderListed(
        "/data/",
        entries: [
          .init(name: "seven-a.pgm", isFolder: false), .init(name: "seven-b.pgm", isFolder: false),
          .init(name: "more", isFolder: true),
        ], problem: nil))
    driver.type("se")
    driver.key(.tab)
    guard case .open(let choice) = driver.state.overlay else {
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
    #expect(driver.state.model?.name == "mlp")
    #expect(driver.effects.last == .read(models: [1]))
    driver.click(.askAll)
    #expect(driver.effects.last == .read(models: [0, 1]))
    #expect(driver.state.overlay == .models(row: 1))
    driver.answer("1", model: 1)
    #expect(!driver.state.answersAgree)
    driver.answer("7", model: 1)
    #expect(driver.state.answersAgree)
  }

  @Test func refusedAndMissingSymbolsAreNotShownAsCertain() {
    var driver = Driver()
    driver.draw(line)
    driver.answer("7", confidence: 0.4, refused: true)
    #expect(WindowText.title(driver.state.reading) == "not sure · Inkling")
    driver.send(
      .answered(model: 0, .init(reading: .empty, milliseconds: 0.1, revision: driver.state.revision)))
    #expect(WindowText.title(driver.state.reading) == "no digit · Inkling")
    #expect(ProbabilityText.percent(0.99999) == "> 99.9 %")
    #expect(ProbabilityText.percent(0.9986) == "99.8 %")
    #expect(ProbabilityText.percent(0.00001) == "< 0.1 %")
  }

  @Test func withoutAModelPredictSaysWhatToDo() {
    var driver = Driver(models: [])
    driver.draw(line)
    driver.key(.enter)
    #expect(driver.state.message?.kind == .failure)
    #expect(driver.state.message?.text.contains("models") == true)
  }

  @Test func droppedFilesAreOpenedAndTheWindowClosesWithoutAQuestion() {
    var driver = Driver()
    driver.receive(.dropHovering(x: 3, y: 3))
    driver.receive(.dropped(paths: ["/tmp/a b.pgm"], x: 3, y: 3))
    #expect(driver.effects.last == .open("/tmp/a b.pgm"))
    #expect(!driver.state.focus.isDropHovering)
    driver.key(.character("q"), [.control])
    driver.receive(.closed)
    #expect(driver.effects.suffix(2) == [.quit, .quit])
  }

  @Test func anOpenedPictureIsDrawnOnAndUndone() {
    var driver = Driver()
    driver.draw(line)
    let before = driver.state.page
    let picture = GrayImage(width: 40, height: 20, level: 200)
    let effects = driver.effects(of: .pictureOpened(picture, path: "/tmp/wide.pgm"))
    #expect(effects.contains(.journal(.picture(picture))))
    let page = driver.layout.areas.page
    #expect(abs(page.width - 2 * page.height) <= 2)
    driver.draw(line)
    #expect(driver.state.page.drawing.strokes.count == 1)
    driver.key(.character("z"), [.control])
    driver.key(.character("z"), [.control])
    #expect(driver.state.page == before)
  }
}
