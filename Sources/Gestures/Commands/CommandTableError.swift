/// Why a line of a table of commands cannot be read.
package struct CommandTableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Problem: Error, Equatable {
    /// The line does not have the form of a command.
    case form
    /// The first word is none of those that begin a line.
    case trigger(String)
    /// The word after the equals sign names no action.
    case action(String)
    /// A quotation mark has no second one, or a backslash stands before another character than it can.
    case quotation
    /// A symbol is not one character.
    case symbol(String)
    /// A word, a name or an argument is missing or empty.
    case missing(String)
    /// Keys are not written as such.
    case chord(String)
    /// Two lines have the same trigger.
    case repeated(String)
    /// A point of an example is not two numbers.
    case point(String)
    /// The table is larger than a person would write it.
    case size
  }

  /// The number of the line, counted from 1.
  package let line: Int
  /// What is wrong.
  package let problem: Problem

  /// Makes an error.
  package init(line: Int, problem: Problem) {
    self.line = line
    self.problem = problem
  }

  /// One sentence that says what is wrong and what to write instead.
  package var description: String { "line \(line): \(sentence)" }

  private var sentence: String {
    switch problem {
    case .form: "this is no command; write for example: word save = keys ctrl+s"
    case .trigger(let word):
      "'\(word)' begins no line; a command begins with symbol, word or gesture, a comment with #"
    case .action(let word): "'\(word)' is no action; write keys, text, run or shell after the equals sign"
    case .quotation:
      "a quotation mark is open, or a backslash stands before another character than \", \\, n, r or t; write \\\\ for "
        + "a backslash"
    case .symbol(let text): "'\(text)' is not one character; write word instead of symbol"
    case .missing(let what): "\(what) is missing"
    case .chord(let text):
      "'\(text)' is no key; write modifiers (ctrl, alt, shift, super) and a key with plus signs between them, such "
        + "as ctrl+shift+t or f5"
    case .repeated(let trigger): "\(trigger) has a command already; remove one of them"
    case .point(let text): "'\(text)' is no point; write two numbers with a comma between them"
    case .size: "the table is too large; remove lines"
    }
  }
}
