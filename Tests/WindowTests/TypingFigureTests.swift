// The figures that typing must reach; they are part of the long tests.

import Basics
import Foundation
import TestSupport
import Testing
import X11
import X11TestSupport

@Suite(
  "Figures of typing", .serialized,
  .enabled(if: SurvivalTests.isThorough, "it takes long: set INKLING_THOROUGH to 1"), .timeLimit(.minutes(30))
)
struct TypingFigureTests {
  /// Letters of three scripts, digits, and punctuation.
  private static let characters: [Character] = {
    let ranges: [ClosedRange<UInt32>] = [
      0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF, 0x100...0x148, 0x391...0x3A1, 0x3A3...0x3CE, 0x410...0x44F,
    ]
    return ranges.joined().compactMap { Unicode.Scalar($0).map(Character.init) }
  }()

  /// The layouts, with the group that is active.
  private static let layouts: [(name: String, group: UInt32)] = [
    ("us", 0), ("fr", 0), ("de", 0), ("ru", 0), ("us,ru", 1),
  ]

  private enum Modifier: CaseIterable {
    case none
    case capsLock
    case shift
  }

  @Test("10 000 random characters arrive on five layouts, with Caps Lock and with Shift held")
  func arrives() throws {
    var random = Xoshiro256(seed: 19)
    var typed = 0
    for (name, group) in Self.layouts {
      let desk = try TypingDesk(isManaged: true)
      let layout = try ProgramRun(["setxkbmap", "-layout", name], environment: ["DISPLAY": desk.server.name])
      try #require(layout.status == 0, "\(layout.errors)")
      desk.other.lockGroup(group)
      let before = desk.other.keyboardMap()
      let input = try SyntheticInput(on: desk.printer.window, display: desk.server.name)
      var expected = ""
      for modifier in Modifier.allCases {
        if modifier == .capsLock { desk.other.setCapsLock(true) }
        if modifier == .shift { input.hold(.shift, isDown: true) }
        let state = desk.other.modifierState
        for _ in 0..<7 {
          let text = String(
            (0..<96).map { _ in Self.characters[random.index(below: Self.characters.count)] })
          let run = try desk.type("--", text)
          #expect(run.status == 0, "\(run.errors)")
          expected += text
          typed += text.count
          #expect(desk.receives(expected), "\(name), \(modifier)")
          #expect(desk.other.modifierState == state)
        }
        if modifier == .capsLock { desk.other.setCapsLock(false) }
        if modifier == .shift { input.hold(.shift, isDown: false) }
      }
      #expect(desk.other.keyboardMap() == before, "\(name)")
    }
    report("characters typed", "\(typed)")
    #expect(typed >= 10_000)
  }

  @Test("a character that the layout has takes 30 ms")
  func speed() throws {
    let desk = try TypingDesk(isManaged: true)
    let text = String(repeating: "The five boxing wizards jump quickly, 1234567890! ", count: 10)
    let start = ContinuousClock.now
    #expect(try desk.type("--", text).status == 0)
    #expect(desk.receives(text))
    let time = (ContinuousClock.now - start) / text.count
    report("a typed character", "\(time)")
    #expect(time <= .milliseconds(30))
  }

  private func report(_ name: String, _ text: String) {
    FileHandle.standardError.write(Data("figure: \(name): \(text)\n".utf8))
  }
}
