#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#endif

/// Random numbers that are the same on every machine: xoshiro256**, seeded through SplitMix64 (Blackman and
/// Vigna, "Scrambled linear pseudorandom number generators", 2021).
///
/// A value with 32 bytes of state, so a training run can be stopped and resumed to the same bits.
package struct RandomSource: RandomNumberGenerator, Sendable, Hashable {
  /// The four words of the state.
  package private(set) var state: SIMD4<UInt64>

  /// A source for a seed; sources of one seed with different streams are independent of each other.
  package init(seed: UInt64, stream: UInt64 = 0) {
    var word = seed ^ Self.mix(stream &* Self.golden)
    state = SIMD4()
    for lane in 0..<4 {
      word &+= Self.golden
      state[lane] = Self.mix(word)
    }
  }

  /// A source that goes on where another was, or nil for the one state that gives only zeros.
  package init?(state: SIMD4<UInt64>) {
    guard state != SIMD4() else { return nil }
    self.state = state
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
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
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from a range.
  package mutating func uniform(in range: Range<Double>) -> Double {
    range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
  }

  /// A number from 0 to below `bound`, each equally likely (Lemire's multiplication).
  package mutating func below(_ bound: Int) -> Int {
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

  /// Brings the elements into a random order, each equally likely (Fisher and Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, below(last + 1)) }
  }

  /// Turns a counter into 64 bits without a pattern (SplitMix64's last step).
  ///
  /// For numbers that must not depend on who asks first, such as dropout masks by sample.
  package static func mix(_ counter: UInt64) -> UInt64 {
    var word = counter
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  /// 2⁶⁴ divided by the golden ratio, SplitMix64's step.
  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15
}
