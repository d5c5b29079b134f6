// Reads pages: segmentation offers symbol hypotheses, and the decoder chooses among them by the networks'
// answers.

public import Ink
import NeuralNetwork
public import Preprocessing

/// Reads pages with a model.
///
/// Ink is divided into more pieces than there are symbols. Each plausible group of neighbouring pieces is a
/// hypothesis, the networks score all hypotheses, and the decoder chooses for each line the path of
/// hypotheses that is most probable as a whole. The networks are called at most twice a page: for the pieces
/// as they are, and for the parts of those that may be two touching symbols.
public struct Recognizer: Sendable {
  /// Computes the probabilities of a part of the model: from `count` rows of its inputs, one after the other, for each
  /// of its networks `count` rows of outputs.
  public typealias Predictor = @Sendable (_ part: Int, _ inputs: [Float], _ count: Int) -> [[Float]]

  /// The model that reads.
  public let model: Model
  /// What is read.
  public let mode: ReadingMode
  /// How ink becomes hypotheses and the model's input.
  public let segmentation: Segmentation
  /// The languages that help to read text; nil reads without.
  public let language: LanguageModel?
  let rules: DecodingRules
  /// Tells words from numbers; nil where letters are read too, and for models that know none.
  let letters: LetterEvidence?
  private let modeAnswers: ModeAnswers
  let predict: Predictor

  /// Creates a recognizer that computes the model's networks itself.
  ///
  /// - Parameters:
  ///   - model: the model that reads.
  ///   - mode: what is read.
  ///   - language: the languages that help to read text; nil reads without.
  ///   - ignoring: for which reasons marks of pictures are set aside; nil for all of them in the mode for digits, and
  ///     none in other modes, whose signs look like them.
  ///   - threads: the threads that compute the networks.
  /// - Throws: `ModelError` if the model's preprocessing or input size is not supported, or if it cannot read in the
  ///   mode.
  public init(
    _ model: Model, mode: ReadingMode = .digits, language: LanguageModel? = nil,
    ignoring: Set<IgnoredMark.Reason>? = nil, threads: Int = 1
  ) throws(ModelError) {
    // A part that the mode never asks takes neither time at the start nor memory.
    let fusion = model.fusion(in: mode)
    let letters = Self.letterEvidence(of: model, mode, ignoring)?.part
    let parts = model.parts.enumerated().map { index, part in
      let isAsked = fusion?.asks(part: index) == true || index == letters
      return isAsked ? part.networks.map { Inference($0, threads: threads) } : []
    }
    try self.init(model, mode: mode, language: language, ignoring: ignoring) { part, inputs, _ in
      parts[part].map { $0.probabilities(inputs) }
    }
  }

  /// Creates a recognizer with another way to compute the networks.
  ///
  /// - Parameters:
  ///   - model: the model that reads.
  ///   - mode: what is read.
  ///   - language: the languages that help to read text; nil reads without.
  ///   - ignoring: for which reasons marks of pictures are set aside; nil for the usual ones of the mode.
  ///   - predictor: computes the networks' probabilities.
  /// - Throws: `ModelError` if the model's preprocessing or input size is not supported, or if it cannot read in the
  ///   mode.
  public init(
    _ model: Model, mode: ReadingMode = .digits, language: LanguageModel? = nil,
    ignoring: Set<IgnoredMark.Reason>? = nil,
    predictor: @escaping Predictor
  ) throws(ModelError) {
    guard let normalizer = InputNormalizer(model.preprocessing) else {
      throw .wrong(
        what: "preprocessing", found: "'\(model.preprocessing)'",
        expected: "words like '\(InputNormalizer.usual)', or none")
    }
    for part in model.parts where part.input == .picture {
      guard let shape = part.networks.first?.architecture.input,
        shape.count == InputNormalizer.side * InputNormalizer.side
      else {
        throw .wrong(
          what: "architecture", found: "an input of \(model.inputShape.count) numbers",
          expected: "\(InputNormalizer.side * InputNormalizer.side)")
      }
    }
    self.model = model
    self.mode = mode
    self.language = language
    modeAnswers = try ModeAnswers(model, mode: mode)
    rules = DecodingRules(mode, modeAnswers.classes)
    letters = Self.letterEvidence(of: model, mode, ignoring)
    segmentation = Segmentation(
      normalizer: normalizer, ignoring: ignoring ?? Self.usuallyIgnored(mode),
      costs: rules.costs)
    predict = predictor
  }

  /// For which reasons a mode sets marks of pictures aside.
  private static func usuallyIgnored(_ mode: ReadingMode) -> Set<IgnoredMark.Reason> {
    mode == .digits ? IgnoredMark.Reason.all : []
  }

  private static func letterEvidence(
    of model: Model, _ mode: ReadingMode, _ ignoring: Set<IgnoredMark.Reason>?
  ) -> LetterEvidence? {
    guard mode == .digits, (ignoring ?? usuallyIgnored(mode)).contains(.letters) else { return nil }
    return LetterEvidence(model)
  }

  /// What place, neighbours and language count in text.
  var textCosts: TextCosts { model.textCosts ?? TextCosts() }

  /// The classes of the answers.
  public var classes: Classes { modeAnswers.classes }

  /// When an answer is refused.
  ///
  /// - Parameter hasStrokes: whether the strokes of the ink are known.
  /// - Returns: the rule.
  public func refusal(hasStrokes: Bool) -> Refusal { modeAnswers.fusion(hasStrokes: hasStrokes).refusal }

  /// Reads a page.
  ///
  /// - Parameters:
  ///   - page: the page.
  ///   - guides: the guide lines that a page of text has, in page units. They tell capitals from small letters;
  ///     without any, lines and their height are estimated from the ink.
  ///   - isUnfinished: whether a stroke is still being drawn; then ink is not cut into touching symbols, which takes
  ///     most of the time.
  /// - Returns: the reading; its boxes are in page units.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  public func read(
    _ page: Page, guides: [GuideLine] = [], isUnfinished: Bool = false
  ) throws(ModelResultError) -> Reading {
    let lattice = segmentation.lattice(of: page, guides: mode == .text ? guides : [])
    return try reading(of: lattice, cutsTouching: !isUnfinished)
  }

  /// Reads a picture; a scan or photo may be upside down or on its side.
  ///
  /// - Parameters:
  ///   - picture: the picture of a page.
  ///   - guides: the guide lines that a page of text has, in pixels; see `read(_:guides:)` of a page.
  ///   - isUnfinished: whether a stroke on the picture is still being drawn; then ink is not cut into touching
  ///     symbols, and no other orientation is tried.
  /// - Returns: the reading; its boxes are in pixels of the picture.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  public func read(
    _ picture: GrayImage, guides: [GuideLine] = [], isUnfinished: Bool = false
  ) throws(ModelResultError) -> Reading {
    let lattice = segmentation.lattice(of: picture, guides: mode == .text ? guides : [])
    var best = try reading(of: lattice, cutsTouching: !isUnfinished)
    guard !isUnfinished, lattice.isPaper, PageOrientation.isDoubtful(best) else { return best }
    for quarters in 1...3 {
      let turned = try reading(of: segmentation.lattice(of: picture.rotated(quarters: quarters)))
      if PageOrientation.isBetter(turned, than: best) {
        best = turned.unrotated(quarters: quarters, width: picture.width, height: picture.height)
      }
    }
    return best
  }

  /// Reads a picture as one symbol, without segmentation.
  ///
  /// - Parameter picture: the picture of the symbol.
  /// - Returns: the reading, with one symbol or none.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  public func read(single picture: GrayImage) throws(ModelResultError) -> Reading {
    let box = Box(x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
    return try reading(
      of: segmentation.normalizer.input(of: InkExtraction.removed(from: picture)).map {
        SymbolInput(picture: $0)
      },
      in: box)
  }

  /// Reads strokes as one symbol, without segmentation.
  ///
  /// - Parameter strokes: the strokes of the symbol.
  /// - Returns: the reading, with one symbol or none.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  public func read(single strokes: [Stroke]) throws(ModelResultError) -> Reading {
    guard let box = Drawing(strokes).bounds else { return .empty }
    return try reading(of: SymbolInput(strokes, normalizer: segmentation.normalizer), in: box)
  }

  /// Answers inputs with at most one call to each part of the model, or none without inputs.
  ///
  /// - Parameter inputs: the inputs.
  /// - Returns: the answers, in the inputs' order.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  public func answers(to inputs: [SymbolInput]) throws(ModelResultError) -> [Answer] {
    var parts: [[[Double]?]] = inputs.map { _ in [] }
    for (index, part) in model.parts.enumerated() {
      let asked = inputs.indices.filter { input in
        let hasStrokes = inputs[input].trajectory != nil
        return modeAnswers.fusion(hasStrokes: hasStrokes).weights[index] > 0
          && (part.input == .picture || hasStrokes)
      }
      for input in inputs.indices { parts[input].append(nil) }
      if asked.isEmpty { continue }
      let numbers = asked.flatMap { input in
        part.input == .picture
          ? InputNormalizer.numbers(inputs[input].picture) : inputs[input].trajectory ?? []
      }
      let means = try part.means(
        of: predict(index, numbers, asked.count), count: asked.count, model: model.name)
      for (input, mean) in zip(asked, means) { parts[input][index] = mean }
    }
    return zip(inputs, parts).map { input, parts in
      modeAnswers.answer(
        parts, hasStrokes: input.trajectory != nil, relativeSize: input.relativeSize)
    }
  }

  /// Decodes the lines, then once more those with symbols that may be two.
  private func reading(
    of page: PageLattice, cutsTouching: Bool = true
  ) throws(ModelResultError) -> Reading {
    if mode == .text {
      let text = try textPage(of: page, cutsTouching: cutsTouching)
      return reading(of: text, costs: textCosts, language: language)
    }
    var decoders = page.lines.map { LineDecoder($0, rules: rules) }
    let all = decoders.map(\.lattice.hypotheses.indices).map(Array.init)
    try answer(all, of: &decoders)
    var lines = decoders.map(\.decoded)
    let confident =
      rules.usesNeighbours
      ? lines.reduce(0) { $0 + $1.symbols.count { $0.isConfidentlySingle(rules.costs) } } : 0

    // A number alone on paper is hardly anything else.
    let isNumber = page.isForm && lines.reduce(0) { $0 + $1.symbols.count } <= rules.costs.maxAlone
    var refined: [(line: Int, decoder: LineDecoder)] = []
    for (i, line) in lines.enumerated() where cutsTouching {
      let doubtful = line.symbols.filter {
        let others = confident - ($0.isConfidentlySingle(rules.costs) ? 1 : 0)
        return $0.mayBeTwo(besideDigits: others > 0 || isNumber, rules.costs)
      }
      guard
        let refinement = segmentation.refinement(
          of: line.lattice, cutting: doubtful.flatMap(\.hypothesis.pieces))
      else { continue }
      refined.append((i, LineDecoder(refinement, of: decoders[i], besideDigits: confident > 0 || isNumber)))
    }
    var refinedDecoders = refined.map(\.decoder)
    try answer(
      refined.map { $0.decoder.unanswered(below: lines[$0.line].cost) }, of: &refinedDecoders)
    let uncut = lines
    for (i, decoder) in zip(refined.map(\.line), refinedDecoders) {
      let line = decoder.decoded
      if line.cost < lines[i].cost { lines[i] = line }
    }

    var ignored: [IgnoredMark] = []
    if mode == .digits, !page.isDrawn {
      let words = try letterMarks(of: lines, uncut: uncut)
      ignored += setAside(words, from: &lines)
      if page.isForm {
        ignored += setAside(PageReview(Self.marks(of: lines), costs: rules.costs).ignored, from: &lines)
      }
    }
    let symbols = lines.flatMap(\.symbols)
    var refused = PageRefusalRule.refused(
      symbols.map(\.evidence), by: refusal(hasStrokes: page.isDrawn), costs: rules.costs,
      isNumber: isNumber)
    if !page.isDrawn, mode == .digits {
      refused = PageReview(Self.marks(of: lines), costs: rules.costs).refusingWords(refused)
    }
    return Reading(
      symbols: zip(symbols, refused).map {
        Symbol(
          box: page.pageBox(of: $0.hypothesis.box), candidates: $0.answer.candidates(of: rules.classes),
          background: $0.answer.background, refused: $1, input: InputNormalizer.numbers($0.picture),
          levelBox: page.levelBox(of: $0.hypothesis.box), divisionLead: $0.divisionLead)
      },
      lineLengths: lines.map(\.symbols.count).filter { $0 > 0 },
      ignored: page.ignored.map { IgnoredMark(box: page.placement.boxOfInk($0.box), reason: $0.reason) }
        + ignored.map { IgnoredMark(box: page.pageBox(of: $0.box), reason: $0.reason) })
  }

  /// Removes symbols from lines, by their number on the page.
  private func setAside(
    _ ignored: [Int: IgnoredMark.Reason], from lines: inout [DecodedLine]
  ) -> [IgnoredMark] {
    if ignored.isEmpty { return [] }
    var marks: [IgnoredMark] = []
    var number = 0
    for i in lines.indices {
      lines[i].symbols = lines[i].symbols.filter { symbol in
        defer { number += 1 }
        guard let reason = ignored[number] else { return true }
        marks.append(IgnoredMark(box: symbol.hypothesis.box, reason: reason))
        return false
      }
    }
    // A label beside a number may have been in its line.
    let order = Lines.readingOrder(of: lines.map { $0.symbols.map(\.hypothesis.box) })
    lines = order.map { lines[$0] }
    return marks
  }

  static func marks(of lines: [DecodedLine]) -> [PageReview.Mark] {
    lines.enumerated().flatMap { number, line in
      line.symbols.map { symbol in
        PageReview.Mark(
          box: symbol.hypothesis.box, line: number, confidence: symbol.answer.confidence,
          isStroke: symbol.evidence.isStroke)
      }
    }
  }

  /// Adds the networks' answers to some hypotheses of each line, with one call for all lines.
  func answer(
    _ hypotheses: [[Int]], of decoders: inout [LineDecoder]
  ) throws(ModelResultError) {
    let requests = zip(decoders.indices, hypotheses).flatMap { line, own in own.map { (line, $0) } }
    let inputs = requests.map { line, hypothesis in
      let lattice = decoders[line].lattice
      var input = segmentation.input(
        of: lattice.hypotheses[hypothesis], in: lattice, isSized: rules.readsSizes)
      // The place on the line tells more than the size, which is part of it.
      if mode == .text { input.relativeSize = nil }
      return input
    }
    let answers = try answers(to: inputs)
    for (i, (line, hypothesis)) in requests.enumerated() {
      var answer = answers[i]
      if let frequencies = rules.frequencies {
        answer = CompoundInk.answer(
          answer.weighed(by: frequencies, background: SignFrequencies.none), to: inputs[i].picture,
          of: classes)
      }
      decoders[line].add(answer, to: inputs[i].picture, for: hypothesis)
    }
  }

  private func reading(of input: SymbolInput?, in box: Box) throws(ModelResultError) -> Reading {
    guard let input else { return .empty }
    let answer = try answers(to: [input])[0]
    return Reading(symbols: [
      Symbol(
        box: box, candidates: answer.candidates(of: rules.classes), background: answer.background,
        refused: refusal(hasStrokes: input.trajectory != nil).refuses(confidence: answer.confidence),
        input: InputNormalizer.numbers(input.picture))
    ])
  }
}
