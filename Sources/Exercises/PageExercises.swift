// From the reading of a page to its exercises, each with what its question and its answer may say.

package import Arithmetic
import Ink
package import Recognition

/// An exercise with the readings of its question and of its answer.
package struct ReadExercise: Sendable, Hashable {
  /// The signs, as the layout found them, with their symbols.
  package let item: ExerciseItem
  /// What the question may say, from its own symbols alone.
  package let question: AlternativeReadings
  /// What the answer may say, from its own symbols alone.
  package let answer: AlternativeReadings

  /// The exercise as plain text, with the answer in its place.
  package var text: String {
    ExerciseJudge(margins: .usual).judge(question: question, answer: answer).text
  }
}

/// The exercises of a page, before any of them is judged.
package struct PageExercises: Sendable {
  /// The exercises in reading order.
  package let exercises: [ReadExercise]
  /// The symbols of the page; tokens name them by their indices.
  package let symbols: [Symbol]

  /// Finds the exercises in a reading in the mode for sums.
  package init(_ reading: Reading) {
    symbols = reading.symbols
    let choices = Self.choices(reading)
    let layout = PageLayout(zip(choices, reading.symbols).map { LabelledBox($0.label, $1.levelBox) })
    exercises = layout.items.map { item in
      ReadExercise(
        item: item, question: Self.readings(of: item.question, choices),
        answer: Self.readings(of: item.answer, choices))
    }
  }

  /// The exercises as plain text, one on each line.
  package var text: String { exercises.map(\.text).joined(separator: "\n") }

  /// Lines with fewer symbols have the size of the page's writing.
  private static let leastSymbols = 4

  /// A symbol of at least this share of the height of the writing shows where the line is.
  private static let leastTall = 0.6

  /// What each symbol may be, with the height of the writing in its line and its place beside tall symbols.
  private static func choices(_ reading: Reading) -> [SymbolChoices] {
    let pageSize = writingSize(reading.symbols[...])
    var rest = reading.symbols[...]
    var choices: [SymbolChoices] = []
    for length in reading.lineLengths {
      let line = rest.prefix(length)
      rest = rest.dropFirst(length)
      let size = length < leastSymbols ? pageSize : writingSize(line)
      let tall = line.map(\.levelBox).filter { $0.height >= leastTall * size }
      choices += zip(line, areInEquations(line, size: size)).map { symbol, isInEquation in
        let isSmall = symbol.levelBox.height < leastTall * size
        return SymbolChoices(
          symbol, writingSize: size, place: isSmall ? place(of: symbol.levelBox, beside: tall) : nil,
          isInEquation: isInEquation)
      }
    }
    return choices + rest.map { SymbolChoices($0, writingSize: pageSize) }
  }

  /// A gap wider than this, in heights of the writing, separates exercises that stand side by side.
  private static let exerciseGap = 2.5

  /// What is further away than this, in its own heights, does not show where a small symbol stands.
  private static let neighbourGap = 1.5

  /// For each symbol of a line whether an equals sign stands in the same exercise.
  private static func areInEquations(_ line: ArraySlice<Symbol>, size: Double) -> [Bool] {
    let symbols = Array(line)
    let order = symbols.indices.sorted { symbols[$0].levelBox.x < symbols[$1].levelBox.x }
    var groups: [[Int]] = []
    var right = -Double.infinity
    for index in order {
      let box = symbols[index].levelBox
      if groups.isEmpty || box.x - right > exerciseGap * size { groups.append([]) }
      groups[groups.count - 1].append(index)
      right = max(right, box.right)
    }
    var result = symbols.map { _ in false }
    for group in groups where group.contains(where: { symbols[$0].candidates.first?.label == "=" }) {
      for index in group { result[index] = true }
    }
    return result
  }

  /// The height of the writing, from boxes alone.
  private static func writingSize(_ symbols: ArraySlice<Symbol>) -> Double {
    // A third of the symbols is higher, because signs are low.
    let heights = symbols.map(\.levelBox.height).sorted()
    return heights.isEmpty ? 0 : heights[heights.count * 2 / 3]
  }

  /// How low a small symbol stands beside the nearest tall ones of its line, the mean of both sides; nil without any.
  private static func place(of box: Box, beside tall: [Box]) -> Double? {
    func middle(_ box: Box) -> Double { box.x + box.width / 2 }
    let left = tall.filter { middle($0) <= middle(box) }.max { middle($0) < middle($1) }
    let right = tall.filter { middle($0) > middle(box) }.min { middle($0) < middle($1) }
    let both = [left, right].compactMap(\.self)
    let near = both.filter { max($0.x - box.right, box.x - $0.right) < neighbourGap * $0.height }
    let places = (near.isEmpty ? both : near).map { (box.y + box.height / 2 - $0.y) / max($0.height, 1e-9) }
    return places.isEmpty ? nil : places.reduce(0, +) / Double(places.count)
  }

  /// How much less probable a reading is that is no formula, as a difference of log-probabilities.
  ///
  /// It lets the grammar choose between "12" and "(2" where both are possible, and not where the ink is clear.
  package static let grammarPenalty = 3.0

  /// What a part of an exercise may say.
  private static func readings(of tokens: [Token], _ choices: [SymbolChoices]) -> AlternativeReadings {
    if tokens.isEmpty { return AlternativeReadings([]) }
    let readings = AlternativeReadings(tokens, choices: { choices.choices(of: $0) })
    return AlternativeReadings(
      readings.readings.map { reading in
        isGrammatical(reading.tokens)
          ? reading
          : AlternativeReading(reading.tokens, logProbability: reading.logProbability - grammarPenalty)
      }, unlistedLogProbability: readings.unlistedLogProbability)
  }

  /// Whether some signs are a formula, a statement, or a relation that was written in.
  private static func isGrammatical(_ tokens: [Token]) -> Bool {
    if tokens.count == 1, Relation(rawValue: tokens[0].sign) != nil { return true }
    return (try? FormulaParser.statement(tokens)) != nil
  }
}
