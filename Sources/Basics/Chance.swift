// Random numbers that a seed determines for ever, whatever the machine, the thread or the moment.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A stream of random numbers (SplitMix64: a counter, mixed), chosen by a seed and any further numbers.
///
/// A sample's stream is named by the seed, the epoch and the sample's place, so that a batch is the
/// same whoever makes it, and a run resumed in the middle goes on as if nothing had happened.
package struct Chance: Sendable, RandomNumberGenerator {
  private var state: UInt64

  /// Chooses the stream that a seed and the given numbers name.
  package init(seed: UInt64, _ numbers: Int...) {
    var state = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
    for number in numbers {
      state = Self.mix(state ^ Self.mix(UInt64(bitPattern: Int64(clamping: number)) &+ 0xD1B5_4A32_D192_ED03))
    }
    self.state = state
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number from 0 up to, not including, 1.
  package mutating func unit() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number between minus one and one times the reach.
  package mutating func within(_ reach: Float) -> Float {
    (unit() * 2 - 1) * reach
  }

  /// A number between two others.
  package mutating func between(_ low: Float, _ high: Float) -> Float {
    low + (high - low) * unit()
  }

  /// Whether something that happens with this probability happens now.
  package mutating func happens(_ probability: Float) -> Bool {
    unit() < probability
  }

  /// A whole number from 0 up to, not including, the bound.
  package mutating func index(below bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number of nearly normal distribution, mean 0, deviation 1: four uniform ones added, within ±3.46.
  ///
  /// It is for distortions, where tails do not matter and a logarithm for each number would.
  package mutating func bell() -> Float {
    let bits = next()
    let sum = Int(bits & 0xFFFF) + Int((bits >> 16) & 0xFFFF) + Int((bits >> 32) & 0xFFFF) + Int(bits >> 48)
    // The sum of four numbers of 0…65535 has mean 131070 and deviation 65536 · √(4/12).
    return Float(sum - 131_070) * (1 / 37_837.2)
  }

  /// The numbers below a bound in random order (Fisher and Yates).
  package mutating func order(of count: Int) -> [Int32] {
    var order = (0..<Int32(count)).map { $0 }
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, index(below: last + 1)) }
    return order
  }
}
