// The margins of verdicts of a model.

package import Arithmetic
package import Recognition

extension VerdictMargins {
  /// The margins for a model that brings none of its own.
  ///
  /// A difference of 4 is a ratio of 55 between the probabilities of the best reading and of its rival.
  package static let usual = VerdictMargins(4)

  /// The name of the fact in a model's metadata.
  package static let fact = "sums_margins"

  /// The margins of a model; the usual ones where it has none.
  package init(of model: Model) {
    self = model.facts[Self.fact].flatMap(VerdictMargins.init(text:)) ?? .usual
  }

  /// The margins as text: of the answer and of the question for `right`, then for `wrong`.
  package var text: String {
    [right.answer, right.question, wrong.answer, wrong.question].map { "\($0)" }.joined(separator: " ")
  }

  /// Reads margins; nil where they are no four numbers that are not negative.
  package init?(text: String) {
    let numbers = text.split(separator: " ").compactMap { Double($0) }.filter { $0 >= 0 && $0.isFinite }
    guard numbers.count == 4 else { return nil }
    self.init(
      right: Margin(answer: numbers[0], question: numbers[1]),
      wrong: Margin(answer: numbers[2], question: numbers[3]))
  }
}
