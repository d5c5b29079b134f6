// The decoder of a line: it scores the hypotheses of a lattice and chooses the cheapest path.

import Ink
import Preprocessing

/// A hypothesis with the networks' answer.
struct ScoredHypothesis {
  let hypothesis: Hypothesis
  /// The picture of it that the networks read.
  let picture: Coverage
  let answer: Answer
  /// What the page's refusal rule uses of it.
  let evidence: PageRefusalRule.Evidence
  /// How much more the cheapest path costs that divides the ink of this symbol in another way.
  var divisionLead = Double.infinity
  /// Whether the answer is a sign with dots, which is never a part of larger ink.
  private let hasDots: Bool

  init(
    _ hypothesis: Hypothesis, picture: Coverage, answer: Answer, lineHeight: Double, rules: DecodingRules
  ) {
    self.hypothesis = hypothesis
    self.picture = picture
    self.answer = answer
    hasDots = rules.haveDots[answer.best]
    evidence = PageRefusalRule.Evidence(
      confidence: answer.confidence,
      isStroke: rules.classes.labels[answer.best] == rules.strokeLabel,
      height: hypothesis.box.height / max(lineHeight, 1))
  }

  /// The width as a multiple of the height.
  private var aspect: Double { hypothesis.box.width / max(hypothesis.box.height, 1) }

  /// What the answer costs, in addition to the hypothesis' own cost.
  func score(besideDigits: Bool, _ costs: DecodingCosts) -> Double {
    if evidence.isLowStroke(costs) { return costs.maxScore }
    let score = min(-logarithm(max(answer.confidence, costs.minConfidence)), costs.maxScore)
    guard hypothesis.isPart else { return score }
    if hasDots { return .infinity }
    let least =
      besideDigits
      ? costs.minPartConfidenceBesideDigits
      : evidence.isStroke ? costs.minStrokePartConfidence : costs.minPartConfidence
    return answer.confidence < least ? .infinity : evidence.isStroke ? score + costs.strokePart : score
  }

  /// Whether it is confidently one digit.
  func isConfidentlySingle(_ costs: DecodingCosts) -> Bool {
    evidence.isConfident(costs) && aspect <= costs.wideAspect
  }

  /// Whether it may be two symbols that touch, for less than it costs itself.
  func mayBeTwo(besideDigits: Bool, _ costs: DecodingCosts) -> Bool {
    guard hypothesis.cost + score(besideDigits: besideDigits, costs) > costs.cut else { return false }
    if aspect > costs.wideAspect { return besideDigits || answer.confidence < costs.wideSingleConfidence }
    return aspect > costs.narrowAspect && answer.confidence < costs.singleConfidence
  }
}

/// The symbols that were chosen for a line.
struct DecodedLine {
  let lattice: SymbolLattice
  var symbols: [ScoredHypothesis]
  /// The cost of the path.
  let cost: Double
}

/// Chooses the symbols of a line by the costs of their arrangement and the networks' answers.
struct LineDecoder {
  let lattice: SymbolLattice
  private let rules: DecodingRules
  /// Whether other symbols of the page are confidently digits.
  private let besideDigits: Bool
  /// The hypotheses with their answers; nil where none was asked for.
  private(set) var scored: [ScoredHypothesis?]

  init(_ lattice: SymbolLattice, rules: DecodingRules, besideDigits: Bool = false) {
    self.lattice = lattice
    self.rules = rules
    self.besideDigits = besideDigits
    scored = Array(repeating: nil, count: lattice.hypotheses.count)
  }

  /// Decodes a line whose symbols may be cut.
  ///
  /// Answers to hypotheses with the same ink are kept.
  init(_ refinement: Segmentation.Refinement, of coarse: LineDecoder, besideDigits: Bool) {
    self.init(refinement.lattice, rules: coarse.rules, besideDigits: besideDigits)
    for (index, known) in refinement.unchanged {
      if let known = coarse.scored[known] { add(known.answer, to: known.picture, for: index) }
    }
  }

  /// The hypotheses without an answer that may be on a path which costs less than a bound.
  func unanswered(below bound: Double) -> [Int] {
    lattice.hypotheses(onPathsBelow: bound, adding: scores(unanswered: 0)).filter { scored[$0] == nil }
  }

  /// Adds the networks' answer to a hypothesis.
  mutating func add(_ answer: Answer, to picture: Coverage, for hypothesis: Int) {
    scored[hypothesis] = ScoredHypothesis(
      lattice.hypotheses[hypothesis], picture: picture, answer: answer, lineHeight: lattice.height,
      rules: rules)
  }

  /// The cheapest path of hypotheses with answers.
  var decoded: DecodedLine {
    let scores = scores(unanswered: .infinity)
    let path = lattice.cheapestPath(adding: scores)
    let symbols = path.hypotheses.compactMap { index -> ScoredHypothesis? in
      guard var symbol = scored[index], rules.weighsDivisions else { return scored[index] }
      var others = scores
      others[index] = .infinity
      symbol.divisionLead = lattice.cheapestPath(adding: others).cost - path.cost
      return symbol
    }
    return DecodedLine(lattice: lattice, symbols: symbols, cost: path.cost)
  }

  private func scores(unanswered: Double) -> [Double] {
    scored.map { $0?.score(besideDigits: besideDigits, rules.costs) ?? unanswered }
  }
}
