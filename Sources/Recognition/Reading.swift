// What a recognizer says of a page: symbols in reading order, each with what it could be, and the text they make.

public import Ink

/// A label that a symbol could have, with how probable it is among the labels known.
public struct Candidate: Sendable, Hashable {
  /// The label, for example "7".
  public let label: String
  /// Its probability, 0…1, given that the symbol is one of the labels at all.
  public let probability: Double

  /// Makes a candidate.
  public init(label: String, probability: Double) {
    self.label = label
    self.probability = probability
  }
}

/// One symbol found on the page.
public struct Symbol: Sendable, Equatable {
  /// Where it is: in page units for ink, in pixels for a picture.
  public let box: Box
  /// What it could be, most probable first; their probabilities add up to 1.
  public let candidates: [Candidate]
  /// The probability that it is none of the labels: a letter, a scribble, a dot.
  public let background: Double
  /// Whether the model's rule says that this is not one of its labels, or that it is too unsure.
  public let refused: Bool
  /// What the network saw: rows from the top, 0 paper, 1 ink.
  public let input: [Float]

  /// Makes a symbol.
  public init(box: Box, candidates: [Candidate], background: Double, refused: Bool, input: [Float]) {
    self.box = box
    self.candidates = candidates
    self.background = background
    self.refused = refused
    self.input = input
  }

  /// The label to print: the most probable one, or "?" where the symbol is refused.
  public var text: String {
    guard !refused, let best = candidates.first else { return "?" }
    return best.label
  }

  /// How sure the model is of what it prints: that the symbol is a label at all, and that it is this one.
  public var confidence: Double {
    (candidates.first?.probability ?? 0) * (1 - background)
  }
}

/// What a recognizer says of a page.
public struct Reading: Sendable, Equatable {
  /// The symbols in reading order: lines from the top, each from the left.
  public let symbols: [Symbol]
  /// For each line, how many symbols it has.
  public let lineLengths: [Int]

  /// Makes a reading; all symbols are on one line unless told otherwise.
  public init(symbols: [Symbol], lineLengths: [Int]? = nil) {
    self.symbols = symbols
    self.lineLengths = lineLengths ?? (symbols.isEmpty ? [] : [symbols.count])
  }

  /// The reading of an empty page.
  public static let empty = Reading(symbols: [])

  /// The symbols' texts, "?" where one is refused, lines apart by a newline.
  public var text: String {
    var rest = symbols[...]
    return lineLengths.map { length in
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length).map(\.text).joined()
    }.joined(separator: "\n")
  }

  /// How sure the model is that the whole text is right: the product over the symbols, 0 for an empty page.
  public var confidence: Double {
    symbols.isEmpty ? 0 : symbols.reduce(1) { $0 * $1.confidence }
  }
}
