// The command line: the window, the commands that read and show digits, and the way to those of the second program.

import CommandSupport
import Formats

@main
enum Main {
  /// The commands of this program; those for data sets, training and evaluation are in `inkling-training`.
  private static let commands: [Command] = [
    .window, .read, .type, .panel, .commands, .check, .see, .render, .describe, .export, .explain, .layout,
    .picture, .demo, .icon, .completions,
  ]

  /// The commands as a program.
  static let program = CommandProgram(commands)

  static func main() {
    CommandProgram.main { words throws(Failure) in try run(words) }
  }

  private static func run(_ words: [String]) throws(Failure) {
    guard let first = words.first else { return try CommandProgram.run(.window, []) }
    if ["--help", "-h", "help"].contains(first), first != "help" || words.count == 1 {
      printOverview(program)
    } else if first == "--version" {
      printLine("inkling \(version)")
    } else if isForWindow(first, program) {
      try CommandProgram.run(.window, words)
    } else if try !program.run(words) {
      try runCompanion(words, program)
    }
  }

  private static func printOverview(_ program: CommandProgram) {
    let companion = CompanionProgram()
    printLine(Help.overview(of: program.summaries + (companion?.commands ?? [])))
    if companion == nil {
      printLine("\nFor the commands that train and evaluate models: \(CompanionProgram.advice)")
    }
  }

  /// Whether the first word is one of the window's options, or a file to open in the window.
  private static func isForWindow(_ word: String, _ program: CommandProgram) -> Bool {
    if word.hasPrefix("--") {
      return Command.window.options.contains { word == "--" + $0.name || word.hasPrefix("--\($0.name)=") }
    }
    if word.hasPrefix("-") || program.summaries.contains(where: { $0.name == word }) { return false }
    if word.contains("/") || word.contains(".") { return true }
    // A folder may have the name of a command of the second program, for example `data`.
    return Path.kind(of: word) != nil && CompanionProgram()?.commands.contains { $0.name == word } != true
  }

  /// Runs a command of the second program, or says which command might have been meant.
  private static func runCompanion(_ words: [String], _ program: CommandProgram) throws(Failure) {
    let word = words[0] == "help" ? words[1] : words[0]
    if word.hasPrefix("-") {
      let options = Command.window.options.map { "--" + $0.name }
      throw .unknown("option", word, among: ["--help", "--version"] + options)
    }
    let names = program.summaries.map(\.name) + ["help"]
    guard let companion = CompanionProgram() else {
      if names.contains(where: { $0.editDistance(to: word) <= 2 }) {
        throw .unknown("command", word, among: names)
      }
      throw .couldNot(
        "'\(word)' needs the program \(CompanionProgram.name), which is not built: \(CompanionProgram.advice)"
      )
    }
    let others = companion.commands.map(\.name)
    guard others.contains(word) else { throw .unknown("command", word, among: names + others) }
    try companion.replaceProcess(words)
  }
}
