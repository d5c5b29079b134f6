// Tests of the panel on a real X server: the focus, what is typed and what is taken back.

import App
import Basics
import Foundation
import Gestures
import Graphics
import Ink
import Panel
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("The panel")
struct PanelTests {
  /// A running panel beside another program that has the focus.
  final class Desk {
    let typing: TypingDesk
    let home: Application.Home
    let child: Child
    let window: UInt
    let input: SyntheticInput
    let area: PanelArea
    /// The time from the start to the visible window.
    let startTime: Duration
    var other: RawClient { typing.other }
    var printer: KeyPrinter { typing.printer }

    init(
      isManaged: Bool = true, _ words: [String] = ["--pause", "0"], home: Application.Home? = nil,
      options: [String] = []
    ) throws {
      let typing = try TypingDesk(isManaged: isManaged, options: options)
      self.typing = typing
      let home = try home ?? Application.Home()
      self.home = home
      let size = WindowSize(width: 800, height: 200)
      area = PanelArea(size: size, scale: 1)
      let start = ContinuousClock.now
      let child = try Child(
        [Application.executable, "panel", "--size", "800x200"] + words,
        environment: home.environment.merging(["DISPLAY": typing.server.name]) { $1 })
      self.child = child
      let other = typing.other
      var found: UInt?
      _ = eventually(pace: 1) {
        found = other.windows().first {
          other.value("_NET_WM_PID", of: $0)?.words == [UInt(child.identifier)] && other.isVisible($0)
        }
        return found != nil
      }
      startTime = .now - start
      let window = try #require(found)
      self.window = window
      input = try SyntheticInput(on: window, display: typing.server.name)
      let writing = area.writing
      try #require(
        eventually {
          other.pixel(of: window, x: writing.x + writing.width / 2, y: writing.y + 3) == 0xFF_FFFF
        })
    }

    deinit { child.stop(SIGKILL) }

    /// Draws through points that are given in heights of the writing area, from its left edge.
    func draw(_ points: [(Double, Double)]) {
      let unit = Double(area.writing.height)
      let pixels = points.map {
        (x: area.writing.x + Int(clamping: $0.0 * unit), y: area.writing.y + Int(clamping: $0.1 * unit))
      }
      guard let first = pixels.first else { return }
      input.move(toX: first.x, y: first.y)
      input.press()
      input.settle()
      // A window manager may grab the pointer until it has passed the press on.
      let other = other
      let window = window
      _ = eventually(within: 5, pace: 1) {
        (other.pixel(of: window, x: first.x, y: first.y) ?? 0) != 0xFF_FFFF
      }
      var path: [(x: Int, y: Int)] = []
      for (a, b) in zip(pixels, pixels.dropFirst()) {
        for step in 1...12 { path.append((a.x + (b.x - a.x) * step / 12, a.y + (b.y - a.y) * step / 12)) }
      }
      input.move(through: path)
      input.release()
      input.settle()
    }

    func drawSeven(at x: Double = 0.5) { draw([(x, 0.2), (x + 0.4, 0.2), (x + 0.15, 0.66)]) }

    func click(_ control: PanelControl) {
      guard let place = area.buttons[control] else { return }
      input.click(atX: place.x + place.width / 2, y: place.y + place.height / 2)
      input.settle()
    }

    var hasInk: Bool {
      let writing = area.writing
      return stride(from: writing.y + 2, to: writing.bottom - 2, by: 3).contains { y in
        other.pixels(of: window, x: writing.x + 2, y: y, count: writing.width - 4).contains {
          $0 & 0xFF00 < 0x4000
        }
      }
    }

    /// Whether there is text at the start of the row above the writing area.
    var hasTextInRow: Bool {
      hasText(in: Rectangle(x: area.row.x, y: area.row.y, width: 60, height: area.row.height))
    }

    func hasText(in part: Rectangle) -> Bool {
      (part.y..<part.bottom).contains { y in
        other.pixels(of: window, x: part.x, y: y, count: part.width).contains { $0 & 0xFF00 < 0x8000 }
      }
    }

    var isFocusElsewhere: Bool { other.focusedWindow == printer.window }
  }

  @Test(
    "what is written arrives in the other program, and the focus stays there",
    .enabled(if: WindowDrawingTests.hasModel),
    arguments: [true, false])
  func types(isManaged: Bool) throws {
    let desk = try Desk(isManaged: isManaged)
    #expect(desk.isFocusElsewhere)
    desk.drawSeven()
    #expect(desk.typing.receives("7"), "\(desk.printer.received)")
    #expect(eventually { !desk.hasInk } && desk.isFocusElsewhere)
    desk.click(.space)
    desk.drawSeven()
    #expect(desk.typing.receives("7 7"), "\(desk.printer.received)")
    desk.click(.enter)
    #expect(desk.typing.receives("7 7\r"))
    desk.click(.backspace)
    #expect(desk.typing.receives("7 7\r\u{8}"))
    #expect(desk.isFocusElsewhere)
  }

  @Test("the panel asks the window manager for no focus, and to be above on all desktops")
  func properties() throws {
    let desk = try Desk()
    let (other, window) = (desk.other, desk.window)
    // The first flag of WM_HINTS says that the second word, the input model, is set.
    let hints = try #require(other.value("WM_HINTS", of: window)?.words)
    #expect(hints[0] & 1 == 1 && hints[1] == 0)
    #expect(!other.names("WM_PROTOCOLS", of: window).contains("WM_TAKE_FOCUS"))
    #expect(other.names("_NET_WM_WINDOW_TYPE", of: window) == ["_NET_WM_WINDOW_TYPE_UTILITY"])
    #expect(eventually { other.names("_NET_WM_STATE", of: window).contains("_NET_WM_STATE_ABOVE") })
    #expect(other.value("_NET_WM_DESKTOP", of: window)?.words == [0xFFFF_FFFF])
  }

  @Test(
    "a focus that moves in the middle of a word sends nothing to either window",
    .enabled(if: WindowDrawingTests.hasModel))
  func focusChange() throws {
    // The pause is longer than a reading by a busy machine.
    let desk = try Desk(["--pause", "15"])
    let second = try KeyPrinter(on: desk.typing.server.name, name: "second", other: desk.other)
    try desk.typing.focus(desk.printer)
    desk.drawSeven()
    try #require(eventually { desk.hasTextInRow })
    try desk.typing.focus(second)
    // The ink goes when it is typed, and comes back with the message; a later tap types it.
    #expect(
      eventually {
        let row = desk.area.row
        return (row.y..<row.bottom).contains { y in
          desk.other.pixels(of: desk.window, x: row.x, y: y, count: row.width).contains { pixel in
            pixel >> 16 & 0xFF > (pixel & 0xFF) + 60 && pixel >> 16 & 0xFF > (pixel >> 8 & 0xFF) + 60
          }
        }
      })
    #expect(desk.hasInk)
    #expect(desk.printer.received == "" && second.received == "")
    desk.input.click(atX: desk.area.row.x + 12, y: desk.area.row.y + desk.area.row.height / 2)
    #expect(eventually { second.received == "7" })
    #expect(desk.printer.received == "")
  }

  @Test(
    "Undo takes back what was typed, unless something else was typed since",
    .enabled(if: WindowDrawingTests.hasModel))
  func undo() throws {
    let desk = try Desk()
    desk.drawSeven()
    #expect(desk.typing.receives("7"))
    #expect(eventually { !desk.hasInk })
    desk.click(.undo)
    #expect(desk.typing.receives("7\u{8}"), "\(desk.printer.received)")
    desk.drawSeven()
    #expect(desk.typing.receives("7\u{8}7"))
    // Somebody types on the keyboard.
    let keyboard = try SyntheticInput(on: desk.printer.window, display: desk.typing.server.name)
    keyboard.tap(.character("x"))
    #expect(desk.typing.receives("7\u{8}7x"))
    desk.click(.undo)
    desk.click(.space)
    #expect(desk.typing.receives("7\u{8}7x "), "\(desk.printer.received)")
  }

  @Test("gestures of the pen type a blank and Backspace")
  func gestures() throws {
    let desk = try Desk(["--pause", "60"])
    desk.draw([(0.5, 0.45), (2.5, 0.46)])
    #expect(desk.typing.receives(" "))
    desk.draw([(2.5, 0.45), (0.5, 0.46)])
    #expect(desk.typing.receives(" \u{8}"))
    desk.draw([(2.5, 0.2), (2.5, 0.6), (1.2, 0.62)])
    #expect(desk.typing.receives(" \u{8}\r"))
    #expect(eventually { !desk.hasInk })
  }

  @Test(
    "a gesture is taught by five drawings, and starts a program after one question",
    .enabled(if: WindowDrawingTests.hasModel))
  func commands() throws {
    let home = try Application.Home()
    let folder = home.folder.appendingPathComponent("config/inkling")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let mark = home.folder.appendingPathComponent("mark")
    try "gesture vee = run touch \(mark.path)\n".write(
      to: folder.appendingPathComponent("commands"), atomically: true, encoding: .utf8)
    do {
      let desk = try Desk(["--pause", "0.1", "--teach", "vee"], home: home)
      for index in 0..<5 {
        desk.draw([(1, 0.2), (1.3, 0.8), (1.6, 0.2 + Double(index) / 100)])
        #expect(eventually { !desk.hasInk })
      }
      #expect(desk.child.wait() == 0)
    }
    let examples = try String(contentsOf: folder.appendingPathComponent("gestures"), encoding: .utf8)
    #expect(examples.split(separator: "\n").count == 5)
    let desk = try Desk(["--pause", "0.1"], home: home)
    desk.click(.command)
    desk.draw([(1, 0.2), (1.3, 0.8), (1.6, 0.2)])
    // The question is shown where the ink stays after the pause. A click before it would type what was read.
    let answer = try Self.placeOfStart(["touch", mark.path])
    try #require(eventually { desk.hasText(in: answer) })
    #expect(!FileManager.default.fileExists(atPath: mark.path))
    #expect(
      eventually(pace: 200) {
        desk.input.click(atX: answer.x + answer.width / 2, y: answer.y + answer.height / 2)
        desk.input.settle()
        return FileManager.default.fileExists(atPath: mark.path)
      })
    #expect(desk.isFocusElsewhere)
    // The second time nothing is asked.
    try FileManager.default.removeItem(at: mark)
    desk.draw([(1, 0.2), (1.3, 0.8), (1.6, 0.2)])
    #expect(eventually { FileManager.default.fileExists(atPath: mark.path) })
  }

  /// Where the answer to start a program is shown.
  private static func placeOfStart(_ words: [String]) throws -> Rectangle {
    var state = PanelState()
    let command = PenCommand(.gesture("vee"), .run(words))
    var events: [PanelEvent] = [
      .opened(WindowSize(width: 800, height: 200), scale: 1), .pressed(.command), .released(.command),
    ]
    events += PanelEvent.events(drawing: Stroke([.init(Point(x: 1, y: 1)), .init(Point(x: 9, y: 9))]))
    events.append(.commandsLoaded(CommandTable(commands: [command]), approved: []))
    for event in events { _ = state.handle(event) }
    _ = state.handle(.targetFound(nil))
    _ = state.handle(.read(PanelReading(texts: [], gesture: .gesture("vee")), revision: state.revision))
    _ = state.handle(.pauseElapsed)
    let controls = PanelView.places(of: state, renderer: TextRenderer())
    return try #require(controls.first { $0.control == .choice(0) }).area
  }

  @Test("an embedded panel prints its number, and appears in the other window")
  func embedded() throws {
    let typing = try TypingDesk(isManaged: false)
    let home = try Application.Home()
    let child = try Child(
      [Application.executable, "panel", "--xid"],
      environment: home.environment.merging(["DISPLAY": typing.server.name]) { $1 })
    var text = ""
    while !text.hasSuffix("\n") {
      let data = child.output.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    let window = try #require(UInt(text.dropLast()))
    #expect(eventually { typing.other.value("_XEMBED_INFO", of: window)?.words == [0, 1] })
    #expect(!typing.other.isVisible(window))
    typing.other.embed(window, width: 640, height: 180)
    #expect(
      eventually {
        typing.other.isVisible(window) && typing.other.pixel(of: window, x: 60, y: 100) == 0xFF_FFFF
      })
    child.stop()
  }

  @Test("without XTEST the text is copied", .enabled(if: WindowDrawingTests.hasModel))
  func clipboard() throws {
    let desk = try Desk(isManaged: false, options: ["-extension", "XTEST"])
    desk.drawSeven()
    let other = desk.other
    #expect(
      eventually(pace: 20) {
        guard other.hasOwner("CLIPBOARD") else { return false }
        other.convert("CLIPBOARD", to: "UTF8_STRING", into: "COPY")
        return eventually(within: 1) { other.readAnswer() != nil }
          && other.value("COPY", of: other.window)?.text == "7"
      })
    #expect(desk.printer.received == "")
  }
}
