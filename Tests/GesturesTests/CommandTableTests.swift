// Tests of tables of commands: the text form, its errors, and what is found in a table.

import Gestures
import Ink
import Testing

@Suite("A table of commands")
struct CommandTableTests {
  private static let text = """
    # what I use
    word save = keys ctrl+s
    symbol § = text "Kind regards,\\n\\"Ink\\""

    gesture star = run firefox "https://example.org/a b"
    gesture "big circle" = shell "date >> ~/dates"
    word next = keys alt+right Shift+F5 ctrl+plus
    example star 1,2 3.5,4 | 5,6 7,-8
    """

  @Test("commands and examples are read")
  func reads() throws {
    let table = try CommandTable(text: Self.text)
    let next: [KeyChord] = [
      KeyChord(.named(.right), modifiers: [.alt]), KeyChord(.function(5), modifiers: [.shift]),
      KeyChord(.named(.plus), modifiers: [.control]),
    ]
    #expect(
      table.commands == [
        PenCommand(.word("save"), .keys([KeyChord(.character("s"), modifiers: [.control])])),
        PenCommand(.symbol("§"), .text("Kind regards,\n\"Ink\"")),
        PenCommand(.gesture("star"), .run(["firefox", "https://example.org/a b"])),
        PenCommand(.gesture("big circle"), .shell("date >> ~/dates")), PenCommand(.word("next"), .keys(next)),
      ])
    #expect(table.examples.count == 1 && table.examples[0].strokes.count == 2)
    #expect(table.examples[0].strokes[1].samples.map(\.point) == [Point(x: 5, y: 6), Point(x: 7, y: -8)])
  }

  @Test("what is written is read back")
  func writes() throws {
    let table = try CommandTable(text: Self.text)
    #expect(try CommandTable(text: table.text) == table)
    let odd = CommandTable(commands: [
      PenCommand(.symbol("\""), .text("\r\n\t\\ \u{301}é\u{2028}=|#")), PenCommand(.symbol("="), .shell("#")),
      PenCommand(.word("#"), .run(["=", "", "|", "a\u{301}"])),
      PenCommand(.symbol("\u{301}"), .text("\u{301}")),
    ])
    #expect(try CommandTable(text: odd.text) == odd)
    #expect(try CommandTable(text: odd.text.split(separator: "\n").joined(separator: "\r\n")) == odd)
  }

  @Test(
    "an error names the line, and what to write instead",
    arguments: [
      ("word save keys ctrl+s", CommandTableError.Problem.form), ("words save = text a", .trigger("words")),
      ("word = text a", .missing("what is drawn")), ("word \"\" = text a", .missing("what is drawn")),
      ("symbol ab = text a", .symbol("ab")), ("word a =", .missing("the action")),
      ("word a = type b", .action("type")), ("word a = keys", .missing("the key")),
      ("word a = keys ctrl+", .chord("ctrl+")), ("word a = keys ctrl+ctrl+a", .chord("ctrl+ctrl+a")),
      ("word a = keys f36", .chord("f36")), ("word a = keys strg+a", .chord("strg+a")),
      ("word a = text", .missing("the text")), ("word a = run", .missing("the program")),
      ("word a = shell \"\"", .missing("the line for the shell")), ("word a = text \"b", .quotation),
      ("word a = text \"\\x\"", .quotation), ("word save = text twice", .repeated("word save")),
      ("example", .missing("the gesture's name")), ("example a", .missing("the drawing")),
      ("example a 1,2 |", .missing("a stroke")), ("example a 1,2,3", .point("1,2,3")),
      ("example a 1,nan", .point("1,nan")), ("example a 1,1e300", .point("1,1e300")),
    ])
  func errors(line: String, problem: CommandTableError.Problem) {
    let error = CommandTableError(line: 4, problem: problem)
    #expect(throws: error) { try CommandTable(text: "\nword save = keys ctrl+s\n# a\n\(line)\n") }
    #expect(error.description.hasPrefix("line 4: "))
  }

  @Test("no change of one byte makes the reader fail other than by an error")
  func mutations() {
    let bytes = Array(Self.text.utf8)
    for index in bytes.indices {
      for byte in [0, 9, 10, 13, 34, 35, 44, 61, 92, 124, 128, 255] as [UInt8] {
        var changed = bytes
        changed[index] = byte
        let text = String(decoding: changed, as: UTF8.self)
        if let table = try? CommandTable(text: text) {
          #expect((try? CommandTable(text: table.text)) == table, "\(text)")
        }
      }
    }
  }

  @Test("a word is found without regard to capitals, and a symbol exactly")
  func finds() throws {
    let table = try CommandTable(
      text: "word Save = text 1\nsymbol s = text 2\nsymbol S = text 3\nword q = text 4\n")
    #expect(table.command(forText: "sAVE")?.action == .text("1"))
    #expect(table.command(forText: "s")?.action == .text("2"))
    #expect(table.command(forText: "S")?.action == .text("3"))
    #expect(table.command(forText: "Q")?.action == .text("4"))
    #expect(table.command(forText: "") == nil && table.command(forText: "saved") == nil)
  }

  @Test("adding commands keeps a person's comments and other lines")
  func adds() throws {
    let other = try CommandTable(text: "word save = text b\nword new = text c\n")
    let text = CommandTable.text("# mine\nword save = text a # not a comment\nnot a line\n\n", adding: other)
    #expect(text == "# mine\nnot a line\nword save = text b\nword new = text c\n")
    #expect(CommandTable.text("", adding: other) == other.commandsText)
  }

  @Test("a gesture is untaught until it has five examples")
  func teaching() throws {
    var table = try CommandTable(text: "gesture star = text a\nword b = text c\n")
    #expect(table.untaughtGestures == ["star"])
    let line = [Stroke([.init(Point(x: 0, y: 0)), .init(Point(x: 9, y: 0))])]
    table.teach("star", Array(repeating: line, count: 4))
    #expect(table.untaughtGestures == ["star"])
    table.teach("star", Array(repeating: line, count: 5))
    #expect(table.untaughtGestures.isEmpty && table.examples.count == 5)
  }
}
