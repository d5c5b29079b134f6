// A language as probabilities of each letter after the letters before it.

import Basics

/// The n-grams of one language: the probability of each letter of a word after the letters before it.
///
/// Letters are small letters without accents, the apostrophe, and the boundary before and after a word. An n-gram is a
/// number with five bits for each letter. Those that were seen often enough have a probability; for others the shorter
/// context's probability is multiplied by the weight of the context.
public struct CharacterNGrams: Sendable, Equatable {
  /// The n-grams of one length, in ascending order.
  struct Order: Sendable, Equatable {
    var keys: [UInt32] = []
    /// The probabilities of the last letters, see `code(ofProbability:)`.
    var probabilities: [UInt8] = []
    /// What a shorter context counts after these letters.
    var weights: [UInt8] = []
  }

  /// The name of the language, for example "english".
  public var name: String
  /// Where the words come from, and the terms of the list.
  public var sources: String
  /// The share of the words that begin with a capital.
  public var capitals: Double
  /// Words of the list to measure with: some that were learnt, and some that were held out.
  public var knownWords: [String]
  /// Words that were held out.
  public var heldOutWords: [String]
  /// The n-grams by their length, from 1.
  var orders: [Order]

  /// The number of n-grams.
  public var ngramCount: Int { orders.reduce(0) { $0 + $1.keys.count } }

  /// The most letters of an n-gram.
  public static let longest = 6

  /// The numbers of letters: a to z are 1 to 26.
  package static let (apostrophe, boundary, codes) = (UInt32(27), UInt32(28), 29)

  /// The number of a letter; nil for any other character.
  ///
  /// - Parameter character: an ASCII character.
  /// - Returns: the number.
  package static func code(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A")) + 1
    case UInt8(ascii: "'"): apostrophe
    default: nil
    }
  }

  /// The context before the first letter of a word.
  package static let start = boundary

  /// The context after one more letter: at most the last five.
  package static func context(_ context: UInt32, then code: UInt32) -> UInt32 {
    (context << 5 | code) & (1 << (5 * UInt32(longest - 1)) - 1)
  }

  /// Probabilities are stored as their negative logarithms in steps of this size.
  private static let step = 1.0 / 16

  /// The number that stands for a probability in a file.
  static func code(ofProbability probability: Double) -> UInt8 {
    UInt8(clamping: (-logarithm(max(probability, 1e-9)) / step).rounded())
  }

  /// The probabilities that the numbers in a file stand for.
  private static let probabilities = (0...255).map { Float(exponential(-Double($0) * step)) }

  /// The probability of each letter after some letters, by the letters' numbers.
  ///
  /// - Parameter context: the letters before, see `context(_:then:)`.
  /// - Returns: the probabilities; their sum is 1 up to rounding.
  package func probabilities(after context: UInt32) -> [Float] {
    guard var row = unigrams else { return [Float](repeating: 1 / Float(Self.codes), count: Self.codes) }
    for length in 2...max(2, orders.count) where length <= orders.count {
      let letters = context & (1 << (5 * UInt32(length - 1)) - 1)
      // A context with fewer letters has no longer one.
      guard letters >> (5 * UInt32(length - 2)) != 0,
        let known = orders[length - 2].index(of: letters)
      else { break }
      let weight = Self.probabilities[Int(orders[length - 2].weights[known])]
      for code in row.indices { row[code] *= weight }
      let order = orders[length - 1]
      var index = order.firstIndex(notBelow: letters << 5)
      while index < order.keys.count, order.keys[index] >> 5 == letters {
        let code = Int(order.keys[index] & 31)
        if code < row.count { row[code] = Self.probabilities[Int(order.probabilities[index])] }
        index += 1
      }
    }
    return row
  }

  private var unigrams: [Float]? {
    guard let order = orders.first else { return nil }
    var row = [Float](repeating: 1e-7, count: Self.codes)
    for (key, probability) in zip(order.keys, order.probabilities) where Int(key) < row.count {
      row[Int(key)] = Self.probabilities[Int(probability)]
    }
    return row
  }
}

extension CharacterNGrams.Order {
  /// The index of the first n-gram that is not smaller.
  func firstIndex(notBelow key: UInt32) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The index of an n-gram; nil where it was not seen often enough.
  func index(of key: UInt32) -> Int? {
    let index = firstIndex(notBelow: key)
    return index < keys.count && keys[index] == key ? index : nil
  }
}
