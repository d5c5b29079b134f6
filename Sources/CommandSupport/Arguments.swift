import Basics

/// The arguments of a command: operands, and options with their values.
package struct Arguments: Sendable {
  /// The words that are neither options nor their values.
  package private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Sorts words by a command's options: `--name value`, `--name=value`, and `--` before further operands.
  package init(_ words: [String], for command: Command) throws(Failure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      if word.hasPrefix("--") {
        try addOption(word, &rest, command)
      } else if word.hasPrefix("-"), word.count > 1, Double(word) == nil {
        throw Self.unknownOption(word, command)
      } else {
        operands.append(word)
      }
    }
    try checkCompanions(command)
    guard command.operandCount.contains(operands.count) else {
      let expected = command.operands.isEmpty ? "no operand" : command.operands
      throw .usage(
        "'\(command.name)' takes \(expected), \(operands.count) given; see 'inkling \(command.name) --help'")
    }
  }

  /// Refuses an option that has no effect without another one.
  private func checkCompanions(_ command: Command) throws(Failure) {
    for option in command.options where has(option.name) && !option.companions.isEmpty {
      guard option.companions.contains(where: has) else {
        let others = option.companions.map { "--" + $0 }.joined(separator: " or ")
        throw .usage("--\(option.name) has no effect without \(others); give both or neither")
      }
    }
  }

  private mutating func addOption(
    _ word: String, _ rest: inout ArraySlice<String>, _ command: Command
  ) throws(Failure) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let option = command.options.first(where: { $0.name == name }) else {
      throw Self.unknownOption("--" + name, command)
    }
    if values[name] != nil, !option.repeats { throw .usage("--\(name) is given twice; give it once") }
    guard let placeholder = option.value else {
      if parts.count > 1 { throw .usage("--\(name) takes no value") }
      values[name] = []
      return
    }
    guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
      throw .usage("--\(name) needs a value: --\(name) \(placeholder)")
    }
    values[name, default: []].append(value)
  }

  private static func unknownOption(_ word: String, _ command: Command) -> Failure {
    .unknown("option of '\(command.name)'", word, among: command.options.map { "--" + $0.name })
  }

  /// Refuses the options that a way of using the command does not have.
  package func expectOnly(_ names: [String], for use: String) throws(Failure) {
    if let other = values.keys.sorted().first(where: { !names.contains($0) }) {
      throw .usage("--\(other) has no effect with \(use); leave it out")
    }
  }

  /// Whether an option was given.
  package func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option, or nil where it was not given.
  package func text(_ name: String) -> String? { values[name]?.last }

  /// All values of an option that repeats.
  package func texts(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of an option that must be given.
  package func required(_ name: String, _ message: String) throws(Failure) -> String {
    guard let text = text(name) else { throw .usage(message) }
    return text
  }

  /// The value of an option as a whole number within bounds.
  package func integer(_ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .usage(
        "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
    }
    return number
  }

  /// The value of an option as a number within bounds.
  package func number(_ name: String, in range: ClosedRange<Double>) throws(Failure) -> Double? {
    guard let text = text(name) else { return nil }
    guard let number = Double(text), range.contains(number) else {
      throw .usage("--\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
    }
    return number
  }

  /// The value of an option that is one of a few words.
  package func choice(_ name: String, of words: [String]) throws(Failure) -> String? {
    guard let text = text(name) else { return nil }
    guard words.contains(text) else { throw .unknown("value for --\(name)", text, among: words) }
    return text
  }

  /// The value of an option that is one of an enumeration's raw values.
  package func choice<Value: CaseIterable & RawRepresentable<String>>(
    _ name: String, of type: Value.Type
  ) throws(Failure) -> Value? {
    try choice(name, of: Value.allCases.map(\.rawValue)).flatMap(Value.init(rawValue:))
  }
}
