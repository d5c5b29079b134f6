// SplitMix64: streams of random numbers that are named by a seed and further numbers.

/// The generator SplitMix64 (Steele, Lea and Flood 2014): a counter whose bits are mixed.
///
/// A sample's stream is named by the seed, the epoch and the sample's index. A batch is therefore the same on
/// every thread, and a resumed run draws the same numbers as an uninterrupted one.
package struct SplitMix64: Sendable, RandomNumberGenerator {
  /// The counter's step: 2⁶⁴ divided by the golden ratio.
  @usableFromInline static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  @usableFromInline var state: UInt64

  /// Starts from the value of the counter.
  @inlinable package init(state: UInt64) { self.state = state }

  /// Chooses the stream that a seed and the given numbers name.
  package init(seed: UInt64, _ numbers: Int...) {
    state = Self.mix(seed &+ Self.step)
    for number in numbers {
      state = Self.mix(state ^ Self.mix(UInt64(bitPattern: Int64(clamping: number)) &+ 0xD1B5_4A32_D192_ED03))
    }
  }

  /// Mixes the bits of a number, so that similar numbers give unrelated results (a bijection).
  @inlinable package static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 random bits.
  @inlinable package mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// A number from 0 to below 1, with 24 random bits.
  @inlinable package mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number between `low` and `high`.
  @inlinable package mutating func uniform(_ low: Float, _ high: Float) -> Float {
    low + (high - low) * uniform()
  }

  /// A number between `-bound` and `bound`.
  @inlinable package mutating func uniform(within bound: Float) -> Float { (uniform() * 2 - 1) * bound }

  /// True with the given probability.
  @inlinable package mutating func bernoulli(_ probability: Float) -> Bool { uniform() < probability }

  /// An index from 0 to below `bound`.
  ///
  /// The bias, `bound` divided by 2⁶⁴, is not removed.
  @inlinable package mutating func index(below bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from nearly the normal distribution with mean 0 and variance 1: the sum of four uniform numbers,
  /// scaled, within ±3.46.
  ///
  /// Distortions do not depend on the tails, and this costs no logarithm.
  @inlinable package mutating func approximateNormal() -> Float {
    let bits = next()
    let sum = Int(bits & 0xFFFF) + Int((bits >> 16) & 0xFFFF) + Int((bits >> 32) & 0xFFFF) + Int(bits >> 48)
    // The sum of four numbers of 0…65535 has mean 131070 and standard deviation 65536 · √(4/12).
    return Float(sum - 131_070) * (1 / 37_837.2)
  }

  /// The indices below `count` in random order (Fisher and Yates).
  package mutating func permutation(of count: Int) -> [Int32] {
    var order = Array(0..<Int32(count))
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, index(below: last + 1)) }
    return order
  }
}
