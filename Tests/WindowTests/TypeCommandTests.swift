// Tests of `inkling type`: into xev, a program that is not of this project, with and without a window manager.

import Foundation
import TestSupport
import Testing
import X11TestSupport

@Suite("The command type")
struct TypeCommandTests {
  @Test("a text in three scripts arrives in another program", arguments: [true, false])
  func arrives(isManaged: Bool) throws {
    let desk = try TypingDesk(isManaged: isManaged)
    let before = desk.other.keyboardMap()
    let text = "Grüße, «Ωμέγα» — Щука № 7 = x² – żółć! ελληνικά, съешь ещё этих мягких французских булок"
    let run = try desk.type("--", text + ".")
    #expect(run.status == 0, "\(run.errors)")
    #expect(desk.receives(text + "."), "\(desk.printer.received)")
    #expect(desk.other.keyboardMap() == before)
  }

  @Test("the keyboard map is repaired at the next start after kill -9")
  func repaired() throws {
    let desk = try TypingDesk(isManaged: true)
    let before = desk.other.keyboardMap()
    let letters = (UInt32(0x391)...0x3CE).compactMap { Unicode.Scalar($0).map { String(Character($0)) } }
    let child = try Child(
      [Application.executable, "type", letters.joined()], environment: ["DISPLAY": desk.server.name])
    #expect(eventually(pace: 1) { desk.other.keyboardMap() != before })
    child.stop(SIGKILL)
    #expect(desk.other.keyboardMap() != before)
    // The server notices the end of a program a moment later.
    #expect(
      eventually(pace: 50) { (try? desk.type("a."))?.status == 0 && desk.other.keyboardMap() == before })
  }

  @Test("Enter is pressed only where it is allowed")
  func enter() throws {
    let desk = try TypingDesk(isManaged: false)
    let refused = try desk.type("a\nb")
    #expect(refused.status == 64 && refused.errors.contains("--enter"))
    #expect(try desk.type("--enter", "ls").status == 0)
    #expect(try desk.type(".").status == 0)
    #expect(desk.receives("ls\r."), "\(desk.printer.received)")
  }

  @Test("without a server or without XTEST the error says what to do")
  func failures() throws {
    let nowhere = try ProgramRun([Application.executable, "type", "a"], environment: ["DISPLAY": ":4242"])
    #expect(nowhere.status == 1 && nowhere.errors.contains("DISPLAY=:4242"))
    let server = try PrivateServer(options: ["-extension", "XTEST"])
    let run = try ProgramRun([Application.executable, "type", "a"], environment: ["DISPLAY": server.name])
    #expect(run.status == 1 && run.errors.contains("XTEST"))
  }
}
