// Tests of pointer and key events: through the server, and sent ones where the server has no XTEST.

import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Input")
struct InputTests {
  /// A shown window, and input for it.
  struct Desk {
    let scene: WindowTests.Scene
    let input: SyntheticInput
    var display: Display { scene.display }

    init(options: [String] = []) throws {
      scene = try WindowTests.Scene(options: options)
      input = try SyntheticInput(on: scene.window.identifier, display: scene.server.name)
      scene.other.focus(scene.window.identifier)
      // Without XTEST the window does not get the focus by itself.
      if options.isEmpty { try #require(scene.display.waits { $0 == .focused(true) }) }
    }

    /// Sets the keyboard's layout, and handles the events of the change.
    func setLayout(_ words: String...) throws {
      try #require(Child(["setxkbmap", "-display", scene.server.name] + words).wait() == 0)
      _ = display.events(waiting: .milliseconds(50))
    }

    /// The next key presses, `count` of them.
    func keys(_ count: Int) throws -> [KeyPress] {
      var keys: [KeyPress] = []
      _ = display.collects { event in
        if case .key(let press) = event { keys.append(press) }
        return keys.count == count
      }
      try #require(keys.count == count)
      return keys
    }
  }

  @Test(
    "every motion is an event, in order, with its time and buttons",
    arguments: [[], ["-extension", "XTEST"]])
  func motions(options: [String]) throws {
    let desk = try Desk(options: options)
    #expect(desk.input.usesServer == options.isEmpty)
    desk.input.move(toX: 10, y: 10)
    desk.input.press()
    let positions = (0..<2000).map { (x: 20 + $0 % 280, y: 20 + $0 / 280) }
    desk.input.move(through: positions)
    desk.input.release()
    let events = try #require(
      desk.display.collects { event in
        if case .released(.primary, _) = event { true } else { false }
      })
    var seen: [(x: Int, y: Int)] = []
    var last: ServerTime = 0
    for case .moved(let state) in events where state.buttons == .primary {
      seen.append((state.x, state.y))
      #expect(state.time >= last)
      last = state.time
    }
    #expect(seen.map(\.x) == positions.map(\.x) && seen.map(\.y) == positions.map(\.y))
  }

  @Test("buttons and the wheel are events", arguments: [[], ["-extension", "XTEST"]])
  func buttons(options: [String]) throws {
    let desk = try Desk(options: options)
    desk.input.move(toX: 100, y: 90)
    for button in [PointerButton.primary, .middle, .secondary] {
      desk.input.press(button)
      desk.input.release(button)
    }
    desk.input.scroll(down: true)
    desk.input.scroll(down: false)
    let events = try #require(
      desk.display.collects { event in
        if case .scrolled(_, -1, _) = event { true } else { false }
      })
    var pressed: [PointerButton] = []
    var released: [PointerButton] = []
    for event in events {
      if case .pressed(let button, let state) = event {
        pressed.append(button)
        #expect((state.x, state.y) == (100, 90))
        #expect(state.buttons == [])
      }
      if case .released(let button, _) = event { released.append(button) }
    }
    #expect(pressed == [.primary, .middle, .secondary])
    #expect(released == pressed)
  }

  @Test("a key has a meaning and a text", arguments: [[], ["-extension", "XTEST"]])
  func keys(options: [String]) throws {
    let desk = try Desk(options: options)
    desk.input.type("a7[")
    desk.input.type("A?")
    desk.input.tap(.character("s"), with: .control)
    desk.input.tap(.character("s"), with: [.control, .shift])
    desk.input.tap(.tab, with: .shift)
    desk.input.tap(.enter)
    desk.input.tap(.function(1))
    desk.input.tap(.delete)
    let keys = try desk.keys(11)
    #expect(keys.map(\.text) == ["a", "7", "[", "A", "?", "", "", "", "", "", ""])
    #expect(
      keys.map(\.key) == [
        .character("a"), .character("7"), .character("["), .character("a"), .character("?"), .character("s"),
        .character("s"), .tab, .enter, .function(1), .delete,
      ])
    #expect(
      keys[5].modifiers == .control && keys[6].modifiers == [.control, .shift] && keys[7].modifiers == .shift)
    #expect(keys.allSatisfy { !$0.isRepeat })
  }

  @Test("a layout without Latin letters types its own letters and keeps the shortcuts")
  func russian() throws {
    let desk = try Desk()
    try desk.setLayout("-layout", "ru,us")
    // The server's keymap has this keysym and not the one that is made from Unicode.
    let yeru = Key.other(0x6D9)
    desk.input.tap(yeru)
    desk.input.tap(yeru, with: .control)
    let keys = try desk.keys(2)
    #expect(keys[0].text == "ы")
    #expect(keys.map(\.key) == [.character("s"), .character("s")])
    #expect(keys[1].text == "")
  }

  @Test("a keyboard without any Latin letters keeps the shortcuts by the positions of its keys")
  func onlyGreek() throws {
    let desk = try Desk()
    try desk.setLayout("-layout", "gr", "-option", "")
    // Greek_sigma is at the position of S.
    let sigma = Key.other(0x7F2)
    desk.input.tap(sigma)
    desk.input.tap(sigma, with: .control)
    let keys = try desk.keys(2)
    #expect(keys[0].text == "σ")
    #expect(keys.map(\.key) == [.character("s"), .character("s")])
  }

  @Test("a layout can have letters of its own, and dead keys")
  func german() throws {
    let desk = try Desk()
    try desk.setLayout("-layout", "de")
    desk.input.tap(.character("ö"))
    desk.input.tap(.character("z"), with: .control)
    // dead_acute, then e
    desk.input.tap(.other(0xFE51))
    desk.input.tap(.character("e"))
    let keys = try desk.keys(3)
    #expect(keys.map(\.text) == ["ö", "", "é"])
    #expect(keys[1].key == .character("z"))
  }

  @Test("the pointer's entering and leaving are events")
  func crossing() throws {
    let desk = try Desk()
    desk.input.move(toX: 700, y: 500)
    desk.input.move(toX: 5, y: 6)
    #expect(
      desk.display.waits {
        if case .entered(let state) = $0 { (state.x, state.y) == (5, 6) } else { false }
      })
    desk.input.move(toX: 700, y: 500)
    #expect(desk.display.waits { if case .left = $0 { true } else { false } })
  }

  @Test("an idle window uses no processor time and has no events")
  func idle() throws {
    let desk = try Desk()
    while !desk.display.events(waiting: .milliseconds(500)).isEmpty {}
    let before = clock()
    #expect(desk.display.events(waiting: .milliseconds(300)).isEmpty)
    // Other tests of this process run at the same time unless INKLING_ALONE is set.
    if ProcessInfo.processInfo.environment["INKLING_ALONE"] != nil { #expect(clock() - before < 10_000) }
  }
}
