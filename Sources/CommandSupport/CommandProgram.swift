// A program made of commands: it selects the command, and turns a failure into a message and an exit code.

import CLibrary

/// A program made of commands.
package struct CommandProgram: Sendable {
  /// The hidden argument that makes a program list its commands for the overview of another one.
  static let listing = "--list-commands"

  private let commands: [Command]

  /// Makes a program.
  package init(_ commands: [Command]) { self.commands = commands }

  /// The summaries of the commands.
  package var summaries: [Command.Summary] { commands.map(\.summary) }

  /// Runs the command that the first word names, or prints help; false where the word names nothing here.
  package func run(_ words: [String]) throws(Failure) -> Bool {
    switch words.first {
    case CommandProgram.listing:
      for command in summaries { print("\(command.position)\t\(command.name)\t\(command.text)") }
    case "help" where words.count > 1:
      guard let command = command(words[1]) else { return false }
      print(Help.page(of: command))
    case let name?:
      guard let command = command(name) else { return false }
      try Self.run(command, Array(words.dropFirst()))
    case nil: return false
    }
    return true
  }

  /// Runs a command with its arguments, or prints its help where they ask for it.
  package static func run(_ command: Command, _ words: [String]) throws(Failure) {
    if words.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      print(Help.page(of: command))
    } else {
      try command.run(try Arguments(words, for: command))
    }
  }

  private func command(_ name: String) -> Command? { commands.first { $0.name == name } }

  /// Gives `work` the program's arguments; its failure ends the program with a message and an exit code.
  package static func main(_ work: ([String]) throws(Failure) -> Void) {
    do throws(Failure) { try work(Array(CommandLine.arguments.dropFirst())) } catch {
      printError("inkling: \(error)")
      exit(error.code.rawValue)
    }
  }
}
