// From a page to what it says: guesses where the symbols are, and networks that choose among them.

public import Ink
import NeuralNetwork
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
    guard let fitting = InputNormalizer(model.preprocessing) else {
      throw ModelError(
        what: "preprocessing", found: "'\(model.preprocessing)'",
        expected: "words like '\(InputNormalizer.usual)', or none")
    }
    guard model.inputShape.count == InputNormalizer.side * InputNormalizer.side else {
      throw ModelError(
        what: "architecture", found: "an input of \(model.inputShape.count) numbers",
        expected: "\(InputNormalizer.side * InputNormalizer.side)")
    }
    self.model = model
    segmentation = Segmentation(fitting: fitting)
    predict = predictor
  }

  /// Reads a page; the boxes are in page units.
  public func read(_ page: Page) throws(ModelResultError) -> Reading {
    var segments = segmentation.segments(of: page)
    if let picture = page.picture {
      segments.unit *= Page.longerSide / Double(max(picture.width, picture.height, 1))
    }
    return try reading(of: segments)
  }

  /// Reads a picture; the boxes are in its pixels.
  public func read(_ picture: GrayImage) throws(ModelResultError) -> Reading {
    try reading(of: segmentation.segments(of: picture))
  }

  /// Reads a picture that shows one symbol and is not to be taken apart.
  public func read(single picture: GrayImage) throws(ModelResultError) -> Reading {
    let ink = InkExtraction.removed(from: picture)
    guard let input = segmentation.fitting.input(of: ink) else { return .empty }
    let box = Box(x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
    return Reading(symbols: [symbol(box, input, try answers(to: [input])[0])])
  }

  /// Reads strokes that make up one symbol.
  public func read(single strokes: [Stroke]) throws(ModelResultError) -> Reading {
    guard let box = Drawing(strokes).bounds, let input = segmentation.fitting.input(of: strokes) else {
      return .empty
    }
    return Reading(symbols: [symbol(box, input, try answers(to: [input])[0])])
  }

  /// The networks' answers to inputs of 28 by 28 levels.
  public func answers(to inputs: [Coverage]) throws(ModelResultError) -> [Answer] {
    if inputs.isEmpty { return [] }
    var numbers: [Float] = []
    numbers.reserveCapacity(inputs.count * InputNormalizer.side * InputNormalizer.side)
    for input in inputs { for level in input.levels { numbers.append(Float(level) / 255) } }
    let rows = predict(numbers, inputs.count)
    let outputs = model.classes.outputs
    return try inputs.indices.map { (i) throws(ModelResultError) in
      try model.answer(probabilities: rows.map { Array($0[i * outputs..<(i + 1) * outputs]) })
    }
  }

  private func reading(of segments: Segments) throws(ModelResultError) -> Reading {
    var lines = try answered(segments.lines)
    // What the networks doubt, and what they take for one symbol though it is wide, may be two that touch.
    // A model that was never taught what is no digit is as sure of parts as of digits: it vouches for nothing.
    let sure = model.classes.hasBackground ? lines.reduce(0) { $0 + $1.path.count(where: \.isSurelyOne) } : 0
    for (i, line) in lines.enumerated() {
      let doubtful = line.path.filter { $0.mayBeTwo(besideDigits: sure > ($0.isSurelyOne ? 1 : 0)) }
      guard let cut = segmentation.cut(line.text, at: doubtful.flatMap(\.hypothesis.pieces)) else {
        continue
      }
      let again = try LineDecoder(
        cut, labels: model.classes.labels, besideDigits: sure > 0, below: line.cost
      ) { (numbers) throws(ModelResultError) in
        try answered(numbers.map { segmentation.input(of: cut.hypotheses[$0], in: cut) })
      }
      if again.cost < line.cost { lines[i] = again }
    }
    let path = lines.flatMap(\.path)
    let symbols = zip(path, PageRefusalRule.refused(path.map(\.member), by: model.refusal)).map {
      guess, refused in
      let box = guess.hypothesis.box.scaled(by: segments.unit)
      return symbol(box, guess.input, guess.answer, refused: refused)
    }
    return Reading(symbols: symbols, lineLengths: lines.map(\.path.count).filter { $0 > 0 })
  }

  /// All guesses of some lines go to the networks at once.
  private func answered(_ lines: [TextLine]) throws(ModelResultError) -> [LineDecoder] {
    var seen = try answered(
      lines.flatMap { line in line.hypotheses.map { segmentation.input(of: $0, in: line) } })[...]
    return try lines.map { (line) throws(ModelResultError) in
      let own = Array(seen.prefix(line.hypotheses.count))
      seen = seen.dropFirst(own.count)
      return try LineDecoder(line, labels: model.classes.labels) { numbers in numbers.map { own[$0] } }
    }
  }

  private func answered(_ inputs: [Coverage]) throws(ModelResultError) -> [(input: Coverage, answer: Answer)]
  {
    zip(inputs, try answers(to: inputs)).map { ($0, $1) }
  }

  private func symbol(_ box: Box, _ input: Coverage, _ answer: Answer, refused: Bool? = nil) -> Symbol {
    Symbol(
      box: box, candidates: answer.candidates(of: model.classes), background: answer.background,
      refused: refused ?? model.refusal.refuses(confidence: answer.confidence),
      input: InputNormalizer.numbers(input))
  }
}
