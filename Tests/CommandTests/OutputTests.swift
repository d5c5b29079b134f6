// Output that cannot be written, and names of files with any bytes.

import Foundation
import TestSupport
import Testing

@Suite struct OutputTests {
  private static let strokes =
    "{\"label\":\"1\",\"strokes\":[[[200,100],[205,300],[210,500]]]}\n"

  /// A folder with a stroke file, and a script run in it with the program as `$0`.
  private func run(_ script: String, prepare: (TemporaryFolder) throws -> Void = { _ in }) throws
    -> ProgramRun
  {
    let folder = try TemporaryFolder()
    try Data(Self.strokes.utf8).write(to: URL(fileURLWithPath: folder.path("one.jsonl")))
    try prepare(folder)
    return try ProgramRun(["/bin/bash", "-c", script, Inkling.executable.path], in: folder.url)
  }

  private static let commands = [
    "read one.jsonl", "read one.jsonl --json", "layout", "describe mlp", "describe 784-10 --json",
    "see one.jsonl --single", "check one.jsonl --json", "--help", "read --help", "--version", "data list",
    "render one.jsonl --out -",
  ]

  @Test(arguments: commands, ["> /dev/full", ">&-"])
  func outputThatCannotBeWrittenIsAFailure(command: String, redirection: String) throws {
    let outcome = try run("\"$0\" \(command) \(redirection)")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("inkling: cannot write standard output: "), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    if redirection == "> /dev/full" { #expect(outcome.errors.contains("the disk is full")) }
  }

  /// Swift's `print` reports no failure.
  @Test func allOutputIsChecked() throws {
    for folder in ["inkling", "inkling-training", "CommandSupport"] {
      let root = ReadmeTests.project.appendingPathComponent("Sources/" + folder)
      let files = try #require(FileManager.default.enumerator(atPath: root.path))
      for case let path as String in files where path.hasSuffix(".swift") {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        #expect(text.firstMatch(of: /(^|[^\w.])print\(/) == nil, "\(folder)/\(path): use printLine")
      }
    }
  }

  @Test func closedInputAndErrorsAreNoFiles() throws {
    // A file that is opened must not get the number of standard output.
    let outcome = try run("\"$0\" render one.jsonl --out one.pgm >&- 2>&- <&-; echo $? && head -c 2 one.pgm")
    #expect(outcome.text == "0\nP5")
    #expect(try run("\"$0\" read - <&-").status == 65)
  }

  @Test func aFileWhoseNameIsNotTextIsRead() throws {
    let outcome = try run(
      """
      name=$'f\\xff\\xc3\\xa9\\xf4\\x8f\\xbc\\x81.jsonl'; mv one.jsonl "$name"
      "$0" read "$name" && "$0" read . && "$0" read --json "$name" && "$0" render "$name" --out $'o\\xfe.pgm'
      test -s $'o\\xfe.pgm' && "$0" see $'o\\xfe.pgm' --json | head -c 12; "$0" read $'none\\xff'
      """)
    let shown = "f\\xffé\\xf4\\x8f\\xbc\\x81.jsonl"
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.count == 4, "\(outcome.text) \(outcome.errors)")
    #expect(lines.first?.hasPrefix(shown + "\t") == true && lines.dropFirst().first?.contains(shown) == true)
    #expect(outcome.text.contains("\"file\": \"f\\\\xffé"))
    #expect(lines.last?.hasPrefix("{\"symbols\":") == true)
    #expect(outcome.errors.contains("'none\\xff'"), "\(outcome.errors)")
  }

  @Test func controlCharactersOfNamesDoNotReachTheTerminal() throws {
    let outcome = try run(
      """
      name=$'a\\tb\\nc\\x1b[31m\\xc2\\x9b.jsonl'; cp one.jsonl "$name"; cp one.jsonl "x.jsonl"
      "$0" read "$name" x.jsonl && "$0" check --json "$name"; "$0" read $'none\\x1b[31m' $'\\xc2\\x9bm'
      """)
    #expect(outcome.text.hasPrefix("a\\tb\\nc\\x1b[31m\\x9b.jsonl\t"), "\(outcome.text)")
    for text in [outcome.text, outcome.errors] {
      #expect(
        !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x9B })
    }
    #expect(outcome.errors.contains("none\\x1b[31m"), "\(outcome.errors)")
    // A line for each file, whatever its name.
    let table = outcome.text.split(separator: "\n").prefix { !$0.hasPrefix("[") }
    #expect(table.count == 2 && table.allSatisfy { $0.split(separator: "\t").count == 3 })
  }

  @Test(arguments: [
    ("see one.jsonl --force", "--out"), ("check one.jsonl --force", "--out"),
    ("picture --out x.png --line 2", "--strokes"), ("icon --out x.svg --size 64", "--size"),
    ("data list --to x", "--to"), ("data check . --split train", "--split"), ("data show . --force", "--out"),
    ("data export . --to x --out y", "--out"), ("data import unipen x --to y --split test", "--split"),
    ("data fetch mnist --to x --json", "--json"), ("evaluate mlp --pages 3", "--hands or --sums"),
    ("evaluate mlp --photos x --mode sums", "--mode"), ("evaluate mlp --sums --fold", "--fold"),
    ("evaluate mlp --hands --misread x.png", "--misread"),
    ("evaluate mlp --ink one.jsonl --split test", "--split"),
    ("explain page.pgm --line 2 --out x.png", "--line"),
  ])
  func optionsWithoutEffectAreRefused(command: String, option: String) throws {
    let outcome = try run("\"$0\" render one.jsonl --out page.pgm && \"$0\" \(command)")
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(option) && outcome.errors.split(separator: "\n").count == 1)
  }
}
