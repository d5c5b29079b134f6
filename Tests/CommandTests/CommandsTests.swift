// Tests of `inkling commands`: the list, dry runs, teaching, import and export.

import Foundation
import TestSupport
import Testing

@Suite struct CommandsTests {
  /// A user's folders.
  private struct Home {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    var environment: [String: String] {
      [
        "HOME": folder.url.path, "XDG_CONFIG_HOME": folder.path("config"),
        "XDG_STATE_HOME": folder.path("state"),
      ]
    }

    func run(_ words: String..., input: String = "") throws -> ProgramRun {
      try Inkling.run(["commands"] + words, input: Data(input.utf8), environment: environment)
    }
  }

  private static let table =
    "# mine\nword save = keys ctrl+s\ngesture star = run xclock\nsymbol § = text \"a b\"\n"

  /// A stroke file with drawings of a zigzag, each a little different.
  private static func zigzags(_ count: Int) -> String {
    (0..<count).map { "{\"strokes\":[[[0,\($0)],[50,\(100 + $0)],[100,0],[150,\(95 + $0)]]]}\n" }.joined()
  }

  @Test func commandsAreImportedListedAndExported() throws {
    let home = try Home()
    let empty = try home.run()
    #expect(empty.status == 0 && empty.text.contains("There are no commands"))
    let added = try home.run("--import", "-", input: Self.table)
    #expect(
      added.status == 0 && added.text == "Added 3 commands and the examples of 0 gestures.\n",
      "\(added.errors)")
    let list = try home.run()
    #expect(
      list.text == """
        word save = keys ctrl+s
        gesture star = run xclock   # not taught yet: inkling panel --teach star
        symbol § = text "a b"

        """)
    #expect(try home.run("--export", "-").text == Self.table.replacingOccurrences(of: "# mine\n", with: ""))
  }

  @Test func aDryRunSaysWhatWouldHappen() throws {
    let home = try Home()
    _ = try home.run("--import", "-", input: Self.table)
    #expect(try home.run("SAVE").text == "word save = keys ctrl+s\n")
    let none = try home.run("open")
    #expect(none.status == 1 && none.errors.contains("no command for 'open'"))
  }

  @Test func fiveDrawingsTeachAGesture() throws {
    let home = try Home()
    _ = try home.run("--import", "-", input: Self.table)
    let path = home.folder.path("zigzag.jsonl")
    try Self.zigzags(4).write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try home.run("--teach", "star", "--strokes", path).status == 65)
    try Self.zigzags(5).write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try home.run("--teach", "star", "--strokes", path).text == "Taught star by 5 drawings.\n")
    #expect(try !home.run().text.contains("not taught"))
    let test = try home.run("--strokes", path, "--line", "3")
    #expect(
      test.text == "gesture star = run xclock   # the panel asks before the first time\n", "\(test.errors)")
    // Another user gets the commands and the gestures by one file.
    let other = try Home()
    let table = try home.run("--export", "-").text
    #expect(try other.run("--import", "-", input: table).status == 0)
    #expect(try other.run("--strokes", path).text == test.text)
  }

  @Test func aWrongLineIsNamed() throws {
    let home = try Home()
    let run = try home.run("--import", "-", input: "word save = keys ctrl+s\nword open = keys hyper+o\n")
    #expect(run.status == 65 && run.errors.contains("line 2") && run.errors.contains("'hyper+o'"))
    #expect(try home.run().text.contains("There are no commands"))
    #expect(try home.run("--import", "/nonexistent/commands").status == 66)
    #expect(try home.run("--import", "a", "--export", "b").status == 64)
    #expect(try home.run("--teach", "star").status == 64)
  }
}
