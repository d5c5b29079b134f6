/// What a person draws, and what happens then.
package struct PenCommand: Sendable, Hashable {
  /// What is drawn.
  package enum Trigger: Sendable, Hashable {
    /// One symbol that is read.
    case symbol(Character)
    /// A word that is read; capitals do not matter.
    case word(String)
    /// A gesture that was taught.
    case gesture(String)
  }

  /// What happens.
  package enum Action: Sendable, Hashable {
    /// Keys are pressed, one after the other.
    case keys([KeyChord])
    /// A text is typed.
    case text(String)
    /// A program is started, without a shell.
    case run([String])
    /// A line is given to the shell.
    case shell(String)
  }

  /// What is drawn.
  package let trigger: Trigger
  /// What happens.
  package let action: Action

  /// Makes a command.
  package init(_ trigger: Trigger, _ action: Action) {
    self.trigger = trigger
    self.action = action
  }
}

extension PenCommand.Action {
  /// Whether a program is started, so that the first time is confirmed.
  package var startsProgram: Bool { program != nil }

  /// What is started: a program with its arguments; nil for keys and text.
  package var program: [String]? {
    switch self {
    case .keys, .text: nil
    case .run(let words): words
    case .shell(let line): ["/bin/sh", "-c", line]
    }
  }
}
