// The decoder of a line of text: a beam search over the lattice with the costs of ink, place, neighbours and language.

import Basics
import Ink
import Preprocessing

/// A line of text: its lattice with the networks' answers, and where it stands.
struct TextLine {
  let lattice: SymbolLattice
  let scored: [ScoredHypothesis?]
  /// The box of each hypothesis' ink without the pen's width.
  let boxes: [Box]

  init(_ decoder: LineDecoder) {
    let lattice = decoder.lattice
    self.lattice = lattice
    scored = decoder.scored
    boxes = lattice.hypotheses.map { hypothesis in
      let pen = lattice.pieces[hypothesis.pieces].flatMap(\.strokes).map(\.width).max() ?? 0
      let box = hypothesis.box.grown(by: -pen / 2)
      return Box(x: box.x, y: box.y, width: max(box.width, 0), height: max(box.height, 0))
    }
  }
}

/// Where a line of text stands, and how high its capitals are.
struct LineGeometry: Sendable, Equatable {
  /// The baseline at `x` = 0.
  var baseline: Double
  /// How far the baseline goes down for each unit to the right.
  var slope = 0.0
  /// The height of capitals.
  var height: Double

  /// The place of ink on the line.
  func place(of box: Box) -> CharacterPlaces.Place {
    CharacterPlaces.Place(box, baseline: baseline + slope * (box.x + box.width / 2), unit: height)
  }
}

/// Reads a line of text.
struct TextDecoder {
  /// A symbol that was read.
  struct Symbol: Equatable {
    var hypothesis: Int
    /// The label, as an index in the classes.
    var label: Int
    /// Whether a gap before it divides words; true for the first one.
    var startsWord: Bool
  }

  /// A way to read a line or a word.
  struct Path: Equatable {
    var symbols: [Symbol] = []
    var cost = Double.infinity
  }

  /// A label of a hypothesis with what it costs there.
  private struct Option {
    var label: Int
    var character: UInt8
    var cost: Double
  }

  /// The cheapest way to a state after a hypothesis.
  private struct Arrival {
    var cost: Double
    var hypothesis: Int
    var label: Int
    var state: TextState
    var startsWord: Bool
    /// Stands for the text of the word so far, where different texts are kept apart.
    var text: UInt64
    /// The arrival before; -1 for none.
    var previous: Int
  }

  /// What makes two arrivals at a node the same.
  private struct Key: Hashable {
    var state: TextState
    var text: UInt64
  }

  let line: TextLine
  let geometry: LineGeometry
  private let costs: TextCosts
  private let characters: [UInt8]
  /// What all labels of each hypothesis cost by ink and place; empty where it has no answer.
  private let labelCosts: [[Double]]
  /// The labels that are tried.
  private let options: [[Option]]
  /// At each node the cost of a gap between words, and of none.
  private let gaps: [(space: Double, none: Double)]
  private(set) var grammar: TextGrammar

  init(
    _ line: TextLine, _ geometry: LineGeometry, shifts: CharacterPlaces.Shifts, places: CharacterPlaces,
    characters: [UInt8], costs: TextCosts, grammar: TextGrammar
  ) {
    self.line = line
    self.geometry = geometry
    self.costs = costs
    self.characters = characters
    self.grammar = grammar
    labelCosts = zip(line.scored, line.boxes).map { scored, box in
      guard let answer = scored?.answer else { return [] }
      let place = places.costs(geometry.place(of: box), shifts)
      return answer.probabilities.indices.map { label in
        let ink = -logarithm(max(answer.probabilities[label] * (1 - answer.background), 1e-9))
        return min(ink, costs.maxInk) + costs.place * place[label]
      }
    }
    options = labelCosts.map { all in
      guard let best = all.min() else { return [] }
      return all.indices.filter { all[$0] <= best + costs.clearInk }
        .sorted { (all[$0], $0) < (all[$1], $1) }.prefix(costs.maxLabels)
        .map { Option(label: $0, character: characters[$0], cost: all[$0]) }
    }
    gaps = Self.gaps(in: line.lattice, unit: geometry.height, costs)
  }

  // MARK: - Gaps

  private static func gaps(
    in lattice: SymbolLattice, unit: Double, _ costs: TextCosts
  ) -> [(space: Double, none: Double)] {
    let pieces = lattice.pieces
    var widths = [Double](repeating: 0, count: pieces.count + 1)
    var right = -Double.infinity
    for (index, piece) in pieces.enumerated() {
      if index > 0 { widths[index] = (piece.box.x - right) / unit }
      right = max(right, piece.box.right)
    }
    let letterGaps = widths.dropFirst().dropLast().filter { $0 > 0 && $0 < 0.5 }.sorted()
    let usual = letterGaps.isEmpty ? 0 : letterGaps[letterGaps.count / 2]
    return widths.indices.map { node in
      guard node > 0, node < pieces.count, !pieces[node - 1].isCutFromNext else {
        return (.infinity, 0)
      }
      let excess = (widths[node] - usual - costs.wordGap) / costs.gapSharpness
      return (min(softplus(-excess), costs.maxGap), min(softplus(excess), costs.maxGap))
    }
  }

  /// The logarithm of 1 + eˣ.
  private static func softplus(_ x: Double) -> Double { max(x, 0) + logarithm(1 + exponential(-abs(x))) }

  // MARK: - Search

  /// The cheapest way to read the line.
  mutating func path() -> Path {
    paths(over: 0...line.lattice.pieces.count, hasSpaces: true, keepsTexts: false, limit: 1).first ?? Path()
  }

  /// The cheapest ways to read some pieces as one word, each with another text.
  ///
  /// - Parameters:
  ///   - nodes: the nodes before the first piece and after the last one.
  ///   - limit: the most ways.
  /// - Returns: the ways, the cheapest first.
  mutating func words(over nodes: ClosedRange<Int>, limit: Int) -> [Path] {
    paths(over: nodes, hasSpaces: false, keepsTexts: true, limit: limit)
  }

  /// The text of a way.
  func text(of path: some Sequence<Symbol>) -> String {
    String(decoding: path.map { characters[$0.label] }, as: UTF8.self)
  }

  private mutating func paths(
    over nodes: ClosedRange<Int>, hasSpaces: Bool, keepsTexts: Bool, limit: Int
  ) -> [Path] {
    let lattice = line.lattice
    var arrivals: [Arrival] = []
    /// The arrivals at each node, without costlier ones of the same key.
    var ending = [[Key: Int]](repeating: [:], count: nodes.upperBound + 1)
    var best = [Double](repeating: .infinity, count: nodes.upperBound + 1)
    var pruned = [[Int]?](repeating: nil, count: nodes.upperBound + 1)

    func kept(at node: Int) -> [Int] {
      if let kept = pruned[node] { return kept }
      let kept = ending[node].values.filter { arrivals[$0].cost <= best[node] + costs.beamMargin }
        .sorted { (arrivals[$0].cost, $0) < (arrivals[$1].cost, $1) }.prefix(costs.beam)
      pruned[node] = Array(kept)
      return Array(kept)
    }

    for (index, hypothesis) in lattice.hypotheses.enumerated() where !options[index].isEmpty {
      let (start, end) = (hypothesis.pieces.lowerBound, hypothesis.pieces.upperBound)
      guard start >= nodes.lowerBound, end <= nodes.upperBound else { continue }
      let own = costs.arrangement * hypothesis.cost + costs.symbol + (hypothesis.isPart ? costs.part : 0)
      var sources: [(arrival: Int, extra: Double)]
      if start == nodes.lowerBound {
        sources = [(-1, 0)]
      } else {
        sources = kept(at: start).map { ($0, 0) }
        if hypothesis.pieces.count > 1, lattice.isStrip(start) {
          // Both symbols may contain the strip between two cuts.
          sources += ending[start + 1].values
            .filter { lattice.hypotheses[arrivals[$0].hypothesis].pieces.count > 1 }
            .sorted { (arrivals[$0].cost, $0) < (arrivals[$1].cost, $1) }.prefix(costs.beam / 2)
            .map { ($0, lattice.sharedStripCost) }
        }
      }
      for source in sources {
        let before = source.arrival < 0 ? nil : arrivals[source.arrival]
        func extend(from state: TextState, at cost: Double, startsWord: Bool, text: UInt64) {
          for option in options[index] {
            let partial = cost + own + option.cost
            if partial > best[end] + costs.beamMargin { continue }
            let next = keepsTexts ? (text &* 0x1_0000_01B3) ^ UInt64(option.character) : 0
            for step in grammar.steps(from: state, option.character) {
              let total = partial + step.cost
              if total > best[end] + costs.beamMargin { continue }
              let key = Key(state: step.state, text: next)
              if let known = ending[end][key], arrivals[known].cost <= total { continue }
              best[end] = min(best[end], total)
              ending[end][key] = arrivals.count
              arrivals.append(
                Arrival(
                  cost: total, hypothesis: index, label: option.label, state: step.state,
                  startsWord: startsWord, text: next, previous: source.arrival))
            }
          }
        }
        guard let before else {
          extend(from: .start, at: 0, startsWord: true, text: 0xCBF2_9CE4_8422_2325)
          continue
        }
        let gap = gaps[start]
        extend(
          from: before.state, at: before.cost + source.extra + gap.none, startsWord: false, text: before.text)
        if hasSpaces, source.extra == 0, gap.space < costs.maxGap {
          extend(
            from: .start, at: before.cost + gap.space + grammar.end(of: before.state), startsWord: true,
            text: 0)
        }
      }
    }
    var ways = ending[nodes.upperBound].values.map { index in
      (arrival: index, cost: arrivals[index].cost + grammar.end(of: arrivals[index].state))
    }
    ways.sort { ($0.cost, $0.arrival) < ($1.cost, $1.arrival) }
    var texts: Set<UInt64> = []
    if keepsTexts { ways = ways.filter { texts.insert(arrivals[$0.arrival].text).inserted } }
    return ways.prefix(limit).map { way in
      var symbols: [Symbol] = []
      var index = way.arrival
      while index >= 0 {
        let arrival = arrivals[index]
        symbols.append(
          Symbol(hypothesis: arrival.hypothesis, label: arrival.label, startsWord: arrival.startsWord))
        index = arrival.previous
      }
      return Path(symbols: symbols.reversed(), cost: way.cost)
    }
  }

  // MARK: - Candidates

  /// The probabilities of all labels of a symbol while the other symbols of its word stay as they were read.
  ///
  /// - Parameters:
  ///   - index: the index of the symbol in the word.
  ///   - word: the symbols of the word.
  /// - Returns: the probabilities by the labels' indices; their sum is 1.
  mutating func probabilities(ofSymbol index: Int, in word: [Symbol]) -> [Double] {
    var text = word.map { characters[$0.label] }
    let own = labelCosts[word[index].hypothesis]
    let least = own.min() ?? 0
    let totals = own.indices.map { label -> Double in
      // Labels without any probability are not worth asking the language for.
      if own[label] > least + costs.beamMargin { return .infinity }
      text[index] = characters[label]
      return own[label] + grammar.cost(of: text)
    }
    let best = totals.min() ?? 0
    let powers = totals.map { exponential(best - $0) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// What the label of a symbol costs by ink and place.
  func cost(of symbol: Symbol) -> Double { labelCosts[symbol.hypothesis][symbol.label] }
}
