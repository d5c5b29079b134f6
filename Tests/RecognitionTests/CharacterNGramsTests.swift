import Basics
import Recognition
import Testing

@Suite struct CharacterNGramsTests {
  /// Two hundred made words, in which q is always followed by u.
  private static let words: [String] = {
    let parts = ["qua", "tri", "so", "len", "ber", "qui", "mo", "da"]
    var words: [String] = []
    for a in parts { for b in parts { for c in ["", "n", "s"] { words.append(a + b + c) } } }
    return words + ["Anna", "Otto"]
  }()

  private var ngrams: CharacterNGrams {
    CharacterNGrams(learning: Self.words, name: "made", sources: "made by a test")
  }

  private func context(_ text: String) -> UInt32 {
    text.utf8.reduce(CharacterNGrams.start) { context, letter in
      CharacterNGrams.context(context, then: CharacterNGrams.code(of: letter) ?? 0)
    }
  }

  private func probability(_ letter: String, after text: String) -> Float {
    let code = letter.utf8.first.flatMap { CharacterNGrams.code(of: $0) } ?? CharacterNGrams.boundary
    return ngrams.probabilities(after: context(text))[Int(code)]
  }

  @Test(arguments: ["", "q", "so", "qua", "trisol", "zzz", "anna"])
  func probabilitiesAfterLettersAddUpToOne(text: String) {
    let row = ngrams.probabilities(after: context(text))
    #expect(row.count == CharacterNGrams.codes)
    #expect(row.allSatisfy { $0 >= 0 })
    #expect(abs(row.reduce(0, +) - 1) < 0.08)
  }

  @Test func whatWasSeenIsMoreProbable() {
    #expect(probability("u", after: "q") > 0.8)
    #expect(probability("x", after: "q") < 0.02)
    #expect(probability("b", after: "len") > probability("f", after: "len"))
    // After letters that were never seen together, a shorter context counts.
    #expect(probability("u", after: "zzq") > 0.5)
  }

  @Test func wordsWithOtherCharactersAreLeftOutAndSomeAreHeldOut() {
    let ngrams = CharacterNGrams(
      learning: Self.words + ["naïve", "x-ray", "a1"], name: "made", sources: "")
    #expect(ngrams == CharacterNGrams(learning: Self.words.reversed(), name: "made", sources: ""))
    #expect(!ngrams.heldOutWords.isEmpty && ngrams.heldOutWords.count < 30)
    #expect(Set(ngrams.heldOutWords).isDisjoint(with: ngrams.knownWords))
    #expect(Set(ngrams.heldOutWords).isSubset(of: Self.words))
    #expect(ngrams.capitals == 0.05)
  }

  @Test func aFileIsReadBackUnchanged() throws {
    let ngrams = ngrams
    #expect(try CharacterNGrams(bytes: ngrams.bytes) == ngrams)
  }

  @Test func aDamagedFileIsRefusedOrHasTheSameNGrams() {
    let ngrams = ngrams
    let bytes = ngrams.bytes
    for index in stride(from: 0, to: bytes.count, by: 7) {
      var damaged = bytes
      damaged[index] ^= 0x55
      guard let read = try? CharacterNGrams(bytes: damaged) else { continue }
      #expect(read.ngramCount == ngrams.ngramCount)
      #expect(read.probabilities(after: context("qu")) == ngrams.probabilities(after: context("qu")))
    }
    for count in [0, 10, bytes.count / 2, bytes.count - 1] {
      #expect(throws: FormatError.self) { try CharacterNGrams(bytes: Array(bytes.prefix(count))) }
    }
    #expect(throws: FormatError.self) { try CharacterNGrams(bytes: bytes + [0]) }
  }
}
