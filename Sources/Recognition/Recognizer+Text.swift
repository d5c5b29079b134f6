// Reading of text: lines, words and characters with their candidates.

package import Ink
package import Preprocessing

extension Recognizer {
  /// Asks the networks for all hypotheses of a page, and once more where symbols may touch.
  ///
  /// - Parameters:
  ///   - page: the page.
  ///   - guides: the guide lines that the page has, in page units.
  /// - Returns: the lines with their answers.
  /// - Throws: `ModelResultError` if a network's outputs are not finite.
  package func textPage(of page: Page, guides: [GuideLine] = []) throws(ModelResultError) -> TextPage {
    try textPage(of: segmentation.lattice(of: page, guides: guides))
  }

  func textPage(of page: PageLattice, cutsTouching: Bool = true) throws(ModelResultError) -> TextPage {
    var decoders = page.lines.map { LineDecoder($0, rules: rules) }
    try answer(decoders.map { Array($0.lattice.hypotheses.indices) }, of: &decoders)
    let pageDecoder = TextPageDecoder(classes, costs: textCosts, language: nil)
    var refined: [Int] = []
    var refinedDecoders: [LineDecoder] = []
    let decoded = cutsTouching ? pageDecoder.decode(decoders.map { TextLine($0) }) : []
    for (index, line) in decoded.enumerated() {
      let doubtful = line.path.symbols.filter { line.decoder.cost(of: $0) > textCosts.doubtful }
        .flatMap { line.decoder.line.lattice.hypotheses[$0.hypothesis].pieces }
      guard let refinement = segmentation.refinement(of: decoders[index].lattice, cutting: doubtful) else {
        continue
      }
      refined.append(index)
      refinedDecoders.append(LineDecoder(refinement, of: decoders[index], besideDigits: false))
    }
    let unanswered = refinedDecoders.map { decoder in
      decoder.scored.indices.filter { decoder.scored[$0] == nil }
    }
    try answer(unanswered, of: &refinedDecoders)
    for (index, decoder) in zip(refined, refinedDecoders) { decoders[index] = decoder }
    return TextPage(lines: decoders.map { TextLine($0) }, placement: page.placement, isDrawn: page.isDrawn)
  }

  /// Decodes a page of text.
  ///
  /// - Parameters:
  ///   - page: the lines with the networks' answers.
  ///   - costs: what place, neighbours and language count.
  ///   - language: the language that helps; nil reads without.
  ///   - hasCandidates: whether the words' candidates are looked for.
  /// - Returns: the reading with its words.
  package func reading(
    of page: TextPage, costs: TextCosts, language: LanguageModel?, hasCandidates: Bool = true
  ) -> Reading {
    let lines = TextPageDecoder(classes, costs: costs, language: language).decode(page.lines)
    var symbols: [Symbol] = []
    var words: [Word] = []
    var lengths: [Int] = []
    for var line in lines where !line.path.symbols.isEmpty {
      lengths.append(line.path.symbols.count)
      for word in line.words {
        words.append(
          Word(
            symbols: symbols.count..<symbols.count + word.count,
            candidates: hasCandidates
              ? line.candidates(of: word, limit: costs.maxWords) : line.decoder.onlyCandidate(of: word)))
        for index in word.indices {
          symbols.append(symbol(index, of: word, in: &line, page))
        }
      }
    }
    return Reading(symbols: symbols, lineLengths: lengths, words: words)
  }

  /// Decodes a page of text to text alone.
  ///
  /// - Parameters:
  ///   - page: the lines with the networks' answers.
  ///   - costs: what place, neighbours and language count.
  ///   - language: the language that helps; nil reads without.
  /// - Returns: the text, with blanks between words and newlines between lines.
  package func text(of page: TextPage, costs: TextCosts, language: LanguageModel?) -> String {
    TextPageDecoder(classes, costs: costs, language: language).decode(page.lines)
      .filter { !$0.path.symbols.isEmpty }
      .map { line in line.words.map { line.decoder.text(of: $0) }.joined(separator: " ") }
      .joined(separator: "\n")
  }

  private func symbol(
    _ index: Int, of word: [TextDecoder.Symbol], in line: inout TextPageDecoder.DecodedLine, _ page: TextPage
  ) -> Symbol {
    let symbol = word[index]
    let hypothesis = line.decoder.line.lattice.hypotheses[symbol.hypothesis]
    let scored = line.decoder.line.scored[symbol.hypothesis]
    let background = scored?.answer.background ?? 1
    let candidates = Answer(
      probabilities: line.decoder.probabilities(ofSymbol: index, in: word), background: background
    ).candidates(of: classes)
    // What was read comes first, also where the beam missed a slightly better way.
    let label = classes.labels[symbol.label]
    let ordered = candidates.filter { $0.label == label } + candidates.filter { $0.label != label }
    let confidence = (ordered.first?.probability ?? 0) * (1 - background)
    return Symbol(
      box: page.placement.box(hypothesis.box), candidates: ordered, background: background,
      refused: refusal(hasStrokes: page.isDrawn).refuses(confidence: confidence),
      input: scored.map { InputNormalizer.numbers($0.picture) } ?? [])
  }
}

extension TextPageDecoder.DecodedLine {
  /// The symbols of each word.
  fileprivate var words: [[TextDecoder.Symbol]] {
    path.symbols.reduce(into: []) { words, symbol in
      if symbol.startsWord || words.isEmpty {
        words.append([symbol])
      } else {
        words[words.count - 1].append(symbol)
      }
    }
  }

  /// What a word may be, the text that was read first.
  fileprivate mutating func candidates(of word: [TextDecoder.Symbol], limit: Int) -> [Candidate] {
    guard let first = word.first, let last = word.last else { return [] }
    let hypotheses = decoder.line.lattice.hypotheses
    let nodes = hypotheses[first.hypothesis].pieces.lowerBound...hypotheses[last.hypothesis].pieces.upperBound
    let paths = decoder.words(over: nodes, limit: 4 * limit)
    let best = paths.first?.cost ?? 0
    let powers = paths.map { exponential(best - $0.cost) }
    let sum = powers.reduce(0, +)
    let own = decoder.text(of: word)
    let all = zip(paths, powers).map { Candidate(label: decoder.text(of: $0.symbols), probability: $1 / sum) }
    let read =
      all.first { $0.label == own } ?? Candidate(label: own, probability: all.first?.probability ?? 1)
    return [read] + all.filter { $0.label != own }.prefix(limit - 1)
  }
}

extension TextDecoder {
  /// The text of a word as its only candidate.
  fileprivate func onlyCandidate(of word: [Symbol]) -> [Candidate] {
    [Candidate(label: text(of: word), probability: 1)]
  }
}
