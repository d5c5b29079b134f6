// Finds the words on a page of numbers by the network for all characters.

import Preprocessing

extension Recognizer {
  /// The symbols of words that are no numbers; none for a model that knows no letters.
  ///
  /// - Parameters:
  ///   - lines: the lines as they are read.
  ///   - uncut: the same lines before touching symbols were cut.
  /// - Returns: the reason for each symbol, by its number on the page.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  func letterMarks(
    of lines: [DecodedLine], uncut: [DecodedLine]
  ) throws(ModelResultError) -> [Int: IgnoredMark.Reason] {
    let symbols = lines.flatMap(\.symbols)
    // A number alone is not mistaken for a word.
    guard let letters, symbols.count > rules.costs.maxAlone else { return [:] }
    var marks = Self.marks(of: lines)
    // Lines without a cut symbol are asked once.
    let cut = lines.indices.filter { lines[$0].symbols.contains(where: \.hypothesis.isPart) }
    var wholes = Self.marks(of: uncut).filter { cut.contains($0.line) }
    let asked = symbols + cut.flatMap { uncut[$0].symbols }
    let numbers = asked.flatMap { InputNormalizer.numbers($0.picture) }
    let answers = try model.parts[letters.part].means(
      of: predict(letters.part, numbers, asked.count), count: asked.count, model: model.name)
    let evidence = zip(asked, answers).map { symbol, answer in
      letters.evidence(
        answer, confidence: symbol.answer.confidence, isStroke: symbol.evidence.isStroke)
    }
    for i in marks.indices { marks[i].letterEvidence = evidence[i] }
    for i in wholes.indices { wholes[i].letterEvidence = evidence[marks.count + i] }
    let words = PageReview(marks, cutFrom: wholes, costs: rules.costs).letters
    return Dictionary(uniqueKeysWithValues: words.map { ($0, .letters) })
  }
}
