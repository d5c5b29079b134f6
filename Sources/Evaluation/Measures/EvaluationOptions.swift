// Which answers an evaluation allows, and which it counts as the same.

import Recognition

/// Which answers an evaluation allows, and which it counts as the same.
package struct EvaluationOptions: Sendable {
  /// The labels that may be answered; nil for all of the mode.
  package var only: Set<String>?
  /// Whether the two cases of a letter, and look-alikes, count as one.
  package var folds = false

  /// Allows all answers of the mode and folds nothing.
  package init() {}

  /// An answer with the probabilities of what is allowed alone, and with those of one label that stands for all that
  /// count as the same.
  func restricted(_ answer: Answer, to classes: Classes) -> Answer {
    if only == nil, !folds { return answer }
    let target = self.classes(of: classes)
    var probabilities = [Double](repeating: 0, count: classes.labels.count)
    for (index, label) in classes.labels.enumerated() where only?.contains(label) ?? true {
      probabilities[target(label) ?? index] += answer.probabilities[index]
    }
    let allowed = probabilities.reduce(0, +)
    let background = answer.background
    guard allowed > 0 else { return Answer(probabilities: answer.probabilities, background: 1) }
    return Answer(
      probabilities: probabilities.map { $0 / allowed },
      background: background / (background + (1 - background) * allowed))
  }

  /// The class of a label: its own, or that of the first label that counts as the same.
  func classes(of classes: Classes) -> @Sendable (String) -> Int? {
    let key: @Sendable (String) -> String = { [folds] in folds ? Lookalikes.folded($0) : $0 }
    let allowed = classes.labels.enumerated().filter { only?.contains($0.element) ?? true }
    let indices = Dictionary(allowed.map { (key($0.element), $0.offset) }) { first, _ in first }
    return { indices[key($0)] }
  }
}
