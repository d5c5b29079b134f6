// The costs of reading text: what place, neighbours and language count beside the networks' answers.

/// What the place, the neighbours and the language of a symbol count in text, beside the networks' answers.
///
/// All costs of the decoder of text stand here; those of cutting ink are `DecodingCosts.text`. A cost is a negative
/// natural logarithm of a probability. The fitted values belong to a model: they are chosen on validation data, and its
/// file has them.
public struct TextCosts: Sendable, Hashable {
  // MARK: Fitted values. `inkling language --fit MODEL` chooses them.

  /// What the place on the line counts.
  public var place = 0.6
  /// What the kinds of neighbouring characters count: letters stand beside letters, digits beside digits.
  public var neighbours = 0.8
  /// What the arrangement of the pieces counts, see `DecodingCosts`.
  public var arrangement = 1.5
  /// The cost of each symbol: with more, fewer and wider symbols are read.
  public var symbol = 0.0
  /// What the language counts.
  public var language = 0.5
  /// The cost of a word of no language, such as a name or a code.
  public var code = 3.0
  /// The gap at which words are divided, beyond the usual gap between letters, as a share of the height of capitals.
  public var wordGap = 0.3

  /// Creates the usual costs.
  public init() {}

  /// The fitted values by name, with the values that are tried.
  package static let fields: [Field] = [
    Field("place", \.place, [0, 0.2, 0.4, 0.6, 0.8, 1, 1.3]),
    Field("neighbours", \.neighbours, [0, 0.2, 0.4, 0.6, 0.8, 1, 1.3]),
    Field("arrangement", \.arrangement, [0.5, 0.75, 1, 1.5, 2]),
    Field("symbol", \.symbol, [-1, -0.5, 0, 0.5, 1, 1.5, 2]),
    Field("language", \.language, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1]),
    Field("code", \.code, [0, 1, 2, 3, 4, 6]),
    Field("wordgap", \.wordGap, [0.15, 0.2, 0.25, 0.3, 0.35, 0.4]),
  ]

  /// A fitted value.
  package struct Field: Sendable {
    /// The name in a model's metadata.
    package let name: String
    /// The value.
    package let path: any WritableKeyPath<TextCosts, Double> & Sendable
    /// The values that are tried.
    package let choices: [Double]

    init(_ name: String, _ path: any WritableKeyPath<TextCosts, Double> & Sendable, _ choices: [Double]) {
      (self.name, self.path, self.choices) = (name, path, choices)
    }
  }

  // MARK: Fixed values

  /// The most that the networks' answer costs.
  let maxInk = 9.0
  /// A label that costs so much more than the best one of its ink is not read there: the language never overrides
  /// clear ink.
  let clearInk = 6.0
  /// The most labels of one hypothesis that are tried.
  let maxLabels = 8
  /// The most ways to read the ink up to a node that are kept.
  let beam = 24
  /// A way that costs so much more than the cheapest one to the same node is dropped.
  let beamMargin = 16.0
  /// How sharply gaps divide letters from words, as a share of the height of capitals.
  let gapSharpness = 0.06
  /// The most that a gap costs.
  let maxGap = 8.0
  /// The additional cost of a symbol that was cut off: many symbols have parts that look like others.
  let part = 0.7
  /// A symbol whose label costs more may be two that touch.
  let doubtful = 0.7
  /// The additional cost of guide lines that are estimated from a line without capitals or with descenders alone.
  let rareGuide = 1.0
  /// The most candidates of a word.
  let maxWords = 5

  // MARK: Metadata

  /// The fitted values as a model's metadata have them.
  var text: String {
    Self.fields.map { "\($0.name) \(self[keyPath: $0.path])" }.joined(separator: " ")
  }

  /// Reads fitted values from a model's metadata; nil where they are damaged.
  init?(text: String) {
    self.init()
    let words = text.split(separator: " ")
    guard words.count % 2 == 0 else { return nil }
    for index in stride(from: 0, to: words.count, by: 2) {
      guard let number = Double(words[index + 1]), (-100...100).contains(number) else { return nil }
      // A value that another version had is ignored.
      guard let field = Self.fields.first(where: { $0.name == words[index] }) else { continue }
      self[keyPath: field.path] = number
    }
  }
}
