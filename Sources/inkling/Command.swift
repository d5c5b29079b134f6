import Basics

/// A command of the command line, as a value: what it is called, what it takes, what it does.
///
/// A command lives in its own file under `Commands/` and is listed once, in `Main.swift`. Parsing,
/// `--help` and the wording of mistakes are made from these values alone.
struct Command: Sendable {
  /// A word that starts with two dashes, with or without a value.
  struct Option: Sendable {
    /// The name without its dashes.
    let name: String
    /// What stands for the value in the help, or nil for a switch.
    let value: String?
    /// One line for the help.
    let help: String
    /// Whether it may be given more than once.
    let repeats: Bool

    static func flag(_ name: String, _ help: String) -> Option {
      Option(name: name, value: nil, help: help, repeats: false)
    }
    static func value(_ name: String, _ value: String, _ help: String, repeats: Bool = false) -> Option {
      Option(name: name, value: value, help: help, repeats: repeats)
    }
  }

  let name: String
  /// One line for the list of commands.
  let summary: String
  /// How the words without dashes are called in the help, for example `FILE…`.
  let operands: String
  /// How many such words are allowed.
  let operandCount: ClosedRange<Int>
  let options: [Option]
  /// What a person should know beyond the options: examples, files, exit codes.
  let discussion: String
  let run: @Sendable (Arguments) throws(Failure) -> Void
}

/// The words of a command line, sorted by what they are.
struct Arguments: Sendable {
  var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Sorts words by a command's options.
  ///
  /// `--name value`, `--name=value` and a closing `--` are understood.
  init(_ words: [String], for command: Command) throws(Failure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("--") else {
        if word.hasPrefix("-"), word.count > 1, Double(word) == nil {
          throw .unknown("option", word, among: command.options.map { "--" + $0.name }, of: command.name)
        }
        operands.append(word)
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts.first ?? "")
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw .unknown("option", "--" + name, among: command.options.map { "--" + $0.name }, of: command.name)
      }
      if values[name] != nil, !option.repeats {
        throw .usage("--\(name) is given twice; give it once")
      }
      guard let placeholder = option.value else {
        if parts.count > 1 { throw .usage("--\(name) takes no value") }
        values[name] = []
        continue
      }
      if parts.count > 1 {
        values[name, default: []].append(String(parts[1]))
      } else if let value = rest.popFirst() {
        values[name, default: []].append(value)
      } else {
        throw .usage("--\(name) needs a value: --\(name) \(placeholder)")
      }
    }
    guard command.operandCount.contains(operands.count) else {
      let wanted = command.operands.isEmpty ? "no operand" : command.operands
      throw .usage(
        "'\(command.name)' takes \(wanted), \(operands.count) given; see 'inkling \(command.name) --help'")
    }
  }

  /// Whether a switch was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option, or nil where it was not given.
  func text(_ name: String) -> String? { values[name]?.last }

  /// All values of an option that repeats.
  func texts(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of an option as a whole number within bounds.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .usage(
        "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
    }
    return number
  }

  /// The value of an option as a number within bounds.
  func number(_ name: String, in range: ClosedRange<Double>) throws(Failure) -> Double? {
    guard let text = text(name) else { return nil }
    guard let number = Double(text), range.contains(number) else {
      throw .usage("--\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
    }
    return number
  }

  /// The value of an option that is one of a few words.
  func choice(_ name: String, of words: [String]) throws(Failure) -> String? {
    guard let text = text(name) else { return nil }
    guard words.contains(text) else { throw .unknown("value for --\(name)", text, among: words, of: nil) }
    return text
  }
}
