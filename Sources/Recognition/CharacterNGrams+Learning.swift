// Learning of n-grams from a list of words.

import Basics

extension CharacterNGrams {
  /// An n-gram is kept if it was seen so often, by its length from 1.
  ///
  /// Chosen for the size of the file: 1 MB for 350,000 German words.
  private static let leastCounts = [1, 1, 1, 2, 3, 4]
  /// Of so many words with 3 to 10 letters one is held out.
  private static let heldOutShare: UInt32 = 20
  /// The words of each kind that a file keeps to measure with.
  private static let wordsToMeasure = 600

  /// Learns a language from a list of words.
  ///
  /// Words with other characters than letters without accents and apostrophes are left out. Each word counts once. The
  /// probabilities are interpolated as Witten and Bell proposed.
  ///
  /// - Parameters:
  ///   - words: the words, in any order.
  ///   - name: the name of the language.
  ///   - sources: where the words come from, and the terms of the list.
  package init(learning words: some Sequence<String>, name: String, sources: String) {
    self.init(
      name: name, sources: sources, capitals: 0, knownWords: [], heldOutWords: [], orders: [])
    let usable = Set(words.filter { Self.isUsable($0) }).sorted()
    let (learnt, kept) = Self.divided(usable)
    let capitalized = learnt.count { $0.utf8.first.map { $0 < UInt8(ascii: "a") } ?? false }
    capitals = min(max(Double(capitalized) / Double(max(learnt.count, 1)), 0.05), 0.5)
    knownWords = Self.sample(learnt.filter { Self.isMeasurable($0) })
    heldOutWords = Self.sample(kept)
    learn(Set(learnt.map { $0.lowercased() }))
  }

  private static func isUsable(_ word: String) -> Bool {
    (1...30).contains(word.utf8.count) && word.utf8.allSatisfy { code(of: $0) != nil }
  }

  /// Whether a word is used to measure with: letters, at most the first one a capital.
  private static func isMeasurable(_ word: String) -> Bool {
    (3...10).contains(word.utf8.count)
      && word.utf8.dropFirst().allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
      && word.utf8.first != UInt8(ascii: "'")
  }

  /// A number that the same word always has, in every list and whatever its case (FNV-1a).
  private static func number(of word: String) -> UInt32 {
    let hash = word.lowercased().utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return hash ^ hash >> 15
  }

  private static func divided(_ words: [String]) -> (learnt: [String], heldOut: [String]) {
    var (learnt, heldOut): ([String], [String]) = ([], [])
    for word in words {
      if isMeasurable(word), number(of: word) % heldOutShare == 0 {
        heldOut.append(word)
      } else {
        learnt.append(word)
      }
    }
    return (learnt, heldOut)
  }

  /// The words with the smallest numbers: a choice that does not depend on the rest of the list.
  private static func sample(_ words: [String]) -> [String] {
    words.map { (number(of: $0) &* 0x9E37_79B9, $0) }.sorted { $0 < $1 }.prefix(wordsToMeasure).map(\.1)
  }

  private mutating func learn(_ words: Set<String>) {
    let texts = words.map { word in
      [Self.boundary] + word.utf8.compactMap { Self.code(of: $0) } + [Self.boundary]
    }
    for length in 1...Self.longest {
      var grams: [UInt32] = []
      for text in texts {
        // The boundary before the word is a context alone.
        for end in 1..<text.count where end + 1 >= length {
          grams.append(text[(end + 1 - length)...end].reduce(0) { $0 << 5 | $1 })
        }
      }
      grams.sort()
      add(grams, length: length)
    }
  }

  /// The n-grams of a context with their counts.
  private struct Successors {
    var counts: [(key: UInt32, count: Int)] = []
    var total: Int { counts.reduce(0) { $0 + $1.count } }
  }

  private mutating func add(_ grams: [UInt32], length: Int) {
    let least = Self.leastCounts[length - 1]
    var order = Order()
    var index = 0
    while index < grams.count {
      let context = grams[index] >> 5
      var successors = Successors()
      while index < grams.count, grams[index] >> 5 == context {
        let key = grams[index]
        let first = index
        while index < grams.count, grams[index] == key { index += 1 }
        successors.counts.append((key, index - first))
      }
      add(successors, after: context, least: least, to: &order, length: length)
    }
    orders.append(order)
  }

  private mutating func add(
    _ successors: Successors, after context: UInt32, least: Int, to order: inout Order, length: Int
  ) {
    let known = length == 1 ? nil : orders[length - 2].index(of: context)
    if length > 1, known == nil { return }
    let shorter =
      length == 1
      ? [Float](repeating: 1 / Float(Self.codes), count: Self.codes) : probabilities(after: context)
    let (total, kinds) = (Double(successors.total), Double(successors.counts.count))
    var (kept, keptShorter) = (0.0, 0.0)
    for (key, count) in successors.counts where count >= least {
      let lower = Double(shorter[Int(key & 31)])
      let probability = (Double(count) + kinds * lower) / (total + kinds)
      order.keys.append(key)
      order.probabilities.append(Self.code(ofProbability: probability))
      order.weights.append(0)
      kept += probability
      keptShorter += lower
    }
    if let known {
      let weight = keptShorter < 0.999 ? (1 - min(kept, 0.999)) / (1 - keptShorter) : 0.01
      orders[length - 2].weights[known] = Self.code(ofProbability: min(max(weight, 1e-6), 1))
    }
  }
}
