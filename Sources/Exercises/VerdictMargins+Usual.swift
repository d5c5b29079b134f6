// The margins of verdicts.

package import Arithmetic

extension VerdictMargins {
  /// The margins for a model that brings none of its own.
  ///
  /// A difference of 4 is a ratio of 55 between the probabilities of the best reading and of its rival.
  package static let usual = VerdictMargins(right: 4, wrong: 4, question: 4)
}
