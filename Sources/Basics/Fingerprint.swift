// A sum over numbers that tells whether they are still the same ones.

/// A sum over numbers that finds damage and tells data apart (FNV-1a with 64 bits); it is no defence against malice.
package struct Fingerprint {
  /// The sum so far.
  package private(set) var sum: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The sum of nothing.
  package init() {}

  /// Adds a number.
  package mutating func add(_ number: UInt64) {
    sum = (sum ^ number) &* 0x100_0000_01B3
  }
}
