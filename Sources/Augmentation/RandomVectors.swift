// Random vectors of two components.

import Basics

extension SplitMix64 {
  /// A vector whose components are nearly normally distributed with mean 0 and variance 1.
  mutating func normalVector() -> SIMD2<Float> { SIMD2(approximateNormal(), approximateNormal()) }

  /// A vector whose components are between `-bound` and `bound`.
  mutating func uniformVector(within bound: Float) -> SIMD2<Float> {
    SIMD2(uniform(within: bound), uniform(within: bound))
  }
}
