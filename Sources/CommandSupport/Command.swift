/// A command of the command line: its name, its arguments and what it does.
///
/// Each command has a file of its own under `Commands/` and one entry in the list of its program (`Main.swift`).
/// Parsing, `--help` and the messages about wrong arguments use these values alone.
package struct Command: Sendable {
  /// A word that starts with two dashes, with or without a value.
  package struct Option: Sendable {
    /// The name without its dashes.
    package let name: String
    /// The value's placeholder in the help, or nil for a switch.
    package let value: String?
    /// One line for the help.
    package let help: String
    /// Whether it may be given more than once.
    package let repeats: Bool
    /// The options of which one must be given too, because this one has no effect without; empty for none.
    package let companions: [String]

    /// An option without a value.
    package static func flag(_ name: String, _ help: String, with companions: String...) -> Option {
      Option(name: name, value: nil, help: help, repeats: false, companions: companions)
    }

    /// An option with a value.
    package static func value(
      _ name: String, _ value: String, _ help: String, repeats: Bool = false, with companions: String...
    ) -> Option {
      Option(name: name, value: value, help: help, repeats: repeats, companions: companions)
    }
  }

  /// What the overview says of a command.
  package struct Summary: Sendable {
    /// The order in the overview, which lists the commands of both programs.
    package let position: Int
    /// The word that selects the command.
    package let name: String
    /// One line.
    package let text: String
  }

  package var name: String { summary.name }
  package let summary: Summary
  /// The placeholder of the operands in the help, for example `FILE…`.
  package let operands: String
  /// The allowed number of operands.
  package let operandCount: ClosedRange<Int>
  package let options: [Option]
  /// What the options do not say: examples, files, exit codes.
  package let discussion: String
  package let run: @Sendable (Arguments) throws(Failure) -> Void

  /// Makes a command; `position` is its order in the overview.
  package init(
    _ name: String, position: Int, summary: String, operands: String = "",
    operandCount: ClosedRange<Int> = 0...0, options: [Option], discussion: String,
    run: @escaping @Sendable (Arguments) throws(Failure) -> Void
  ) {
    self.summary = Summary(position: position, name: name, text: summary)
    self.operands = operands
    self.operandCount = operandCount
    self.options = options
    self.discussion = discussion
    self.run = run
  }
}
