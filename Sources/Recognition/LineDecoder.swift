// A line of guesses with the networks' answers, and the way through it that is believed.

import Ink
import Preprocessing

/// A line with the networks' answers to its guesses, and the guesses that are believed.
struct LineDecoder {
  let text: TextLine
  /// The most probable way from the first piece to the last.
  let path: [AnsweredGuess]
  /// What the way costs.
  let cost: Double

  /// Finds the way; networks are asked about all guesses that begin at one piece at once.
  ///
  /// A line that was cut offers many guesses, of which only those are asked about that can be reached for less than
  /// the `bound`, what the line cost before.
  init(
    _ text: TextLine, labels: [String], besideDigits: Bool = false, below bound: Double = .infinity,
    ask: ([Int]) throws(ModelResultError) -> [(input: Coverage, answer: Answer)]
  ) throws(ModelResultError) {
    var known: [Int: AnsweredGuess] = [:]
    let way = try text.bestPath(below: bound) { (numbers) throws(ModelResultError) in
      zip(numbers, try ask(numbers)).map { number, asked in
        let guess = AnsweredGuess(
          text.hypotheses[number], asked.input, asked.answer, labels, lineHeight: text.height)
        known[number] = guess
        return guess.price(besideDigits: besideDigits)
      }
    }
    self.text = text
    path = way.guesses.compactMap { known[$0] }
    cost = way.cost
  }
}

/// A guess with what the networks say of it.
struct AnsweredGuess {
  let hypothesis: Hypothesis
  /// What the networks saw of it.
  let input: Coverage
  let answer: Answer
  /// What it is in the company of the page's other symbols.
  let member: PageRefusalRule.Member

  /// No symbol is dearer than this, so that one scribble does not decide over a whole line, nor is taken to pieces.
  private static let dearest = 3.0
  /// What a part that is a bare stroke costs besides: many symbols have an edge that looks like one.
  private static let priceOfStroke = 0.12
  /// A part must be as sure as this: the cut may go through a letter or a scribble, whose parts often look like
  /// strokes; beside digits, touching ones are likelier.
  private static let (leastOfPart, leastOfStroke, leastBesideDigits) = (0.95, 0.995, 0.7)
  /// Less sure than this, a network may have been shown two symbols; of wide ink it must be surer.
  private static let (sure, sureOfWide) = (0.99, 0.999)
  /// Wider than this against its height, a symbol may be two, beside digits however sure the networks are; narrower
  /// than the other, it is one however unsure.
  private static let (wide, narrow) = (0.85, 0.55)

  init(
    _ hypothesis: Hypothesis, _ input: Coverage, _ answer: Answer, _ labels: [String], lineHeight: Double
  ) {
    self.hypothesis = hypothesis
    self.input = input
    self.answer = answer
    member = PageRefusalRule.Member(
      confidence: answer.confidence, isStroke: labels[answer.best] == "1",
      height: hypothesis.box.height / max(lineHeight, 1))
  }

  /// What it costs to believe it, besides how it looks.
  func price(besideDigits: Bool) -> Double {
    if member.isLowStroke { return Self.dearest }
    let price = min(-logarithm(max(answer.confidence, 1e-9)), Self.dearest)
    guard hypothesis.isPart else { return price }
    let least =
      besideDigits ? Self.leastBesideDigits : member.isStroke ? Self.leastOfStroke : Self.leastOfPart
    return answer.confidence < least ? .infinity : member.isStroke ? price + Self.priceOfStroke : price
  }

  /// Whether it is one digit beyond doubt.
  var isSurelyOne: Bool { member.isSure && width <= Self.wide }

  /// Whether it may be two symbols that touch, at less than it costs itself.
  func mayBeTwo(besideDigits: Bool) -> Bool {
    guard hypothesis.cost + price(besideDigits: besideDigits) > TextLine.priceOfCut else { return false }
    if width > Self.wide { return besideDigits || answer.confidence < Self.sureOfWide }
    return width > Self.narrow && answer.confidence < Self.sure
  }

  /// Its width against its height.
  private var width: Double { hypothesis.box.width / max(hypothesis.box.height, 1) }
}
