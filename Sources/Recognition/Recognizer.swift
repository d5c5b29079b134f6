// From a page to what it says: guesses where the symbols are, and networks that choose among them.

public import Ink
import Neural
public import Preprocessing

/// Reads pages with a model.
///
/// Ink is cut into more pieces than there are symbols; neighbouring pieces, taken together in every way
/// that looks possible, are shown to the networks; and of all ways from a line's first piece to its last
/// the one is believed whose symbols are together the most probable.
public struct Recognizer: Sendable {
  /// What gives the networks' probabilities for inputs: `count` rows of the model's input, one after
  /// the other, become for each network `count` rows of its outputs.
  public typealias Predictor = @Sendable (_ inputs: [Float], _ count: Int) -> [[Float]]

  /// The model that reads.
  public let model: Model
  /// How ink becomes the model's input.
  public let segmentation: Segmentation
  private let predict: Predictor

  /// Makes a recognizer of a model.
  public init(_ model: Model) throws(ModelError) {
    let networks = model.networks.map { Inference($0) }
    try self.init(model) { inputs, _ in networks.map { $0.probabilities(inputs) } }
  }

  /// Makes a recognizer of a model and what computes its networks.
  public init(_ model: Model, predictor: @escaping Predictor) throws(ModelError) {
    guard let fitting = Fitting(model.preprocessing) else {
      throw ModelError(
        what: "preprocessing", found: "'\(model.preprocessing)'",
        expected: "words like '\(Fitting.usual)', or none")
    }
    guard model.inputShape.count == Fitting.side * Fitting.side else {
      throw ModelError(
        what: "architecture", found: "an input of \(model.inputShape.count) numbers",
        expected: "\(Fitting.side * Fitting.side)")
    }
    self.model = model
    segmentation = Segmentation(fitting: fitting)
    predict = predictor
  }

  /// Reads a page; the boxes are in page units.
  public func read(_ page: Page) -> Reading {
    guard let picture = page.picture else { return reading(of: segmentation.segments(of: page)) }
    let scale = Page.longerSide / Double(max(picture.width, picture.height, 1))
    let reading = reading(of: segmentation.segments(of: page))
    return Reading(
      symbols: reading.symbols.map { symbol in
        Symbol(
          box: Box(
            x: symbol.box.x * scale, y: symbol.box.y * scale, width: symbol.box.width * scale,
            height: symbol.box.height * scale),
          candidates: symbol.candidates, background: symbol.background, refused: symbol.refused,
          input: symbol.input)
      }, lineLengths: reading.lineLengths)
  }

  /// Reads a picture; the boxes are in its pixels.
  public func read(_ picture: GrayImage) -> Reading { reading(of: segmentation.segments(of: picture)) }

  /// Reads a picture that shows one symbol and is not to be taken apart.
  public func read(single picture: GrayImage) -> Reading {
    let ink = Paper.removed(from: picture)
    guard let input = segmentation.fitting.input(of: ink) else { return .empty }
    let box = Box(x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
    return Reading(symbols: [symbol(box, input, answers(to: [input])[0])])
  }

  /// Reads strokes that make up one symbol.
  public func read(single strokes: [Stroke]) -> Reading {
    guard let box = Drawing(strokes).bounds, let input = segmentation.fitting.input(of: strokes) else {
      return .empty
    }
    return Reading(symbols: [symbol(box, input, answers(to: [input])[0])])
  }

  /// The networks' answers to inputs of 28 by 28 levels.
  public func answers(to inputs: [Coverage]) -> [Answer] {
    if inputs.isEmpty { return [] }
    var numbers: [Float] = []
    numbers.reserveCapacity(inputs.count * Fitting.side * Fitting.side)
    for input in inputs { for level in input.levels { numbers.append(Float(level) / 255) } }
    let rows = predict(numbers, inputs.count)
    let outputs = model.classes.outputs
    return inputs.indices.map { i in
      model.answer(probabilities: rows.map { Array($0[i * outputs..<(i + 1) * outputs]) })
    }
  }

  private func reading(of segments: Segments) -> Reading {
    var lines = answered(segments.lines)
    // What the networks doubt, and what they take for one symbol though it is wide, may be two that touch.
    var doubted: [(line: Int, cut: TextLine)] = []
    for (i, line) in lines.enumerated() {
      let pieces = line.path.lazy.filter { line.isDoubtful($0) }.map {
        line.text.hypotheses[$0].pieces.lowerBound
      }
      if let cut = segmentation.cut(line.text, at: pieces) { doubted.append((i, cut)) }
    }
    for (line, again) in zip(doubted.map(\.line), answered(doubted.map(\.cut))) { lines[line] = again }
    let symbols = lines.flatMap { line in
      line.path.map { symbol(line.text.hypotheses[$0].box, line.text.hypotheses[$0].input, line.answers[$0]) }
    }
    return Reading(symbols: symbols, lineLengths: lines.map(\.path.count).filter { $0 > 0 })
  }

  /// All guesses of some lines go to the networks at once.
  private func answered(_ lines: [TextLine]) -> [AnsweredLine] {
    var answers = answers(to: lines.flatMap { line in line.hypotheses.map(\.input) })[...]
    return lines.map { line in
      defer { answers = answers.dropFirst(line.hypotheses.count) }
      return AnsweredLine(line, Array(answers.prefix(line.hypotheses.count)), labels: model.classes.labels)
    }
  }

  private func symbol(_ box: Box, _ input: Coverage, _ answer: Answer) -> Symbol {
    Symbol(
      box: box, candidates: answer.candidates(of: model.classes), background: answer.background,
      refused: model.refusal.refuses(confidence: answer.confidence), input: Fitting.numbers(input))
  }
}

/// A line with the networks' answers to its guesses, and the guesses that are believed.
private struct AnsweredLine {
  let text: TextLine
  let answers: [Answer]
  /// The most probable way from the first piece to the last, as numbers of guesses.
  let path: [Int]

  /// No guess is dearer than this, so that one scribble does not decide over a whole line.
  private static let dearest = 6.0
  /// Less sure than this, a network may have been shown two symbols; of wide ink it must be surer.
  private static let (sure, sureOfWide) = (0.98, 0.995)
  /// Of what was cut the networks must be as sure as this, or the cut goes through a letter or a scribble.
  private static let sureOfPart = 0.9
  /// And of a stroke, which many letters have, where nothing beside it is surely a digit.
  private static let sureOfStroke = 0.98
  /// Wider than this against its height, a symbol may be two however sure the networks are; narrower than the
  /// other, it is one however unsure.
  private static let (wide, narrow) = (0.85, 0.55)

  init(_ text: TextLine, _ answers: [Answer], labels: [String]) {
    self.text = text
    self.answers = answers
    let hasCompany = zip(text.hypotheses, answers).contains { !$0.isPart && $1.confidence >= Self.sure }
    path = text.bestPath { number in
      let confidence = answers[number].confidence
      let price = min(-logarithm(max(confidence, 1e-9)), Self.dearest)
      if !text.hypotheses[number].isPart { return price }
      let isStroke = labels[answers[number].best] == "1"
      let least = isStroke && !hasCompany ? Self.sureOfStroke : Self.sureOfPart
      return confidence < least ? price + Self.dearest : price
    }
  }

  /// Whether a guess, one whole piece, may be two symbols that touch.
  func isDoubtful(_ number: Int) -> Bool {
    let guess = text.hypotheses[number]
    guard guess.pieces.count == 1 else { return false }
    let width = guess.box.width / max(guess.box.height, 1)
    let sure = width > Self.wide ? Self.sureOfWide : Self.sure
    return width > Self.narrow && answers[number].confidence < sure
  }
}
