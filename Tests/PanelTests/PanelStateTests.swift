// Tests of the panel's state: what is typed, when, and where.

import App
import Basics
import Gestures
import Ink
import Panel
import Testing
import X11

@Suite("The panel's state")
struct PanelStateTests {
  private static let editor = Typist.Target(window: 100, program: "Editor")

  /// A panel that knows its target, and the effects of all events.
  private struct Desk {
    var state = PanelState()
    var effects: [PanelEffect] = []

    init(_ events: PanelEvent...) {
      send(.opened(WindowSize(width: 800, height: 200), scale: 1))
      for event in events { send(event) }
      effects = []
    }

    mutating func send(_ event: PanelEvent) { effects += state.handle(event) }

    /// The effects since the last call.
    mutating func takeEffects() -> [PanelEffect] {
      defer { effects = [] }
      return effects
    }

    mutating func draw(_ points: [(Double, Double)]) {
      for event in PanelEvent.events(drawing: Stroke(points.map { .init(Point(x: $0.0, y: $0.1)) })) {
        send(event)
      }
    }

    /// Draws a slanted stroke, which the model reads as these texts.
    mutating func write(_ texts: [String], isUnsure: Bool = false, at x: Double = 100) {
      draw([(x, 30), (x + 20, 80), (x + 10, 110)])
      send(.targetFound(PanelStateTests.editor))
      send(.read(PanelReading(texts: texts, isUnsure: isUnsure), revision: state.revision))
      effects = []
    }

    mutating func tap(_ control: PanelControl) {
      send(.pressed(control))
      send(.released(control))
    }
  }

  @Test("the first stroke asks for the target, and each stroke for a reading")
  func reads() {
    var desk = Desk()
    desk.draw([(100, 30), (120, 80)])
    #expect(desk.effects.count == 2 && desk.effects[0] == .findTarget)
    guard case .read(let page, _, false) = desk.effects[1] else {
      Issue.record("another effect was expected")
      return
    }
    #expect(page.drawing.strokes.count == 1)
    desk.draw([(150, 30), (170, 80)])
    #expect(desk.effects.count == 3)
  }

  @Test("the text is typed into the target after the pause, and the ink goes")
  func pause() {
    var desk = Desk()
    desk.write(["ab", "cb"])
    #expect(desk.state.awaitsPause)
    desk.send(.pauseElapsed)
    #expect(desk.takeEffects() == [.type("ab", into: PanelStateTests.editor)])
    #expect(desk.state.page.isEmpty && !desk.state.awaitsPause)
  }

  @Test("a pause that elapses before the reading or the target types as soon as both are there")
  func lateReading() {
    var desk = Desk()
    desk.draw([(100, 30), (120, 80)])
    _ = desk.takeEffects()
    desk.send(.pauseElapsed)
    #expect(desk.takeEffects().isEmpty && !desk.state.awaitsPause)
    desk.send(.read(PanelReading(texts: ["l"]), revision: desk.state.revision))
    #expect(desk.takeEffects().isEmpty)
    desk.send(.targetFound(PanelStateTests.editor))
    #expect(desk.takeEffects() == [.type("l", into: PanelStateTests.editor)])
  }

  @Test("a reading of earlier ink is not typed")
  func staleReading() {
    var desk = Desk()
    desk.write(["a"])
    let old = desk.state.revision
    desk.draw([(200, 30), (220, 80)])
    _ = desk.takeEffects()
    desk.send(.read(PanelReading(texts: ["old"]), revision: old))
    desk.send(.pauseElapsed)
    #expect(desk.takeEffects().isEmpty)
    desk.send(.read(PanelReading(texts: ["ab"]), revision: desk.state.revision))
    #expect(desk.takeEffects() == [.type("ab", into: PanelStateTests.editor)])
  }

  @Test("an unsure reading waits for a tap, without asking again and again")
  func unsure() {
    var desk = Desk()
    desk.write(["a", "b"], isUnsure: true)
    desk.send(.pauseElapsed)
    #expect(desk.takeEffects().isEmpty && !desk.state.awaitsPause && !desk.state.page.isEmpty)
    desk.tap(.choice(0))
    #expect(desk.takeEffects() == [.type("b", into: PanelStateTests.editor)])
  }

  @Test("without a focused window nothing is typed, and the ink stays")
  func noTarget() {
    var desk = Desk()
    desk.write(["a"])
    desk.send(.targetFound(nil))
    desk.send(.pauseElapsed)
    #expect(desk.takeEffects().isEmpty && !desk.state.page.isEmpty && desk.state.message != nil)
    #expect(!desk.state.awaitsPause)
  }

  @Test("the ink comes back where typing failed, and a tap types it into the window with the focus")
  func failure() {
    var desk = Desk()
    desk.write(["ab"])
    desk.send(.pauseElapsed)
    _ = desk.takeEffects()
    desk.send(.notTyped("The focus moved.", text: "ab"))
    #expect(desk.state.page.drawing.strokes.count == 1 && desk.state.message == "The focus moved.")
    #expect(!desk.state.awaitsPause)
    desk.tap(.preview)
    #expect(desk.takeEffects() == [.type("ab", into: nil)])
  }

  @Test("Space and Enter follow the ink, and are keys of their own without ink")
  func keys() {
    var desk = Desk()
    desk.write(["ab"])
    desk.tap(.space)
    desk.tap(.space)
    desk.tap(.enter)
    #expect(
      desk.takeEffects() == [
        .type("ab ", into: PanelStateTests.editor), .type(" ", into: nil), .type("\n", into: nil),
      ])
    // A space that comes before the reading waits for it.
    desk.draw([(100, 30), (120, 80)])
    desk.send(.targetFound(PanelStateTests.editor))
    _ = desk.takeEffects()
    desk.tap(.space)
    #expect(desk.takeEffects().isEmpty)
    desk.send(.read(PanelReading(texts: ["x"]), revision: desk.state.revision))
    #expect(desk.takeEffects() == [.type("x ", into: PanelStateTests.editor)])
  }

  @Test("Enter is not typed with a text by itself")
  func noEnter() {
    var desk = Desk()
    desk.write(["ab"])
    desk.send(.pauseElapsed)
    for case .type(let text, _) in desk.takeEffects() { #expect(!text.contains("\n")) }
  }

  @Test(
    "gestures edit and leave no ink",
    arguments: [
      (PenGesture.space, [(300.0, 60.0), (700, 62)], PanelEffect.type("ab ", into: PanelStateTests.editor)),
      (.enter, [(700, 30), (700, 100), (500, 102)], .type("ab\n", into: PanelStateTests.editor)),
    ])
  func gestures(gesture: PenGesture, points: [(Double, Double)], effect: PanelEffect) {
    var desk = Desk()
    desk.write(["ab"])
    desk.draw(points)
    #expect(desk.takeEffects() == [effect])
    #expect(desk.state.page.isEmpty)
    // A gesture that is switched off is ink.
    var other = Desk(.gesturesSet(Set(PenGesture.allCases).subtracting([gesture])))
    other.write(["ab"])
    other.draw(points)
    #expect(other.state.page.drawing.strokes.count == 2)
  }

  @Test("a dash to the left and a strike-out delete ink, or else press Backspace")
  func deletions() {
    let back = PanelEffect.press([KeyChord(.named(.backspace))], in: nil)
    let strike = [(90.0, 40.0), (330, 50), (90, 60), (330, 70), (90, 80)]
    var desk = Desk()
    desk.draw([(700, 60), (300, 62)])
    desk.draw(strike)
    #expect(desk.takeEffects().filter { $0 != .findTarget } == [back, back])
    desk.write(["a"])
    desk.write(["ab"], at: 500)
    desk.draw(strike)
    #expect(desk.state.page.drawing.strokes.map { $0.samples[0].point.x } == [500])
    guard case .read? = desk.takeEffects().last else {
      Issue.record("another effect was expected")
      return
    }
    desk.draw([(700, 60), (300, 62)])
    #expect(desk.state.page.isEmpty)
  }

  @Test("Undo removes ink first, and then takes back what was typed")
  func undo() {
    var desk = Desk()
    #expect(!desk.state.isEnabled(.undo))
    desk.send(.typed(keys: 2, PanelStateTests.editor, others: 5))
    desk.send(.typed(keys: 3, PanelStateTests.editor, others: 5))
    desk.write(["a"])
    desk.tap(.undo)
    #expect(desk.takeEffects().isEmpty && desk.state.page.isEmpty)
    desk.tap(.undo)
    desk.tap(.undo)
    #expect(
      desk.takeEffects() == [
        .takeBack(3, in: PanelStateTests.editor, others: 5),
        .takeBack(2, in: PanelStateTests.editor, others: 5),
      ])
    #expect(!desk.state.isEnabled(.undo))
  }

  @Test("what was typed before others typed, before Enter, or elsewhere, is not taken back")
  func undoEnds() {
    let other = Typist.Target(window: 200, program: "Other")
    for event in [
      PanelEvent.typed(keys: 1, PanelStateTests.editor, others: 6), .typed(keys: 1, other, others: 5),
    ] {
      var desk = Desk(.typed(keys: 2, PanelStateTests.editor, others: 5), event)
      desk.tap(.undo)
      desk.tap(.undo)
      #expect(desk.takeEffects().count == 1)
    }
    for event in [
      PanelEvent.typed(keys: 0, PanelStateTests.editor, others: 5), .takingBackExpired,
      .notTyped("", text: ""),
      .takenBack("Something else was typed."),
    ] {
      let desk = Desk(.typed(keys: 2, PanelStateTests.editor, others: 5), event)
      #expect(!desk.state.canTakeBack)
    }
  }

  @Test("a command is shown before it is done, and a program is asked about once")
  func commands() throws {
    let table = try CommandTable(text: "word save = keys ctrl+s\ngesture star = run xclock -digital\n")
    var desk = Desk()
    desk.tap(.command)
    #expect(desk.takeEffects() == [.loadCommands])
    desk.write(["Save"])
    #expect(desk.state.command == nil)
    // The ink is read again with the commands, which came after it.
    desk.send(.pauseElapsed)
    #expect(desk.takeEffects().isEmpty)
    let stale = desk.state.revision
    desk.send(.commandsLoaded(table, approved: []))
    #expect(
      desk.takeEffects() == [
        .read(desk.state.page.withoutHistory, revision: desk.state.revision, isCommand: true)
      ])
    desk.send(.read(PanelReading(texts: ["Shave"]), revision: stale))
    #expect(desk.takeEffects().isEmpty && desk.state.message == nil)
    desk.send(.read(PanelReading(texts: ["Save"]), revision: desk.state.revision))
    #expect(
      desk.takeEffects() == [
        .press([KeyChord(.character("s"), modifiers: [.control])], in: PanelStateTests.editor)
      ])

    desk.write(["Save"])
    desk.send(.commandsLoaded(table, approved: []))
    desk.send(.read(PanelReading(texts: ["Save"]), revision: desk.state.revision))
    desk.effects = []
    #expect(desk.state.command?.trigger == .word("save"))
    desk.send(.pauseElapsed)
    #expect(
      desk.takeEffects() == [
        .press([KeyChord(.character("s"), modifiers: [.control])], in: PanelStateTests.editor)
      ])

    for isAllowed in [false, true] {
      desk.draw([(100, 30), (120, 80)])
      desk.send(.commandsLoaded(table, approved: []))
      desk.send(.targetFound(PanelStateTests.editor))
      desk.send(.read(PanelReading(texts: ["x"], gesture: .gesture("star")), revision: desk.state.revision))
      desk.send(.pauseElapsed)
      _ = desk.takeEffects()
      #expect(desk.state.question == .run(["xclock", "-digital"]))
      desk.tap(.choice(isAllowed ? 0 : 1))
      #expect(desk.state.question == nil && desk.state.page.isEmpty)
      let expected: [PanelEffect] = [
        .approve(.run(["xclock", "-digital"])), .start(["xclock", "-digital"]),
      ]
      #expect(desk.takeEffects() == (isAllowed ? expected : []))
    }
    // It is not asked again.
    desk.draw([(100, 30), (120, 80)])
    desk.send(.commandsLoaded(table, approved: [.run(["xclock", "-digital"])]))
    desk.send(.targetFound(PanelStateTests.editor))
    desk.send(.read(PanelReading(texts: [], gesture: .gesture("star")), revision: desk.state.revision))
    _ = desk.takeEffects()
    desk.send(.pauseElapsed)
    #expect(desk.takeEffects() == [.start(["xclock", "-digital"])])
  }

  @Test("ink without a command does nothing")
  func noCommand() {
    var desk = Desk()
    desk.tap(.command)
    for event in [
      PanelEvent.commandsLoaded(CommandTable(), approved: []), .commandsNotLoaded("The table is damaged."),
    ] {
      desk.write(["x"])
      desk.send(event)
      desk.send(.read(PanelReading(texts: ["x"]), revision: desk.state.revision))
      desk.effects = []
      desk.send(.pauseElapsed)
      #expect(desk.takeEffects().isEmpty && desk.state.message != nil && desk.state.page.isEmpty)
    }
  }

  @Test("five drawings teach a gesture")
  func teaching() throws {
    var desk = Desk(.teachingBegan("star"))
    for index in 0..<5 {
      #expect(desk.takeEffects().isEmpty)
      desk.draw([(100, 30), (120, 80), (140, Double(30 + index))])
      #expect(desk.state.awaitsPause)
      desk.send(.pauseElapsed)
    }
    guard case .teach("star", let drawings)? = desk.effects.first else {
      Issue.record("another effect was expected")
      return
    }
    #expect(drawings.count == 5 && desk.effects.last == .quit)
  }

  @Test("a change of size keeps the ink and its steps")
  func resize() {
    var desk = Desk()
    desk.write(["a"])
    desk.send(.resized(WindowSize(width: 500, height: 160)))
    #expect(desk.state.page.drawing.strokes.count == 1)
    desk.tap(.undo)
    #expect(desk.state.page.isEmpty)
  }

  @Test("all areas are inside the panel and do not overlap, at every size and scale")
  func areas() {
    for scale in [0.5, 1, 1.5, 4] {
      for (width, height) in [(1, 1), (200, 80), (320, 120), (800, 200), (2000, 300)] {
        let size = WindowSize(
          width: Int(clamping: Double(width) * scale), height: Int(clamping: Double(height) * scale))
        let area = PanelArea(size: size, scale: scale)
        let all = [area.writing, area.row] + area.buttons.values
        #expect(all.allSatisfy { $0.width >= 1 && $0.height >= 1 })
        guard width >= 320 else { continue }
        for (index, one) in all.enumerated() {
          #expect(area.window.contains(one))
          for other in all[(index + 1)...] { #expect(one.intersection(other).isEmpty) }
        }
      }
    }
  }
}
