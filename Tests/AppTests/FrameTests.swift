// The frame on an opened picture: only what is inside it is read.

import App
import Basics
import Graphics
import Ink
import Recognition
import Synchronization
import Testing
import X11

@Suite struct FrameTests {
  private let diagonal = [(0.25, 0.25), (0.4, 0.4), (0.75, 0.5)]

  /// A driver with a white picture, twice as wide as high, on its page.
  private func driver() -> Driver {
    var driver = Driver()
    driver.send(.pictureOpened(GrayImage(width: 400, height: 200, level: 255), path: "/sheet.pgm"))
    driver.effects = []
    return driver
  }

  /// The same with a frame on it.
  private func framed() -> Driver {
    var driver = driver()
    driver.key(.character("f"))
    driver.draw(diagonal)
    return driver
  }

  private func parts(_ driver: Driver, _ name: String) -> [Scene.Part] {
    View.scene(of: driver.state, renderer: driver.renderer).parts.filter { $0.name.hasPrefix(name) }
  }

  /// Answers with a number for the part that was read.
  private final class Recorder: PageReader {
    let frames = Mutex<[Box?]>([])
    func read(
      _ page: Page, in frame: Box?, _ mode: ReadingMode, isUnfinished: Bool
    ) throws(ModelProblem) -> Reading {
      frames.withLock { $0.append(frame) }
      return ModelEntry.Answer.made(frame == nil ? "12" : "2", confidence: 1, refused: false, revision: 0)
        .reading
    }
    func picture(ofReading symbol: Symbol, as look: InspectionRequest) -> Bitmap? { nil }
  }

  @Test func aDragMarksAFrameWhoseInsideIsRead() throws {
    var driver = driver()
    let revision = driver.state.revision
    driver.key(.character("f"))
    #expect(driver.state.isMarkingFrame && driver.state.message?.kind == .information)
    driver.draw(diagonal)
    let frame = try #require(driver.state.frame)
    #expect(abs(frame.x - 256) < 3 && abs(frame.y - 128) < 3)
    #expect(abs(frame.width - 512) < 5 && abs(frame.height - 128) < 5)
    #expect(driver.effects == [.read(models: [0])])
    #expect(driver.state.revision > revision && driver.state.page.drawing.isEmpty)
    let recorder = Recorder()
    var state = driver.state
    try state.read(with: "/folder/a.safetensors", in: []) { _ in recorder }
    #expect(recorder.frames.withLock { $0 } == [frame])
    #expect(state.reading?.text == "2")
  }

  @Test func theNextDragDraws() {
    var driver = framed()
    #expect(!driver.state.isMarkingFrame)
    let frame = driver.state.frame
    driver.draw(diagonal)
    #expect(driver.state.page.drawing.strokes.count == 1)
    #expect(driver.state.frame == frame, "strokes on the picture keep the frame")
    driver.key(.character("z"), [.control])
    #expect(driver.state.frame == frame && driver.state.page.drawing.isEmpty)
  }

  @Test func aFrameEndsAtTheEdgesOfThePicture() throws {
    var driver = driver()
    driver.key(.character("f"))
    driver.draw([(0.5, 0.5), (0.9, 1.5), (1.4, 2)])
    let frame = try #require(driver.state.frame)
    #expect(frame.right == driver.state.page.width && frame.bottom == driver.state.page.height)
    driver.key(.character("f"))
    driver.draw([(0.5, 0.5), (-0.2, -3)])
    #expect(driver.state.frame.map { Point(x: $0.x, y: $0.y) } == Point(x: 0, y: 0))
  }

  @Test func escapeRemovesTheFrameAndTheWholePictureIsRead() {
    var driver = framed()
    driver.effects = []
    driver.key(.escape)
    #expect(driver.state.frame == nil && driver.effects == [.read(models: [0])])
    driver.effects = []
    driver.key(.escape)
    #expect(driver.effects.isEmpty)
  }

  @Test func escapeFirstEndsTheMarking() throws {
    var driver = framed()
    let frame = driver.state.frame
    driver.key(.character("f"))
    driver.key(.escape)
    #expect(!driver.state.isMarkingFrame && driver.state.frame == frame && driver.state.message == nil)
    driver.key(.character("f"))
    let page = driver.layout.areas.page
    driver.receive(.pressed(.primary, PointerState(x: page.x + 3, y: page.y + 3)))
    driver.receive(.moved(PointerState(x: page.x + 90, y: page.y + 60)))
    #expect(driver.state.shownFrame != frame)
    driver.key(.delete)
    #expect(driver.state.page.picture != nil, "other keys wait for the end of the drag")
    driver.key(.escape)
    driver.receive(.released(.primary, PointerState(x: page.x + 90, y: page.y + 60)))
    #expect(driver.state.shownFrame == frame && driver.state.frame == frame)
    #expect(driver.state.page.drawing.isEmpty && !driver.state.hasGesture)
  }

  @Test(arguments: [[(0.5, 0.5), (0.5, 0.5)], [(0.5, 0.5), (0.505, 0.51)], [(0.1, 0.5), (0.9, 0.505)]])
  func aClickRemovesTheFrame(path: [(Double, Double)]) {
    var driver = framed()
    driver.key(.character("f"))
    driver.effects = []
    driver.draw(path)
    #expect(driver.state.frame == nil && driver.effects == [.read(models: [0])])
    driver.key(.character("f"))
    driver.effects = []
    driver.draw(path)
    #expect(driver.effects.isEmpty, "there was no frame to remove")
  }

  @Test func anotherPictureAnEmptyPageAndTheStepsToThemDropTheFrame() {
    let other = GrayImage(width: 400, height: 200, level: 90)
    var driver = framed()
    driver.key(.character("f"))
    driver.send(.pictureOpened(other, path: "/other.pgm"))
    #expect(driver.state.frame == nil && !driver.state.isMarkingFrame)
    driver.key(.character("f"))
    driver.draw(diagonal)
    driver.key(.character("z"), [.control])
    #expect(driver.state.page.picture != other && driver.state.frame == nil)
    driver.key(.character("f"))
    driver.draw(diagonal)
    driver.click(.clear)
    #expect(driver.state.frame == nil)
    driver.click(.undo)
    #expect(driver.state.page.picture != nil && driver.state.frame == nil)
    driver.key(.character("f"))
    driver.draw(diagonal)
    driver.send(.drawingOpened([Stroke([.init(Point(x: 5, y: 5))])], path: "/a.jsonl"))
    #expect(driver.state.frame == nil && driver.state.shownFrame == nil)
  }

  @Test func aPictureThatOpensDuringTheDragEndsIt() {
    var driver = driver()
    driver.key(.character("f"))
    let page = driver.layout.areas.page
    driver.receive(.pressed(.primary, PointerState(x: page.x + 3, y: page.y + 3)))
    driver.send(.pictureOpened(GrayImage(width: 40, height: 40, level: 90), path: "/other.pgm"))
    driver.receive(.moved(PointerState(x: page.x + 90, y: page.y + 60)))
    driver.receive(.released(.primary, PointerState(x: page.x + 90, y: page.y + 60)))
    #expect(driver.state.shownFrame == nil && !driver.state.hasGesture)
    #expect(driver.state.page.drawing.isEmpty)
  }

  @Test func withoutAPictureThereIsNoFrame() {
    var driver = Driver()
    #expect(!driver.state.isEnabled(.frame))
    driver.click(.frame)
    #expect(!driver.state.isMarkingFrame)
    driver.key(.character("f"))
    #expect(!driver.state.isMarkingFrame && driver.state.message?.kind == .failure)
    var marking = self.driver()
    marking.click(.frame)
    #expect(marking.state.isMarkingFrame)
    marking.key(.delete)
    #expect(!marking.state.isMarkingFrame)
    #expect(marking.state.message != nil, "the message about the cleared page stays")
  }

  @Test func theEraserAndTheFrameExcludeEachOther() {
    var driver = driver()
    driver.click(.frame)
    driver.click(.eraser)
    #expect(driver.state.isErasing && !driver.state.isMarkingFrame && driver.state.message == nil)
    driver.click(.frame)
    #expect(!driver.state.isErasing && driver.state.isMarkingFrame)
    driver.click(.frame)
    #expect(!driver.state.isErasing && !driver.state.isMarkingFrame)
  }

  @Test func anAnswerToAnotherFrameIsNotShown() {
    var driver = driver()
    let whole = ModelEntry.Answer.made(
      "12", confidence: 1, refused: false, revision: driver.state.revision)
    driver.key(.character("f"))
    driver.draw(diagonal)
    driver.send(.answered(model: 0, whole))
    #expect(driver.state.reading == nil)
    let part = ModelEntry.Answer(
      reading: whole.reading, frame: driver.state.frame, milliseconds: 1, revision: driver.state.revision)
    driver.send(.answered(model: 0, part))
    #expect(driver.state.currentReading?.text == "12")
    driver.key(.escape)
    #expect(driver.state.reading == nil, "what was read in the frame is not the reading of the page")
    driver.send(.answered(model: 0, part))
    #expect(driver.state.reading == nil)
  }

  @Test(arguments: ReadingMode.allCases) func everyModeKeepsTheFrame(mode: ReadingMode) throws {
    var driver = framed()
    let frame = try #require(driver.state.frame)
    driver.send(.modeSet(mode))
    let recorder = Recorder()
    var state = driver.state
    try state.read(with: "/folder/a.safetensors", in: []) { _ in recorder }
    #expect(recorder.frames.withLock { $0 } == [frame])
    #expect(state.answer?.mode == mode && state.answer?.frame == frame)
  }

  @Test(arguments: [Theme.light, .dark]) func theFrameIsALineAndARestThatRecedes(theme: Theme) throws {
    var driver = driver()
    driver.send(.themeSet(theme))
    #expect(parts(driver, "frame").map(\.name) == ["frame"], "the button alone")
    driver.key(.character("f"))
    driver.draw(diagonal)
    let page = driver.layout.areas.page
    let frame = try #require(driver.state.frame)
    let inside = driver.layout.areas.area(of: frame, on: driver.state.page)
    let picture = View.picture(of: driver.state, renderer: driver.renderer)
    let colors = theme.palette
    #expect(picture[inside.x + 9, inside.y + 9] == picture[inside.right - 9, inside.bottom - 9])
    #expect(picture[inside.x + 9, inside.y - 1] == colors.accent.rgb)
    #expect(picture[inside.right, inside.y + 9] == colors.accent.rgb)
    #expect(picture[page.x + 9, page.y + 9] != picture[inside.x + 9, inside.y + 9])
    #expect(parts(driver, "veil").allSatisfy { page.contains($0.bounds) })
  }

  @Test func thePointerIsACrossOverThePictureWhileAFrameIsMarked() {
    var driver = driver()
    func shape(_ driver: Driver) -> PointerShape {
      View.pointerShape(of: driver.state, layout: driver.layout.areas)
    }
    let page = driver.layout.areas.page
    driver.receive(.moved(PointerState(x: page.x + 20, y: page.y + 20)))
    #expect(shape(driver) != .cross)
    driver.key(.character("f"))
    #expect(shape(driver) == .cross)
    driver.draw(diagonal)
    #expect(shape(driver) != .cross)
  }
}
