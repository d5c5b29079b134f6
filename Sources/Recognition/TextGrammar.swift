// What a character costs after the characters before it: the kinds of neighbours and the language.

/// A kind of character, as far as neighbours affect each other.
enum CharacterKind: Hashable {
  /// The beginning of a word.
  case start
  case small
  /// The first capital.
  case capital
  /// A capital after a capital.
  case capitals
  case digit
  case sign

  /// The kind of a character alone.
  init(_ character: UInt8) {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .small
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .capital
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
    default: self = .sign
    }
  }

  /// The kind of a character after one of this kind.
  func followed(by character: UInt8) -> CharacterKind {
    let kind = CharacterKind(character)
    return kind == .capital && (self == .capital || self == .capitals) ? .capitals : kind
  }

  /// The cost of a kind after this one, as a negative logarithm: set by what is usual in text, and weighted with
  /// `TextCosts.neighbours`.
  func cost(followedBy kind: CharacterKind) -> Double {
    switch (self, kind) {
    case (.start, .small): 0.5
    case (.start, .capital), (.start, .capitals): 1.4
    case (.start, .digit): 1.9
    case (.start, .sign): 3
    case (.small, .small): 0.1
    case (.small, .sign): 3.2
    case (.small, _): 3.7
    case (.capital, .small): 0.4
    case (.capital, .capital), (.capital, .capitals): 1.2
    case (.capital, _): 3.2
    case (.capitals, .small): 2.5
    case (.capitals, .capital), (.capitals, .capitals): 0.2
    case (.capitals, _): 3
    case (.digit, .digit): 0.2
    case (.digit, .sign): 2.1
    case (.digit, _): 3.2
    case (.sign, .small), (.sign, .digit): 1.1
    case (.sign, .capital), (.sign, .capitals): 1.6
    case (.sign, .sign): 1.9
    case (_, .start): 0
    }
  }
}

/// What is known of a word up to one of its characters, by the neighbours and by the language.
struct TextState: Hashable {
  var kind = CharacterKind.start
  var language = LanguageState.start

  static let start = TextState()
}

/// The costs of the characters of a word after each other.
struct TextGrammar {
  /// A continuation of a word with its cost.
  struct Step {
    var state: TextState
    var cost: Double
  }

  private let costs: TextCosts
  private var language: LanguageCosts?

  /// - Parameters:
  ///   - costs: what neighbours and the language count.
  ///   - language: the language; nil reads without.
  init(_ costs: TextCosts, language: LanguageModel?) {
    self.costs = costs
    let used = language.flatMap { $0.languages.isEmpty ? nil : $0 }
    self.language = used.map { LanguageCosts($0, code: costs.code) }
  }

  /// The ways in which a character can continue a word.
  mutating func steps(from state: TextState, _ character: UInt8) -> [Step] {
    let kind = state.kind.followed(by: character)
    let neighbour = costs.neighbours * state.kind.cost(followedBy: kind)
    guard let steps = language?.steps(from: state.language, character) else {
      return [Step(state: TextState(kind: kind), cost: neighbour)]
    }
    return steps.map {
      Step(
        state: TextState(kind: kind, language: $0.state), cost: neighbour + costs.language * $0.cost)
    }
  }

  /// The cost of the end of a word.
  mutating func end(of state: TextState) -> Double {
    costs.language * (language?.end(of: state.language) ?? 0)
  }

  /// The cost of a whole word.
  mutating func cost(of word: [UInt8]) -> Double {
    var states = [TextState.start: 0.0]
    for character in word {
      var next: [TextState: Double] = [:]
      for (state, cost) in states {
        for step in steps(from: state, character) {
          next[step.state] = min(next[step.state] ?? .infinity, cost + step.cost)
        }
      }
      states = next
    }
    return states.map { $0.value + end(of: $0.key) }.min() ?? .infinity
  }
}
