// Whether two models that read the same samples differ by more than chance.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// McNemar's test: of the samples that only one of two models got right, how uneven is the split.
package struct McNemar: Sendable, Equatable {
  /// Samples that the first model alone got right.
  package let firstOnly: Int
  /// Samples that the second model alone got right.
  package let secondOnly: Int

  /// Compares two models' answers to the same samples, true where right.
  package init(first: [Bool], second: [Bool]) {
    firstOnly = zip(first, second).count { $0 && !$1 }
    secondOnly = zip(first, second).count { !$0 && $1 }
  }

  /// Takes the two numbers themselves.
  package init(firstOnly: Int, secondOnly: Int) {
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
  }

  /// The probability of a split at least as uneven, were both models equally good (exact, two-sided).
  package var probability: Double {
    let total = firstOnly + secondOnly
    if total == 0 { return 1 }
    let fewer = min(firstOnly, secondOnly)
    // The binomial's terms in logarithms: 2^-n underflows from a thousand samples on.
    var sum = 0.0
    for k in 0...fewer {
      sum += exp(
        lgamma(Double(total + 1)) - lgamma(Double(k + 1)) - lgamma(Double(total - k + 1)) - Double(total)
          * log(2))
    }
    return min(1, 2 * sum)
  }
}
