// The language model of text: languages, and what a written word may be beside a word of one of them.

import Basics

/// The languages that help to read text.
///
/// A word is of one of the languages, a number, or a code: any row of characters. So a code costs a little more than a
/// word, but what it says is not changed into a word that it hardly resembles.
public struct LanguageModel: Sendable, Equatable {
  /// The languages.
  public let languages: [CharacterNGrams]

  /// Creates a model.
  ///
  /// - Parameter languages: the languages, at most 16; others are ignored.
  public init(_ languages: [CharacterNGrams]) { self.languages = Array(languages.prefix(16)) }
}

/// What is known of a word up to one of its characters.
struct LanguageState: Hashable {
  /// What the word is.
  enum Kind: Hashable {
    /// No character of it was read.
    case start
    /// A word of a language.
    case word(UInt8)
    case number
    /// Any characters.
    case code
    /// Its end was read, by a comma or the like.
    case closed
  }

  /// How the letters before are written.
  enum Casing: Hashable {
    case none
    case small
    /// A capital, then small letters.
    case capitalized
    /// One capital.
    case capital
    /// Capitals.
    case capitals
  }

  var kind = Kind.start
  var context = CharacterNGrams.start
  var casing = Casing.none

  static let start = LanguageState()
}

/// The costs of the characters of a word in a language model.
struct LanguageCosts {
  /// A continuation of a word with its cost.
  struct Step {
    var state: LanguageState
    var cost: Double
  }

  private let model: LanguageModel
  /// The cost of a code, beyond that of a word.
  private let code: Double
  /// The costs of the letters after a context, for each language.
  private var rows: [[UInt32: [Double]]]

  // Set by what is usual in text; only `code` was measured.
  /// A word of the letters' list, a number.
  private static let (wordCost, numberCost) = (0.1, 2.3)
  /// A character of a code: a letter or digit, one of the 62; another sign.
  private static let (codeLetter, codeSign) = (4.2, 6.5)
  /// A digit of a number, and a sign within it.
  private static let (digit, numberSign) = (2.3, 3.0)
  /// A comma or the like after a word, a bracket or quotation mark before it, a hyphen within it.
  private static let (closing, opening, hyphen) = (2.5, 4.0, 4.0)
  /// The ends of numbers, of codes and of words that are closed; and of a word that has not begun.
  private static let (numberEnd, codeEnd, closedEnd, noWord) = (0.7, 1.5, 0.2, 5.0)
  /// A capital within a word of small letters, a small letter after capitals.
  private static let (strangeCapital, strangeSmall) = (6.0, 3.0)
  /// No letter costs more: the list does not have all words.
  private static let maxLetter = 9.0

  init(_ model: LanguageModel, code: Double) {
    self.model = model
    self.code = code
    rows = model.languages.map { _ in [:] }
  }

  /// The ways in which a character can continue a word.
  mutating func steps(from state: LanguageState, _ character: UInt8) -> [Step] {
    switch state.kind {
    case .start: return first(state, character)
    case .word(let language):
      return word(language, state, character)
    case .number: return number(character, 0)
    case .code: return [Step(state: state, cost: Self.codeCost(character))]
    case .closed:
      return Self.isClosing(character) ? [Step(state: state, cost: Self.closing)] : []
    }
  }

  /// The cost of the end of the word.
  mutating func end(of state: LanguageState) -> Double {
    switch state.kind {
    case .start: Self.noWord
    case .word(let language): letter(language, state.context, CharacterNGrams.boundary)
    case .number: Self.numberEnd
    case .code: Self.codeEnd
    case .closed: Self.closedEnd
    }
  }

  private mutating func first(_ state: LanguageState, _ character: UInt8) -> [Step] {
    var steps: [Step] = []
    let languages = logarithm(Double(max(model.languages.count, 1)))
    for index in model.languages.indices {
      var start = state
      start.kind = .word(UInt8(index))
      for var step in word(UInt8(index), start, character) where step.state.kind == start.kind {
        step.cost += Self.wordCost + languages
        steps.append(step)
      }
    }
    steps += number(character, Self.numberCost)
    if Self.isOpening(character) { steps.append(Step(state: .start, cost: Self.opening)) }
    var coded = LanguageState.start
    coded.kind = .code
    steps.append(Step(state: coded, cost: code + Self.codeCost(character)))
    return steps
  }

  private mutating func word(_ language: UInt8, _ state: LanguageState, _ character: UInt8) -> [Step] {
    guard let letter = CharacterNGrams.code(of: character) else {
      if Self.isClosing(character) {
        var closed = LanguageState.start
        closed.kind = .closed
        let end = self.letter(language, state.context, CharacterNGrams.boundary)
        return [Step(state: closed, cost: end + Self.closing)]
      }
      if character == UInt8(ascii: "-") || character == UInt8(ascii: "/") {
        let end = self.letter(language, state.context, CharacterNGrams.boundary)
        return [Step(state: .start, cost: end + Self.hyphen)]
      }
      return []
    }
    var next = state
    var cost = self.letter(language, state.context, letter)
    next.context = CharacterNGrams.context(state.context, then: letter)
    if letter != CharacterNGrams.apostrophe {
      let isCapital = character < UInt8(ascii: "a")
      let (casing, price) = casing(state.casing, isCapital: isCapital, language)
      next.casing = casing
      cost += price
    }
    return [Step(state: next, cost: cost)]
  }

  private func casing(
    _ casing: LanguageState.Casing, isCapital: Bool, _ language: UInt8
  ) -> (LanguageState.Casing, Double) {
    let share = model.languages[Int(language)].capitals
    switch casing {
    case .none: return isCapital ? (.capital, -logarithm(share)) : (.small, -logarithm(1 - share))
    case .small: return (.small, isCapital ? Self.strangeCapital : 0)
    case .capitalized: return (.capitalized, isCapital ? Self.strangeCapital : 0)
    case .capital: return isCapital ? (.capitals, 2.3) : (.capitalized, 0.1)
    case .capitals: return isCapital ? (.capitals, 0.05) : (.capitalized, Self.strangeSmall)
    }
  }

  private func number(_ character: UInt8, _ first: Double) -> [Step] {
    var state = LanguageState.start
    state.kind = .number
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return [Step(state: state, cost: first + Self.digit)]
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "/"),
      UInt8(ascii: "%"):
      return first > 0 ? [] : [Step(state: state, cost: Self.numberSign)]
    default:
      if first > 0 || !Self.isClosing(character) { return [] }
      state.kind = .closed
      return [Step(state: state, cost: Self.closing)]
    }
  }

  private mutating func letter(_ language: UInt8, _ context: UInt32, _ code: UInt32) -> Double {
    let index = Int(language)
    if let row = rows[index][context] { return row[Int(code)] }
    let row = model.languages[index].probabilities(after: context).map {
      min(-logarithm(max(Double($0), 1e-9)), Self.maxLetter)
    }
    rows[index][context] = row
    return row[Int(code)]
  }

  private static func codeCost(_ character: UInt8) -> Double {
    CharacterKind(character) == .sign ? codeSign : codeLetter
  }

  private static func isClosing(_ character: UInt8) -> Bool { ".,;:!?)]\"'".utf8.contains(character) }

  private static func isOpening(_ character: UInt8) -> Bool { "([\"'".utf8.contains(character) }
}
