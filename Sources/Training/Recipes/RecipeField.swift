// A field of a recipe and the kinds of its values: text, lists, numbers, choices.

/// A property of a recipe.
typealias RecipeProperty<Value> = WritableKeyPath<Recipe, Value> & Sendable

/// One field of a recipe: its name in files and options, and how it is written and read.
package struct RecipeField: Sendable {
  /// The name: before the colon in files, after two dashes as an option.
  package let name: String
  /// The placeholder of the value in the help.
  package let value: String
  /// One line for the help.
  package let help: String
  /// What a value must be, for error messages.
  let expected: String
  /// The value as text; empty for no value.
  let text: @Sendable (Recipe) -> String
  /// Sets the field from a text; false where the text is no value.
  let set: @Sendable (inout Recipe, String) -> Bool

  /// Makes the field of a property.
  init<Value>(
    _ name: String, _ value: String, _ help: String,
    at path: any RecipeProperty<Value>, expected: String,
    format: @escaping @Sendable (Value) -> String, parse: @escaping @Sendable (String) -> Value?
  ) {
    self.name = name
    self.value = value
    self.help = help
    self.expected = expected
    text = { format($0[keyPath: path]) }
    set = { recipe, text in
      guard let value = parse(text) else { return false }
      recipe[keyPath: path] = value
      return true
    }
  }

  static func text(
    _ name: String, _ help: String, at path: any RecipeProperty<String>
  ) -> RecipeField {
    RecipeField(name, "TEXT", help, at: path, expected: "a text", format: { $0 }, parse: { $0 })
  }

  static func list(
    _ name: String, _ help: String, at path: any RecipeProperty<[String]>
  ) -> RecipeField {
    RecipeField(
      name, "NAME,…", help, at: path, expected: "names", format: { $0.joined(separator: ", ") },
      parse: { $0.split { $0 == "," || $0.isWhitespace }.map(String.init) })
  }

  static func whole(
    _ name: String, _ help: String, _ range: ClosedRange<Int>,
    at path: any RecipeProperty<Int>
  ) -> RecipeField {
    RecipeField(
      name, "N", help, at: path, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      format: { "\($0)" }, parse: { value($0, in: range) })
  }

  static func number<Value: BinaryFloatingPoint & LosslessStringConvertible & Sendable>(
    _ name: String, _ help: String, _ range: ClosedRange<Value>,
    at path: any RecipeProperty<Value>
  ) -> RecipeField {
    RecipeField(
      name, "X", help, at: path, expected: expected(range), format: { short($0) },
      parse: { value($0, in: range) })
  }

  /// A number that has a usual value, which depends on other fields.
  static func optional(
    _ name: String, _ help: String, _ range: ClosedRange<Double>,
    at path: any RecipeProperty<Double?>
  ) -> RecipeField {
    RecipeField(
      name, "X|usual", help, at: path, expected: "'usual' or \(expected(range))",
      format: { $0.map(short) ?? "usual" },
      parse: { text in text == "usual" ? .some(nil) : value(text, in: range).map { $0 } })
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ help: String, at path: any RecipeProperty<Choice>
  ) -> RecipeField {
    let words = Choice.allCases.map(\.rawValue)
    return RecipeField(
      name, words.joined(separator: "|"), help, at: path,
      expected: "one of " + words.joined(separator: ", "), format: { $0.rawValue },
      parse: { Choice(rawValue: $0) })
  }

  private static func value<Value: LosslessStringConvertible & Comparable>(
    _ text: String, in range: ClosedRange<Value>
  ) -> Value? {
    Value(text).flatMap { range.contains($0) ? $0 : nil }
  }

  private static func expected<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ range: ClosedRange<Value>
  ) -> String {
    "a number from \(short(range.lowerBound)) to \(short(range.upperBound))"
  }

  /// A number without the ".0" of whole ones.
  static func short(_ number: some BinaryFloatingPoint & LosslessStringConvertible) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
