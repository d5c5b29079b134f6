// Recipes as text: a field on each line, `name: value`, comments after '#'. An error names the line.

/// What is wrong with a recipe's text.
package struct RecipeError: Error, Equatable, CustomStringConvertible {
  /// The line, from 1; nil for an option.
  package let line: Int?
  /// What was found, what was expected, what to do.
  package let description: String

  /// Makes an error; the line is the beginning of its description.
  init(line: Int?, _ message: String) {
    self.line = line
    description = line.map { "line \($0): \(message)" } ?? message
  }
}

extension Recipe {
  /// Reads a recipe's text with any kind of line ends; missing fields keep their usual values.
  package init(text: String) throws(RecipeError) {
    self.init()
    var lineOfField: [String: Int] = [:]
    // Some editors begin a text with a byte order mark.
    let content = text.drop { $0 == "\u{FEFF}" }
    let lines = content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let number = index + 1
      let content = trim(line.prefix { $0 != "#" })
      if content.isEmpty { continue }
      guard let colon = content.firstIndex(of: ":") else {
        throw RecipeError(
          line: number, "expected 'field: value', found '\(content)'; comments start with '#'")
      }
      let name = trim(content[..<colon])
      if let first = lineOfField[name] {
        throw RecipeError(
          line: number, "'\(name)' was given in line \(first) already; remove one of the two")
      }
      lineOfField[name] = number
      try set(name, to: trim(content[content.index(after: colon)...]), line: number)
    }
    if lineOfField.isEmpty {
      throw RecipeError(line: 1, "expected 'field: value', found no field at all; is this a recipe?")
    }
  }

  /// Sets a field by name, from an option where `line` is nil.
  package mutating func set(_ name: String, to text: String, line: Int? = nil) throws(RecipeError) {
    let shownName = (line == nil ? "--" : "") + name
    guard let field = RecipeField.all.first(where: { $0.name == name }) else {
      let names = RecipeField.all.map(\.name).joined(separator: ", ")
      throw RecipeError(line: line, "unknown field '\(name)'; the fields are \(names)")
    }
    // A file with such a value would be read differently.
    guard !text.contains(where: { $0 == "#" || $0.isNewline }) else {
      throw RecipeError(line: line, "'\(shownName)' takes one line without '#', which begins a comment")
    }
    guard field.set(&self, trim(text[...])) else {
      throw RecipeError(line: line, "'\(shownName)' takes \(field.expected), not '\(text)'")
    }
  }

  /// The recipe as text: every field, so that later changes of the usual values do not change it.
  package var text: String {
    RecipeField.all.map { field in
      let text = field.text(self)
      return text.isEmpty ? "\(field.name):\n" : "\(field.name): \(text)\n"
    }.joined()
  }

  /// Why some field of the recipe would have no effect, as a sentence; nil where all fields have an effect.
  package var contradiction: String? {
    if pictures.isEmpty, strokes.isEmpty {
      return "the recipe names no data to learn from: add a line such as 'pictures: mnist'"
    }
    if parts.isEmpty, !strokes.isEmpty, strokeShare == 0 {
      return "'stroke-share' is 0, so nothing would be learnt from \(strokes.joined(separator: ", ")): "
        + "give it a share such as 0.12, or name no strokes"
    }
    if parts.isEmpty, !nonDigits.isEmpty, backgroundShare == 0 {
      return "'background-share' is 0, so nothing would be learnt from \(nonDigits.joined(separator: ", ")): "
        + "give it a share such as 0.12, or leave 'foreign' empty"
    }
    if optimizer == .lbfgs, batchSize != 0 {
      return "L-BFGS learns from all samples at once: "
        + "say 'batch: 0' instead of \(batchSize), or choose another optimizer"
    }
    return nil
  }
}

/// The text without leading and trailing blanks.
private func trim(_ text: Substring) -> String {
  var text = text
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return String(text)
}
