// The texts that are read to measure and to fit.

import Basics
import Formats

/// Words, lines and codes in the hands of some writers.
struct TextTexts: Sendable {
  /// A kind of texts.
  enum Kind: String, Sendable, CaseIterable {
    /// Words of the lists that the languages were learnt from.
    case words
    /// Words of the lists that were held out.
    case unknownWords = "held-out words"
    /// Lines of three to five words.
    case lines
    /// Random letters and digits.
    case codes
  }

  private static let codeLength = 6
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
  /// How often a text is chosen again where the writer lacks a character.
  private static let attempts = 400

  let samples: [WrittenText.Sample]

  /// - Parameters:
  ///   - kind: what is written.
  ///   - count: the number of texts.
  ///   - known: words that the languages know.
  ///   - unknown: words that were held out.
  ///   - written: the writers' characters.
  ///   - writers: the writers, each of whom writes equally many.
  ///   - seed: chooses the texts.
  init(
    _ kind: Kind, count: Int, known: [String], unknown: [String], written: WrittenText, writers: [Writer],
    seed: UInt64
  ) {
    var samples: [WrittenText.Sample] = []
    for index in 0..<count where !writers.isEmpty {
      var random = Xoshiro256(seed: seed, stream: UInt64(index))
      let writer = writers[index % writers.count]
      let own = written.characters(of: writer)
      let letters = Self.alphabet.filter { own.contains($0) }
      for _ in 0..<Self.attempts {
        let text: String
        switch kind {
        case .words: text = Self.word(of: known, own, &random)
        case .unknownWords: text = Self.word(of: unknown, own, &random)
        case .lines:
          text = (0..<3 + random.index(below: 3)).map { _ in Self.word(of: known, own, &random) }
            .joined(separator: " ")
        case .codes:
          text =
            letters.isEmpty
            ? "" : String((0..<Self.codeLength).map { _ in letters[random.index(below: letters.count)] })
        }
        if !text.isEmpty, let sample = written.sample(of: text, by: writer, at: &random) {
          samples.append(sample)
          break
        }
      }
    }
    self.samples = samples
  }

  /// A word that the writer has all characters for.
  private static func word(
    of words: [String], _ characters: Set<Character>, _ random: inout Xoshiro256
  ) -> String {
    for _ in 0..<attempts where !words.isEmpty {
      let word = words[random.index(below: words.count)]
      if word.allSatisfy({ characters.contains($0) }) { return word }
    }
    return ""
  }
}
