// Wrong words on the command line.

import Foundation
import TestSupport
import Testing

@Suite struct UsageTests {
  @Test func versionIsOneLine() throws {
    let outcome = try Inkling.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("inkling ") && outcome.text.hasSuffix("\n"))
    #expect(outcome.text.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["--versoin"], "'--version'"), (["--hlep"], "'--help'"), (["hepl"], "'help'"), (["trian"], "'train'"),
    (["raed"], "'read'"), (["train", "--thraeds"], "'--threads'"),
  ])
  func anUnknownWordNamesTheNearestOne(words: [String], nearest: String) throws {
    let outcome = try Inkling.run(words)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.hasPrefix("inkling: unknown") && outcome.errors.contains("did you mean \(nearest)?"))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    (["xyzzy"], "there is window, read"), (["read", "--xyzzy"], "there is --model"),
    (["--frobnicate"], "--version"),
    (["read", "x", "--mode", "poems"], "there is digits, sums, text"),
    (["completions", "tcsh"], "bash, zsh, fish"),
    (["read", "--" + String(repeating: "model", count: 2000)], "…'; there is --model"),
  ])
  func aWordThatIsNearToNoneNamesAll(words: [String], part: String) throws {
    let outcome = try Inkling.run(words)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(!outcome.errors.contains("did you mean") && outcome.errors.contains(part), "\(outcome.errors)")
    #expect(outcome.errors.utf8.count < 1000)
  }

  @Test(arguments: [
    ["picture", "--out", "a.png"], ["icon", "--out", "a.png"], ["icon", "--out", "a.svg"],
    ["explain", "one.jsonl", "--out", "a.png", "--model", "cnn-adam"],
  ])
  func filesAreReplacedOnlyWithForce(words: [String]) throws {
    let folder = try TemporaryFolder()
    let strokes = "{\"strokes\":[[[200,100],[205,300],[210,500]]]}\n"
    try Data(strokes.utf8).write(to: URL(fileURLWithPath: folder.path("one.jsonl")))
    for name in ["a.png", "a.svg"] {
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path(name)))
    }
    let refused = try Inkling.run(words, in: folder.url)
    #expect(refused.status == 1 && refused.errors.contains("--force"), "\(refused.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("a.png"))) == Data("mine".utf8))
    #expect(try Inkling.run(words + ["--force"], in: folder.url).status == 0)
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], [:]])
  func noColoursGoIntoPipes(environment: [String: String]) throws {
    let folder = try TemporaryFolder()
    let strokes = "{\"strokes\":[[[200,100],[205,300],[210,500]]]}\n"
    try Data(strokes.utf8).write(to: URL(fileURLWithPath: folder.path("one.jsonl")))
    let outcome = try Inkling.run(["see", "one.jsonl"], environment: environment, in: folder.url)
    #expect(outcome.status == 0 && outcome.text.contains("@") && !outcome.text.contains("\u{1B}"))
    // On a terminal there are colours, unless the user wants none.
    let words = "script -qec '\(Inkling.executable.path) see one.jsonl' /dev/null </dev/null"
    let usual = ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 }
    let terminal = try ProgramRun(["/bin/sh", "-c", words], environment: usual, in: folder.url)
    #expect(terminal.text.contains("\u{1B}") == environment.isEmpty, "\(terminal.text.prefix(200))")
  }
}

/// The completions of shells.
@Suite struct CompletionTests {
  /// What bash offers for a line whose last word is completed.
  private func bash(_ words: [String], in folder: TemporaryFolder) throws -> Set<String> {
    let script = """
      source <("$0" completions bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _inkling
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = try ProgramRun(
      ["/bin/bash", "-c", script, Inkling.executable.path] + words, in: folder.url)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    return Set(run.text.split(separator: "\n").map(String.init))
  }

  @Test func bashCompletesCommandsOptionsAndValues() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(fileURLWithPath: folder.path("reading.pgm")))
    try FileManager.default.createDirectory(atPath: folder.path("dir"), withIntermediateDirectories: true)
    #expect(try bash(["inkling", "re"], in: folder) == ["read", "render", "reading.pgm"])
    #expect(try bash(["inkling", "tr"], in: folder) == ["train"])
    #expect(try bash(["inkling", "read", "--mo"], in: folder) == ["--model", "--mode"])
    #expect(try bash(["inkling", "read", "--mode", ""], in: folder) == ["digits", "sums", "text"])
    #expect(try bash(["inkling", "read", "--model", "mlp"], in: folder) == ["mlp"])
    #expect(try bash(["inkling", "check", "--out", ""], in: folder) == ["dir"])
    #expect(try bash(["inkling", "train", "--optim"], in: folder) == ["--optimizer"])
    #expect(try bash(["inkling", "read", "rea"], in: folder) == ["reading.pgm"])
    #expect(try bash(["inkling", "help", "exp"], in: folder) == ["explain", "export"])
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func everyShellAcceptsItsScript(shell: String) throws {
    let script = try Inkling.run(["completions", shell])
    #expect(script.status == 0)
    let help = try Inkling.run(["--help"]).text
    for line in help.split(separator: "\n") where line.hasPrefix("  ") {
      guard let name = line.split(separator: " ").first, line.dropFirst(2).first != " " else { continue }
      #expect(script.text.contains(name), "\(name) is missing for \(shell)")
    }
    guard ["/bin", "/usr/bin"].contains(where: { access("\($0)/\(shell)", X_OK) == 0 }) else { return }
    let check = try ProgramRun([shell, "-n"], input: script.output)
    #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
  }
}
