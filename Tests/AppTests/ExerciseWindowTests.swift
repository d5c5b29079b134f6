// The mode for sums: answers, verdicts, and symbols that the user corrects.

import App
import Basics
import Exercises
import Formats
import Graphics
import Ink
import Recognition
import TestSupport
import Testing
import X11

/// Symbols of a line of writing, and the answer to them.
enum WrittenLine {
  /// The box of the symbol at a position.
  static func box(_ index: Int, isLow: Bool = false) -> Box {
    Box(x: 80 + Double(index) * 90, y: isLow ? 330 : 300, width: 60, height: isLow ? 40 : 100)
  }

  /// The answer to a line; `doubted` is a symbol that may as well be `rival`.
  static func answer(
    _ text: String, doubted: Int? = nil, rival: String = "8", labels: [InkLabel] = [], revision: Int,
    mode: ReadingMode = .sums
  ) -> ModelEntry.Answer {
    let symbols = text.enumerated().map { index, sign in
      let probability = index == doubted ? 0.6 : 0.9995
      return Symbol(
        box: box(index, isLow: "=-".contains(sign)),
        candidates: [
          Candidate(label: String(sign), probability: probability),
          Candidate(label: rival, probability: 1 - probability),
        ], background: 0.0001, refused: false, input: [])
    }
    let reading = Reading(symbols: symbols).labelled(by: labels)
    return ModelEntry.Answer(
      reading: reading, mode: mode, exercises: mode == .sums ? ExerciseChecker().check(reading) : [],
      milliseconds: 1, revision: revision)
  }
}

@Suite struct ExerciseWindowTests {
  private let line = [(0.2, 0.2), (0.5, 0.21), (0.8, 0.2)]

  private func driver(_ text: String, doubted: Int? = nil) -> Driver {
    var driver = Driver(models: ["inkling"])
    driver.click(.sums)
    driver.draw(line)
    driver.answerLine(text, doubted: doubted)
    return driver
  }

  private func title(_ driver: Driver) -> String {
    WindowText.title(driver.state.reading, driver.state.exercises)
  }

  private func parts(_ driver: Driver, _ name: String) -> [Scene.Part] {
    View.scene(of: driver.state, renderer: driver.renderer).parts.filter { $0.name.hasPrefix(name) }
  }

  private func texts(_ parts: [Scene.Part]) -> [(String, Color)] {
    func texts(_ mark: DrawCommand) -> [(String, Color)] {
      switch mark {
      case .text(let text, _, _, let color): [(text, color)]
      case .within(_, let marks): marks.flatMap(texts)
      default: []
      }
    }
    return parts.flatMap { $0.marks.flatMap(texts) }
  }

  @Test func theModeIsChosenByItsControlAndByAKeyAndIsRemembered() {
    var driver = Driver()
    driver.draw(line)
    driver.effects = []
    driver.click(.sums)
    #expect(driver.state.mode == .sums && driver.state.reading == nil)
    #expect(driver.effects.contains(.remember) && driver.effects.contains(.read(models: [0])))
    driver.key(.character("s"))
    #expect(driver.state.mode == .text)
    driver.key(.character("s"))
    #expect(driver.state.mode == .digits)
    driver.click(.text)
    let stored = Settings(text: Settings(of: driver.state).text)
    #expect(stored.mode == .text)
    var next = Driver()
    next.send(.settingsRecalled(stored, isLive: nil))
    #expect(next.state.mode == .text)
    next.send(.modeSet(.digits))
    #expect(next.state.mode == .digits)
  }

  @Test func anAnswerInAnotherModeIsNotShown() {
    var driver = Driver()
    driver.draw(line)
    let revision = driver.state.revision
    driver.click(.sums)
    driver.send(.answered(model: 0, .made("7", confidence: 1, refused: false, revision: revision)))
    #expect(driver.state.reading == nil)
  }

  @Test func aModelThatCannotReadInOneModeIsTriedInAnother() {
    var driver = Driver(models: ["mlp"])
    driver.draw(line)
    driver.click(.sums)
    driver.send(.modelFailed(model: 0, reason: "it knows digits only"))
    #expect(driver.state.model?.isUsable == false)
    driver.click(.digits)
    #expect(driver.state.model?.isUsable == true)
  }

  @Test func theAnswerToAnOpenExerciseIsOfferedOnThePageInItsOwnColour() {
    let driver = driver("12×3=")
    #expect(title(driver) == "12×3= → 36 · Inkling")
    let palette = driver.state.theme.palette
    let offered = texts(parts(driver, "mark"))
    #expect(offered.count == 1 && offered[0].0 == "36")
    #expect(offered[0].1 == palette.accent && offered[0].1 != palette.ink)
    let shown = texts(parts(driver, "answer")).filter { $0.1 == palette.accent }
    #expect(shown.map(\.0) == ["36"])
  }

  @Test func aWrongAnswerHasTheRightOneBesideItAndTheVerdictFollowsTheEdit() {
    var driver = driver("12×3=35")
    #expect(title(driver) == "12×3=35 ✗ 36 · Inkling")
    #expect(texts(parts(driver, "mark")).map(\.0) == ["36"])
    driver.draw(line)
    driver.answerLine("12×3=36")
    #expect(title(driver) == "12×3=36 ✓ · Inkling")
    driver.answerLine("12×4=36")
    #expect(title(driver) == "12×4=36 ✗ 48 · Inkling")
  }

  @Test func marksAreHiddenWhileTheUserDraws() {
    var driver = driver("12×3=")
    let page = driver.layout.areas.page
    driver.receive(
      .pressed(.primary, PointerState(x: page.x + page.width / 2, y: page.bottom - 40, time: 5000)))
    #expect(parts(driver, "mark").isEmpty)
    driver.receive(
      .released(.primary, PointerState(x: page.x + page.width / 2, y: page.bottom - 40, time: 5010)))
    #expect(!parts(driver, "mark").isEmpty)
  }

  /// The pixel of the page at the middle of a symbol.
  private func pixel(_ driver: Driver, of index: Int) -> PointerState {
    let page = driver.layout.areas.page
    let box = WrittenLine.box(index)
    let scale = Double(page.width) / driver.state.page.width
    return PointerState(
      x: page.x + Int(clamping: (box.x + box.width / 2) * scale),
      y: page.y + Int(clamping: (box.y + box.height / 2) * scale),
      time: 9000)
  }

  @Test func aClickOnADoubtedSymbolOffersWhatItMayBeAndUndoTakesTheChoiceBack() throws {
    var driver = driver("12×3=36", doubted: 6)
    #expect(driver.state.exercises[0].verdict.kind == .unsure)
    #expect(driver.state.doubtedSymbols == [6])
    #expect(!parts(driver, "box6").isEmpty && parts(driver, "box5").isEmpty)
    let strokes = driver.state.page.drawing.strokes.count
    driver.receive(.pressed(.primary, pixel(driver, of: 6)))
    driver.receive(.released(.primary, pixel(driver, of: 6)))
    #expect(driver.state.page.drawing.strokes.count == strokes, "the click has drawn")
    guard case .choices(let choice) = driver.state.overlay else {
      Issue.record("nothing is offered")
      return
    }
    #expect(choice.candidates.map(\.label) == ["6", "8"])
    // The second row.
    let row = try #require(driver.layout.choiceRows).row(1)
    let pointer = PointerState(x: row.x + 5, y: row.y + row.height / 2, time: 9100)
    driver.effects = []
    driver.receive(.pressed(.primary, pointer))
    driver.receive(.released(.primary, pointer))
    let label = try #require(driver.state.page.labels.first)
    #expect(label.text == "8" && driver.state.overlay == nil)
    #expect(driver.effects.contains(.journal(.label(label))) && driver.effects.contains(.read(models: [0])))
    driver.send(
      .answered(
        model: 0,
        WrittenLine.answer(
          "12×3=36", doubted: 6, labels: driver.state.page.labels, revision: driver.state.revision)))
    #expect(title(driver) == "12×3=38 ✗ 36 · Inkling")
    driver.key(.character("z"), [.control])
    #expect(driver.state.page.labels.isEmpty)
    driver.answerLine("12×3=36", doubted: 6)
    #expect(driver.state.exercises[0].verdict.kind == .unsure)
    driver.key(.character("y"), [.control])
    #expect(driver.state.page.labels == [label])
  }

  @Test func theKeyboardSelectsASymbolAndTypesWhatItIs() {
    var driver = driver("12×3=36", doubted: 6)
    driver.key(.left)
    driver.key(.left)
    #expect(driver.state.selectedIndex == 4)
    driver.key(.right)
    driver.key(.right)
    driver.key(.character(" "), text: " ")
    driver.type("5")
    #expect(driver.state.page.labels.map(\.text) == ["5"])
    #expect(driver.state.overlay == nil && driver.state.selectedIndex == 6)
  }

  @Test func aClickBesideTheInkOfACertainSymbolDraws() {
    var driver = driver("12×3=36")
    let strokes = driver.state.page.drawing.strokes.count
    driver.receive(.pressed(.primary, pixel(driver, of: 2)))
    driver.receive(.released(.primary, pixel(driver, of: 2)))
    #expect(driver.state.page.drawing.strokes.count == strokes + 1)
  }

  @Test func aStrokeThatBeginsOnASymbolKeepsAllItsSamples() {
    var driver = driver("12×3=36", doubted: 6)
    let start = pixel(driver, of: 6)
    driver.receive(.pressed(.primary, start))
    for step in 1...30 {
      driver.receive(.moved(PointerState(x: start.x + step, y: start.y, time: 9000 + UInt32(step) * 8)))
    }
    driver.receive(.released(.primary, PointerState(x: start.x + 30, y: start.y, time: 9300)))
    #expect(driver.state.page.drawing.strokes.last?.samples.count == 31)
    #expect(driver.state.overlay == nil)
  }

  @Test func anEmptyWindowSaysWhatToWrite() {
    var driver = Driver()
    for (control, word) in [(Control.digits, "digit"), (.sums, "sum"), (.text, "word")] {
      driver.click(control)
      let shown = texts(parts(driver, "certainty")).map(\.0).joined(separator: " ")
      #expect(shown.contains(word), "\(shown)")
    }
  }

  @Test func exercisesAreCopiedAsMathematics() {
    let driver = driver("12×3=36")
    #expect(driver.state.answer?.text == "12×3=36")
    #expect(driver.state.answer?.latex.contains("\\times") == true)
    #expect(driver.state.answer?.mathML.hasPrefix("<math") == true)
    var other = driver
    other.effects = []
    other.key(.character("c"), [.control, .shift])
    #expect(other.effects == [.copy(driver.state.answer?.latex ?? "")])
  }

  @Test func aPageWithMarksIsSavedAsPNGAndWithoutAsPGM() throws {
    let driver = driver("12×3=35")
    let folder = try TemporaryFolder()
    func picture(_ name: String) throws -> [UInt8] {
      let path = folder.path(name)
      _ = try PageFile.save(
        driver.state.page, marking: driver.state.exercises, longerSide: 300, at: path, isProposal: false)
      return try File.read(path)
    }
    let page = driver.state.page.image(longerSide: 300)
    #expect(try picture("page.pgm") == PNM.pgm(page))
    let marked = try picture("page.png")
    #expect(marked != PNGEncoder.encode(page) && marked.starts(with: [0x89, 0x50]))
  }

  @Test(arguments: [(480, 360), (960, 680), (1366, 768), (1600, 1200)]) func manyExercisesStayInThePanel(
    width: Int, height: Int
  ) {
    var driver = Driver(models: ["inkling"])
    driver.send(.windowOpened(WindowSize(width: width, height: height), scale: 1))
    driver.click(.sums)
    driver.draw(line)
    driver.answerLine("123×45=5535+1")
    let area = driver.layout.areas.answer
    for part in parts(driver, "answer") {
      #expect(area.contains(part.bounds))
      for case .within(_, let marks) in part.marks {
        for case .text(let text, let start, let size, _) in marks {
          let right = start.x + driver.renderer.width(of: text, size: size)
          #expect(right <= Double(area.right) + 1, "\(text) at \(width)x\(height)")
        }
      }
    }
  }
}

extension Driver {
  /// Receives the answer of the first model in the mode for sums.
  mutating func answerLine(_ text: String, doubted: Int? = nil) {
    send(.answered(model: 0, WrittenLine.answer(text, doubted: doubted, revision: state.revision)))
  }
}
