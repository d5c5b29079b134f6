package import Gestures
package import Recognition

/// What the panel's ink may be.
package struct PanelReading: Sendable, Equatable {
  /// The texts that the ink may be, the most probable one first; empty where nothing was read.
  package let texts: [String]
  /// Whether the model refuses a symbol, so that nothing is typed without a tap.
  package let isUnsure: Bool
  /// What the ink is among the taught gestures, where commands are drawn.
  package let gesture: GestureRecognizer.Answer

  /// How many texts are offered.
  package static let textLimit = 5
  /// The smallest probability of a symbol that is offered.
  private static let leastProbability = 0.002

  /// Makes a reading of texts.
  package init(texts: [String], isUnsure: Bool = false, gesture: GestureRecognizer.Answer = .unknown) {
    self.texts = texts
    self.isUnsure = isUnsure
    self.gesture = gesture
  }

  /// Makes the panel's reading of a page's reading.
  ///
  /// A refused symbol has its most probable character, and the texts after the first one differ from it in one word, or
  /// in one symbol where there are no words, the most probable ones first. Lines of writing are joined by blanks.
  package init(_ reading: Reading, gesture: GestureRecognizer.Answer = .unknown) {
    let hasWords = !reading.words.isEmpty
    let pieces = hasWords ? reading.words.map(\.candidates) : reading.symbols.map(\.candidates)
    func text(_ labels: [String]) -> String {
      hasWords ? labels.joined(separator: " ") : Self.text(of: labels, in: reading.lineLengths)
    }
    let labels = pieces.map { $0.first?.label ?? "" }
    var others: [(text: String, probability: Double)] = []
    for (index, candidates) in pieces.enumerated() {
      guard let first = candidates.first else { continue }
      for candidate in candidates.dropFirst().prefix(Self.textLimit)
      where candidate.probability >= Self.leastProbability {
        var changed = labels
        changed[index] = candidate.label
        others.append((text(changed), candidate.probability / max(first.probability, 1e-9)))
      }
    }
    let best = text(labels)
    let ranked = others.sorted { ($1.probability, $0.text) < ($0.probability, $1.text) }.map(\.text)
    self.init(
      texts: best.isEmpty ? [] : [best] + ranked.prefix(Self.textLimit - 1),
      isUnsure: reading.symbols.contains(where: \.refused), gesture: gesture)
  }

  private static func text(of labels: [String], in lineLengths: [Int]) -> String {
    var rest = labels[...]
    return lineLengths.map { length in
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length).joined()
    }.joined(separator: " ")
  }
}
