// A hash of a sequence of numbers.

/// A hash of a sequence of numbers (64-bit FNV-1a) that detects damage and distinguishes data.
///
/// It is no protection against forgery.
package struct Fingerprint {
  /// The hash of the numbers added so far.
  package private(set) var sum: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Makes the hash of no number.
  package init() {}

  /// Adds a number.
  package mutating func add(_ number: UInt64) {
    sum = (sum ^ number) &* 0x100_0000_01B3
  }
}
