// Recipes as text: a field a line, `name: value`, comments after '#'. A mistake is named with its line.

/// What is wrong with a recipe's text.
package struct RecipeError: Error, Equatable, CustomStringConvertible {
  /// The line, from 1; nil for an option.
  package let line: Int?
  /// What was found, what was expected, what to do.
  package let description: String
}

extension Recipe {
  /// Reads a recipe's text, whatever its editor ends lines with; fields that it does not name keep their usual values.
  package init(text: String) throws(RecipeError) {
    self.init()
    var seen: [String: Int] = [:]
    // Some editors begin a text with a mark of the order of its bytes.
    let content = text.drop { $0 == "\u{FEFF}" }
    let lines = content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let number = index + 1
      let content = trim(line.prefix { $0 != "#" })
      if content.isEmpty { continue }
      guard let colon = content.firstIndex(of: ":") else {
        throw RecipeError(
          line: number,
          description: "line \(number): expected 'field: value', found '\(content)'; comments start with '#'")
      }
      let name = trim(content[..<colon])
      if let before = seen[name] {
        throw RecipeError(
          line: number,
          description: "line \(number): '\(name)' was given in line \(before) already; remove one of the two")
      }
      seen[name] = number
      try set(name, to: trim(content[content.index(after: colon)...]), line: number)
    }
    if seen.isEmpty {
      throw RecipeError(
        line: 1, description: "line 1: expected 'field: value', found no field at all; is this a recipe?")
    }
  }

  /// Sets a field by name, as an option of the command line does.
  package mutating func set(_ name: String, to text: String, line: Int? = nil) throws(RecipeError) {
    let place = line.map { "line \($0): " } ?? ""
    let field = (line == nil ? "--" : "") + name
    guard let known = RecipeField.all.first(where: { $0.name == name }) else {
      let names = RecipeField.all.map(\.name).joined(separator: ", ")
      throw RecipeError(line: line, description: "\(place)unknown field '\(name)'; the fields are \(names)")
    }
    // What would read back differently from a file is no value.
    guard !text.contains(where: { $0 == "#" || $0.isNewline }) else {
      throw RecipeError(
        line: line, description: "\(place)'\(field)' takes one line without '#', which begins a comment")
    }
    if let expected = known.set(&self, trim(text[...])) {
      throw RecipeError(line: line, description: "\(place)'\(field)' takes \(expected), not '\(text)'")
    }
  }

  /// The recipe as text: every field, so that it stays the same whatever the usual values become.
  package var text: String {
    RecipeField.all.map { "\($0.name): \($0.text(self))" }
      .map { $0.hasSuffix(": ") ? String($0.dropLast()) : $0 }
      .joined(separator: "\n") + "\n"
  }
}

/// The text without blanks around it.
private func trim(_ text: Substring) -> String {
  var text = text
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return String(text)
}
