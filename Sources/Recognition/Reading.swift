// The reading of a page: its symbols in reading order with their candidates, and the text.

public import Ink
public import Preprocessing

/// A label with its probability.
public struct Candidate: Sendable, Hashable {
  /// The label, for example "7".
  public let label: String
  /// The probability from 0 to 1, given that the symbol is one of the labels.
  public let probability: Double

  /// Creates a candidate.
  ///
  /// - Parameters:
  ///   - label: the label.
  ///   - probability: the probability given that the symbol is one of the labels.
  public init(label: String, probability: Double) {
    self.label = label
    self.probability = probability
  }
}

/// A symbol on the page.
public struct Symbol: Sendable, Equatable {
  /// The box: in page units for a page, in pixels for a picture.
  public internal(set) var box: Box
  /// The box as if the page were flat and its lines level: it shows how symbols are arranged.
  public internal(set) var levelBox: Box
  /// The candidates, most probable first; their probabilities add up to 1.
  public let candidates: [Candidate]
  /// The probability that it is none of the labels, such as a letter, a scribble or a dot.
  public let background: Double
  /// Whether the model refuses it: it probably is none of the labels, or the confidence is too low.
  public let refused: Bool
  /// The networks' input: rows from the top, 0 paper, 1 ink.
  public let input: [Float]
  /// Whether a person has said what it is.
  public let isLabelled: Bool
  /// How much less probable it is that the ink is divided into symbols in another way, as a difference of
  /// log-probabilities.
  public let divisionLead: Double

  /// Creates a symbol.
  ///
  /// - Parameters:
  ///   - box: the box.
  ///   - candidates: the candidates, most probable first.
  ///   - background: the probability that it is none of the labels.
  ///   - refused: whether the model refuses it.
  ///   - input: the networks' input.
  ///   - isLabelled: whether a person has said what it is.
  ///   - levelBox: the box as if the page were level; nil for the same one.
  ///   - divisionLead: how much less probable another division of the ink is.
  public init(
    box: Box, candidates: [Candidate], background: Double, refused: Bool, input: [Float],
    isLabelled: Bool = false, levelBox: Box? = nil, divisionLead: Double = .infinity
  ) {
    self.box = box
    self.levelBox = levelBox ?? box
    self.candidates = candidates
    self.background = background
    self.refused = refused
    self.input = input
    self.isLabelled = isLabelled
    self.divisionLead = divisionLead
  }

  /// The most probable label, or "?" if the symbol is refused.
  public var text: String {
    guard !refused, let best = candidates.first else { return "?" }
    return best.label
  }

  /// The probability that the symbol is the most probable label.
  public var confidence: Double {
    (candidates.first?.probability ?? 0) * (1 - background)
  }
}

/// A word of a line of text: symbols without a gap between them.
public struct Word: Sendable, Equatable {
  /// The symbols, as indices in the reading.
  public let symbols: Range<Int>
  /// What the word may be, the text that was read first; their probabilities add up to at most 1.
  ///
  /// Another candidate may have another number of symbols.
  public let candidates: [Candidate]

  /// Creates a word.
  ///
  /// - Parameters:
  ///   - symbols: the symbols, as indices in the reading.
  ///   - candidates: what the word may be, the text that was read first.
  public init(symbols: Range<Int>, candidates: [Candidate]) {
    self.symbols = symbols
    self.candidates = candidates
  }
}

/// The reading of a page.
public struct Reading: Sendable, Equatable {
  /// The symbols in reading order: lines from top to bottom, each from left to right.
  public let symbols: [Symbol]
  /// The number of symbols in each line.
  public let lineLengths: [Int]
  /// The words of all lines in reading order; empty in modes without words.
  public let words: [Word]
  /// The marks that were set aside: lines, print, edges, underlines, punctuation, words.
  public let ignored: [IgnoredMark]

  /// Creates a reading.
  ///
  /// - Parameters:
  ///   - symbols: the symbols in reading order.
  ///   - lineLengths: the number of symbols in each line; nil for one line.
  ///   - words: the words of all lines; without any, no line has blanks.
  ///   - ignored: the marks that were set aside.
  public init(
    symbols: [Symbol], lineLengths: [Int]? = nil, words: [Word] = [], ignored: [IgnoredMark] = []
  ) {
    self.symbols = symbols
    self.words = words
    self.ignored = ignored
    self.lineLengths = lineLengths ?? (symbols.isEmpty ? [] : [symbols.count])
  }

  /// The reading of an empty page.
  public static let empty = Reading(symbols: [])

  /// The symbols' texts, with "?" for refused symbols, blanks between words and newlines between lines.
  public var text: String {
    let beginnings = Set(words.map(\.symbols.lowerBound))
    var start = 0
    return lineLengths.map { length in
      defer { start += length }
      let end = min(start + length, symbols.count)
      return (start..<max(start, end)).map { index in
        (index > start && beginnings.contains(index) ? " " : "") + symbols[index].text
      }.joined()
    }.joined(separator: "\n")
  }

  /// The box around a word.
  ///
  /// - Parameter word: a word of the reading.
  /// - Returns: the box; nil for a word without symbols.
  public func box(of word: Word) -> Box? {
    symbols[word.symbols.clamped(to: symbols.indices)].map(\.box).reduce(nil as Box?) { $0?.union($1) ?? $1 }
  }

  /// The probability that the whole text is right: the product over the symbols, 0 for an empty page.
  public var confidence: Double {
    symbols.isEmpty ? 0 : symbols.reduce(1) { $0 * $1.confidence }
  }
}

extension Reading {
  /// The reading with what a person says about its symbols.
  ///
  /// - Parameter labels: the labels, in the units of the symbols' boxes.
  /// - Returns: the reading; a symbol with a label is certain.
  public func labelled(by labels: [InkLabel]) -> Reading {
    if labels.isEmpty { return self }
    let symbols = symbols.map { symbol in
      labels.last { $0.isAbout(symbol.box) }.map { symbol.labelled($0.text) } ?? symbol
    }
    return Reading(symbols: symbols, lineLengths: lineLengths, words: words, ignored: ignored)
  }
}

extension Symbol {
  /// The symbol as a person has labelled it; its other candidates stay, with a probability of 0.
  fileprivate func labelled(_ label: String) -> Symbol {
    let others = candidates.filter { $0.label != label }.map { Candidate(label: $0.label, probability: 0) }
    return Symbol(
      box: box, candidates: [Candidate(label: label, probability: 1)] + others, background: 0, refused: false,
      input: input, isLabelled: true, levelBox: levelBox)
  }
}
