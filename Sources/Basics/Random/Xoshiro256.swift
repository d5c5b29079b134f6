// xoshiro256**: random numbers with 53 bits, for initial weights and for synthetic pages.

private import CLibrary

/// The generator xoshiro256**, seeded through SplitMix64 (Blackman and Vigna, "Scrambled linear pseudorandom
/// number generators", 2021).
package struct Xoshiro256: RandomNumberGenerator, Sendable {
  @usableFromInline var state: SIMD4<UInt64>

  /// A generator for a seed; generators of one seed with different streams are independent of each other.
  package init(seed: UInt64, stream: UInt64 = 0) {
    var seeds = SplitMix64(state: seed ^ SplitMix64.mix(stream &* SplitMix64.step))
    state = SIMD4(seeds.next(), seeds.next(), seeds.next(), seeds.next())
  }

  /// A generator in a given state, or nil for the state 0, from which only zeros follow.
  package init?(state: SIMD4<UInt64>) {
    guard state != SIMD4() else { return nil }
    self.state = state
  }

  /// The next 64 random bits.
  @inlinable package mutating func next() -> UInt64 {
    let product = state.y &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.y << 17
    state.z ^= state.x
    state.w ^= state.y
    state.y ^= state.z
    state.x ^= state.w
    state.z ^= shifted
    state.w = state.w << 45 | state.w >> 19
    return result
  }

  /// A number from 0 to below 1, with 53 random bits.
  @inlinable package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from a range.
  @inlinable package mutating func uniform(in range: Range<Double>) -> Double {
    range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
  }

  /// An index from 0 to below `bound`, without bias (Lemire's method).
  @inlinable package mutating func index(below bound: Int) -> Int {
    precondition(bound > 0)
    let bound = UInt64(bound)
    let threshold = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// A number from the normal distribution with mean 0 and variance 1 (Marsaglia's polar method).
  package mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }
}
