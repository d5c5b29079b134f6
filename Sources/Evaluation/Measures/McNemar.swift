// The test whether two models that read the same samples differ by more than chance.

import CLibrary

/// McNemar's test: how unevenly two models share the samples that only one of them got right.
package struct McNemar: Sendable, Equatable {
  /// Samples that the first model alone got right.
  package let firstOnly: Int
  /// Samples that the second model alone got right.
  package let secondOnly: Int

  /// Compares two models' answers to the same samples, each true where it is right.
  package init(first: [Bool], second: [Bool]) {
    firstOnly = zip(first, second).count { $0 && !$1 }
    secondOnly = zip(first, second).count { !$0 && $1 }
  }

  /// Makes a test of the two numbers.
  package init(firstOnly: Int, secondOnly: Int) {
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
  }

  /// The probability of a split at least as uneven if both models were equally good (exact, two-sided).
  package var probability: Double {
    let total = firstOnly + secondOnly
    if total == 0 { return 1 }
    let fewer = min(firstOnly, secondOnly)
    // The terms of the binomial distribution, by their logarithms: 2^-n underflows from about a thousand samples.
    var sum = 0.0
    for k in 0...fewer {
      let numerator = lgamma(Double(total + 1)) - lgamma(Double(k + 1))
      sum += exp(numerator - lgamma(Double(total - k + 1)) - Double(total) * log(2))
    }
    return min(1, 2 * sum)
  }
}
