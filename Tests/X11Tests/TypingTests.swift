// Tests of typing into another program: here a window of the tests, which reads keys through an input method.

import Foundation
import Synchronization
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite("Typing")
struct TypingTests {
  /// Whether the tests that take long run.
  static let isThorough = ProcessInfo.processInfo.environment["INKLING_THOROUGH"] != nil

  /// A layout, and which of its groups is active.
  struct Layout: CustomTestStringConvertible, Sendable {
    let words: [String]
    var group: UInt32 = 0
    var testDescription: String { "\(words.joined(separator: " ")), group \(group + 1)" }
  }

  static let allLayouts = [
    Layout(words: ["-layout", "us"]), Layout(words: ["-layout", "fr"]), Layout(words: ["-layout", "de"]),
    Layout(words: ["-layout", "ru"]), Layout(words: ["-layout", "us,ru"]),
    Layout(words: ["-layout", "us,ru"], group: 1),
  ]

  /// Characters of three scripts, digits and punctuation.
  static let alphabet: [Character] = {
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA1...0xAC, 0xAE...0xFF, 0x100...0x17F, 0x391...0x3A1, 0x3A3...0x3CE, 0x400...0x45F,
    ]
    return ranges.flatMap { $0.compactMap(Unicode.Scalar.init).map(Character.init) } + Array("–—‘’“”„…€№")
  }()

  static func randomText(_ count: Int, from alphabet: [Character] = alphabet) -> String {
    var generator = SystemRandomNumberGenerator()
    return String((0..<count).compactMap { _ in alphabet.randomElement(using: &generator) })
  }

  /// What a thread that types leaves for the test.
  private final class Outcome: Sendable {
    let error = Mutex<TypingError?>(nil)
    let duration = Mutex<Duration>(.zero)
    let hasEnded = Mutex(false)
  }

  /// Types on another thread, and collects what the window gets.
  private func type(
    _ text: String, into desk: InputTests.Desk
  ) throws -> (text: String, duration: Duration) {
    let outcome = Outcome()
    let name = desk.scene.server.name
    let window = desk.scene.window.identifier
    Thread.detachNewThread {
      do throws(TypingError) {
        let typist = try Typist(display: name)
        guard let target = typist.target, target.window == window else { throw .noFocus }
        let start = ContinuousClock.now
        try typist.type(text, into: target)
        outcome.duration.withLock { $0 = .now - start }
        typist.close()
      } catch {
        outcome.error.withLock { $0 = error }
      }
      outcome.hasEnded.withLock { $0 = true }
    }
    var received = ""
    let hasEnded = eventually(within: 600, pace: 0) {
      for case .key(let press) in desk.display.events(waiting: .milliseconds(20)) { received += press.text }
      return outcome.hasEnded.withLock { $0 }
    }
    // The last keys may have come with the thread's end.
    for case .key(let press) in desk.display.events(waiting: .milliseconds(50)) { received += press.text }
    try #require(hasEnded)
    let error = outcome.error.withLock { $0 }
    #expect(error == nil, "\(error?.description ?? "")")
    return (received, outcome.duration.withLock { $0 })
  }

  @Test(
    "random characters arrive in each layout, with Caps Lock on and Shift held, and the map is as before",
    arguments: TypingTests.allLayouts)
  func layouts(_ layout: Layout) throws {
    let desk = try InputTests.Desk()
    try #require(
      Child(["setxkbmap", "-display", desk.scene.server.name] + layout.words).wait() == 0)
    let other = desk.scene.other
    other.lockGroup(layout.group)
    other.setCapsLock(true)
    desk.input.hold(.shift, isDown: true)
    let before = other.keyboardMap()
    let state = other.modifierState
    #expect(state & 3 == 3)
    let text = Self.randomText(Self.isThorough ? 10_000 : 120)
    let (received, duration) = try type(text, into: desk)
    #expect(received == text)
    #expect(other.keyboardMap() == before)
    #expect(other.modifierState == state)
    if Self.isThorough { print("\(layout.testDescription): \(duration / text.count) a character") }
  }

  @Test("a character that the layout has takes at most 30 ms")
  func speed() throws {
    let desk = try InputTests.Desk()
    let text = Self.randomText(
      Self.isThorough ? 10_000 : 300, from: (UInt8(0x20)...0x7E).map { Character(Unicode.Scalar($0)) })
    let (received, duration) = try type(text, into: desk)
    #expect(received == text)
    if Self.isThorough {
      print("keys of the layout: \(duration / text.count) a character")
      #expect(duration / text.count < .milliseconds(30))
    }
  }

  @Test("nothing more is typed after the focus has moved")
  func focus() throws {
    let desk = try InputTests.Desk()
    let other = desk.scene.other
    other.show()
    let typist = try Typist(display: desk.scene.server.name)
    let target = try #require(typist.target)
    #expect(target.window == desk.scene.window.identifier)
    #expect(target.program == "Inkling")
    var calls = 0
    #expect(throws: TypingError.focusChanged(typed: 3)) {
      try typist.type("abcdef", into: target) {
        calls += 1
        if calls == 4 { other.focus(other.window) }
        return false
      }
    }
    var received = ""
    _ = desk.display.collects {
      if case .key(let press) = $0 { received += press.text }
      return $0 == .focused(false)
    }
    #expect(received == "abc")
    #expect(throws: TypingError.focusChanged(typed: 0)) { try typist.press(.backspace, in: target) }
  }

  @Test("a layout that is chosen in the middle of a text is followed")
  func layoutChange() throws {
    let desk = try InputTests.Desk()
    // The window opens its input method once it has handled its first events.
    try desk.setLayout("-layout", "us")
    let typist = try Typist(display: desk.scene.server.name)
    let target = try #require(typist.target)
    let name = desk.scene.server.name
    var calls = 0
    try typist.type("qwzyß;α", into: target) {
      calls += 1
      if calls == 3 { _ = try? Child(["setxkbmap", "-display", name, "-layout", "de"]).wait() }
      return false
    }
    // The spare code is given back at the end of the typist's life.
    let keys = try withExtendedLifetime(typist) { try desk.keys(7) }
    #expect(keys.map(\.text).joined() == "qwzyß;α")
  }

  @Test("programs are told the group and the locked modifiers after the last change of the map")
  func announcedState() throws {
    let desk = try InputTests.Desk()
    try desk.setLayout("-layout", "us,ru")
    let other = desk.scene.other
    other.lockGroup(1)
    other.setCapsLock(true)
    other.watchKeyboard()
    let typist = try Typist(display: desk.scene.server.name)
    let target = try #require(typist.target)
    try typist.type("α", into: target)
    #expect(try desk.keys(1).map(\.text) == ["α"])
    typist.close()
    let reports = other.keyboardReports()
    #expect(reports.contains(.mapChanged))
    #expect(reports.last == .state(group: 1, modifiers: other.modifierState & 0xFF))
    #expect(other.modifierState & 0xFF == 2)
  }

  @Test(
    "a program may answer a ping to those who watch the root window, or to those who watch its children",
    arguments: [true, false])
  func pings(watchersOfChildren: Bool) throws {
    let server = try PrivateServer()
    let other = try #require(RawClient(server.name))
    other.set("WM_PROTOCOLS", of: other.window, type: "ATOM", words: [other.atom("_NET_WM_PING")])
    other.show()
    #expect(
      eventually {
        other.focus(other.window)
        return other.focusedWindow == other.window
      })
    let name = server.name
    let outcome = Outcome()
    Thread.detachNewThread {
      do throws(TypingError) {
        let typist = try Typist(display: name)
        guard let target = typist.target else { throw .noFocus }
        try typist.type("α", into: target)
        let start = ContinuousClock.now
        typist.close()
        outcome.duration.withLock { $0 = .now - start }
      } catch {
        outcome.error.withLock { $0 = error }
      }
      outcome.hasEnded.withLock { $0 = true }
    }
    let words = try #require(other.awaitMessage("WM_PROTOCOLS"))
    other.answerPing(words, toWatchersOfChildren: watchersOfChildren)
    #expect(eventually { outcome.hasEnded.withLock { $0 } })
    #expect(outcome.error.withLock { $0 } == nil)
    // Without an answer it would wait for three seconds.
    #expect(outcome.duration.withLock { $0 } < .seconds(2))
  }

  @Test("keys are pressed with modifiers, also where the layout's letters are not Latin")
  func shortcuts() throws {
    let desk = try InputTests.Desk()
    try desk.setLayout("-layout", "us,ru")
    desk.scene.other.lockGroup(1)
    let typist = try Typist(display: desk.scene.server.name)
    let target = try #require(typist.target)
    try typist.press(.character("t"), with: [.control, .shift], in: target)
    try typist.press(.function(5), with: .alt, in: target)
    try typist.press(.backspace, count: 2, in: target)
    let keys = try desk.keys(4)
    #expect(keys.map(\.key) == [.character("t"), .function(5), .backspace, .backspace])
    #expect(keys[0].modifiers == [.control, .shift] && keys[1].modifiers == .alt && keys[2].modifiers == [])
  }

  @Test("a text with a line break or a control character is refused before anything is typed")
  func refusedTexts() throws {
    #expect(throws: TypingError.lineBreak) { try Typist.check("a\nb", allowingEnter: false) }
    #expect(throws: TypingError.controlCharacter(code: 27)) {
      try Typist.check("a\u{1B}", allowingEnter: true)
    }
    try Typist.check("a\tb\r\nc", allowingEnter: true)
    let desk = try InputTests.Desk()
    let typist = try Typist(display: desk.scene.server.name)
    let target = try #require(typist.target)
    #expect(throws: TypingError.lineBreak) { try typist.type("a\n", into: target) }
    try typist.type("b\r\n\tc", into: target, allowingEnter: true)
    #expect(try desk.keys(4).map(\.key) == [.character("b"), .enter, .tab, .character("c")])
  }

  @Test("a server without XTEST is named in the error")
  func noExtension() throws {
    let server = try PrivateServer(options: ["-extension", "XTEST"])
    #expect(throws: TypingError.noExtension) { try Typist(display: server.name) }
    #expect(throws: TypingError.display(.noServer(name: ":4242"))) { try Typist(display: ":4242") }
  }
}
