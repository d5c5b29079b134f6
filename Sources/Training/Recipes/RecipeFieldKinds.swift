// The kinds of fields that recipes have: words, lists, whole numbers, numbers, choices.

import Basics

extension RecipeField {
  static func word(
    _ name: String, _ help: String, at path: any WritableKeyPath<Recipe, String> & Sendable
  ) -> RecipeField {
    RecipeField(
      name: name, value: "NAME", help: help, text: { $0[keyPath: path] },
      set: { recipe, text in
        guard !text.isEmpty, text.allSatisfy({ $0.isLetter || $0.isNumber || "-_.+".contains($0) }) else {
          return "a name of letters, digits, '-', '_', '.' and '+'"
        }
        recipe[keyPath: path] = text
        return nil
      })
  }

  static func names(
    _ name: String, _ help: String, at path: any WritableKeyPath<Recipe, [String]> & Sendable
  ) -> RecipeField {
    RecipeField(
      name: name, value: "NAME,…", help: help, text: { $0[keyPath: path].joined(separator: ", ") },
      set: { recipe, text in
        recipe[keyPath: path] = text.split { $0 == "," || $0 == " " }.map(String.init)
        return nil
      })
  }

  static func whole(
    _ name: String, _ help: String, _ range: ClosedRange<Int>,
    at path: any WritableKeyPath<Recipe, Int> & Sendable
  ) -> RecipeField {
    RecipeField(
      name: name, value: "N", help: help, text: { "\($0[keyPath: path])" },
      set: { recipe, text in
        guard let number = Int(text), range.contains(number) else {
          return "a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
        recipe[keyPath: path] = number
        return nil
      })
  }

  static func number(
    _ name: String, _ help: String, _ range: ClosedRange<Double>,
    at path: any WritableKeyPath<Recipe, Double> & Sendable
  ) -> RecipeField {
    RecipeField(
      name: name, value: "X", help: help, text: { plain("\($0[keyPath: path])") },
      set: { recipe, text in
        guard let number = Double(text), range.contains(number) else {
          return "a number from \(plain("\(range.lowerBound)")) to \(plain("\(range.upperBound)"))"
        }
        recipe[keyPath: path] = number
        return nil
      })
  }

  static func perhaps(
    _ name: String, _ help: String, _ range: ClosedRange<Double>,
    at path: any WritableKeyPath<Recipe, Double?> & Sendable
  ) -> RecipeField {
    RecipeField(
      name: name, value: "X|usual", help: help,
      text: { recipe in recipe[keyPath: path].map { plain("\($0)") } ?? "usual" },
      set: { recipe, text in
        if text == "usual" {
          recipe[keyPath: path] = nil
          return nil
        }
        guard let number = Double(text), range.contains(number) else {
          return "'usual' or a number from \(plain("\(range.lowerBound)")) to \(plain("\(range.upperBound)"))"
        }
        recipe[keyPath: path] = number
        return nil
      })
  }

  static func amount(
    _ name: String, _ help: String, _ range: ClosedRange<Float>,
    at path: any WritableKeyPath<Recipe, Float> & Sendable
  ) -> RecipeField {
    RecipeField(
      name: name, value: "X", help: help, text: { plain("\($0[keyPath: path])") },
      set: { recipe, text in
        guard let number = Float(text), range.contains(number) else {
          return "a number from \(plain("\(range.lowerBound)")) to \(plain("\(range.upperBound)"))"
        }
        recipe[keyPath: path] = number
        return nil
      })
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ help: String, at path: any WritableKeyPath<Recipe, Choice> & Sendable
  ) -> RecipeField {
    let words = Choice.allCases.map(\.rawValue)
    return RecipeField(
      name: name, value: words.joined(separator: "|"), help: help, text: { $0[keyPath: path].rawValue },
      set: { recipe, text in
        guard let choice = Choice(rawValue: text) else {
          return "one of " + words.joined(separator: ", ")
        }
        recipe[keyPath: path] = choice
        return nil
      })
  }
}

/// A number without the ".0" that whole ones are printed with.
func plain(_ text: String) -> String {
  text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
