// The types under which exercises are offered to other programs as mathematics.

/// What the window offers when a page is copied.
enum PageCopy {
  /// A text with its type.
  struct Formula: Sendable {
    let type: String
    let text: String
  }

  /// The exercises of an answer as MathML and LaTeX; none where there are no exercises.
  static func formulas(of answer: ModelEntry.Answer?) -> [Formula] {
    guard let answer, !answer.exercises.isEmpty else { return [] }
    let mathML = answer.mathML
    let types = ["application/mathml+xml", "application/mathml-presentation+xml"]
    return types.filter { _ in !mathML.isEmpty }.map { Formula(type: $0, text: mathML) }
      + ["text/x-latex", "application/x-latex"].map { Formula(type: $0, text: answer.latex) }
  }
}
