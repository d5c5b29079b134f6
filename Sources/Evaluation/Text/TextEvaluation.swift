// The evaluation of text by unseen writers, with and without a language.

package import Basics
import Datasets
import Formats
package import Recognition

/// Measures how a model reads words, lines and codes on guide lines, and fits its costs of text.
///
/// The writers that training kept out are divided into two halves: costs are chosen on one, and the other one is
/// reported.
package struct TextEvaluation: Sendable {
  /// A measurement.
  private struct Trial: Sendable {
    let kind: String
    let name: String
    let share: TextScore.Share
    var wanted: Double?

    var text: String {
      let goal = wanted.map { ", at least \(NumberText.fixed($0 * 100, 1)) % wanted" } ?? ""
      let missed = wanted.map { share.value < $0 } ?? false
      return "\(kind), \(name)".padded(to: 44)
        + "\(NumberText.percent(share.value)) ± \(NumberText.percent(share.standardError)) % of \(share.total)\(goal)"
        + (missed ? ": missed" : "")
    }

    var json: JSON {
      var members: [(String, JSON)] = [
        ("kind", .string(kind)), ("name", .string(name)), ("right", .integer(share.right)),
        ("total", .integer(share.total)), ("share", .number(share.value)),
        ("standard_error", .number(share.standardError)),
      ]
      if let wanted { members.append(("wanted", .number(wanted))) }
      return .object(members)
    }
  }

  /// Texts with the networks' answers.
  private struct Answered: Sendable {
    let sample: WrittenText.Sample
    let page: TextPage
  }

  private let recognizer: Recognizer
  private let language: LanguageModel
  private let written: WrittenText
  private let halves: (fitting: [Writer], reporting: [Writer])
  private let threads: Int?
  private let costs: TextCosts
  private var trials: [Trial] = []
  private var milliseconds = 0.0
  private var mistakes: [String] = []

  /// Prepares the evaluation of a model.
  ///
  /// - Parameters:
  ///   - model: the model; its costs of text are used.
  ///   - language: the languages, whose files name the words.
  ///   - writers: the writers that training kept out.
  ///   - threads: the number of threads; nil for one for each processor.
  /// - Throws: `EvaluationError` if the model cannot read text, or the data has too few characters.
  package init(
    _ model: Model, language: LanguageModel, writers: UnseenWriters, threads: Int?
  ) throws(EvaluationError) {
    do throws(ModelError) { recognizer = try Recognizer(model, mode: .text) } catch {
      throw .unsuitable("\(error)")
    }
    self.language = language
    self.threads = threads
    costs = model.textCosts ?? TextCosts()
    written = WrittenText(writers.characters)
    let all = written.writersOfWords
    halves = (
      all.enumerated().filter { $0.offset % 2 == 0 }.map(\.element),
      all.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    )
    guard !halves.reporting.isEmpty else {
      throw .missing("words are made of the set unipen-chars; put it into the data folder")
    }
    guard language.languages.contains(where: { !$0.knownWords.isEmpty }) else {
      throw .missing("the words come from a language file; make one with 'inkling language'")
    }
  }

  private func texts(_ kind: TextTexts.Kind, _ count: Int, _ writers: [Writer], seed: UInt64) -> TextTexts {
    TextTexts(
      kind, count: count, known: language.languages.flatMap(\.knownWords),
      unknown: language.languages.flatMap(\.heldOutWords), written: written, writers: writers, seed: seed)
  }

  private func answered(_ texts: TextTexts, withGuides: Bool = true) throws(EvaluationError) -> [Answered] {
    var answered: [Answered] = []
    var problem: ModelResultError?
    OrderedWork.run(texts.samples.count, threads: threads) { [recognizer] index in
      Result { () throws(ModelResultError) in
        let sample = texts.samples[index]
        return Answered(
          sample: sample,
          page: try recognizer.textPage(of: sample.page, guides: withGuides ? sample.guides : []))
      }
    } each: { _, result in
      switch result {
      case .success(let one): answered.append(one)
      case .failure(let error): problem = problem ?? error
      }
    }
    if let problem { throw .results(problem) }
    return answered
  }

  private func score(
    _ answered: [Answered], _ costs: TextCosts, with language: LanguageModel?,
    each: (WrittenText.Sample, String) -> Void = { _, _ in }
  ) -> TextScore {
    var score = TextScore()
    OrderedWork.run(answered.count, threads: threads) { [recognizer] index in
      recognizer.text(of: answered[index].page, costs: costs, language: language)
    } each: { index, text in
      let sample = answered[index].sample
      score.add(sample.text, read: text, by: sample.writer)
      each(sample, text)
    }
    return score
  }

  // MARK: - Report

  /// Measures with the given numbers of words and of lines.
  package mutating func measure(words: Int, lines: Int) throws(EvaluationError) {
    for kind in TextTexts.Kind.allCases {
      let count = kind == .lines ? lines : words
      let texts = texts(kind, count, halves.reporting, seed: 0x7E47)
      if texts.samples.isEmpty { continue }
      let began = MonotonicClock.seconds
      let answered = try answered(texts)
      let without = score(answered, costs, with: nil)
      var misread: [String] = []
      let with = score(answered, costs, with: language) { sample, text in
        if text != sample.text { misread.append("\(sample.writer)\t\(sample.text)\t\(text)") }
      }
      mistakes += misread
      milliseconds += (MonotonicClock.seconds - began) * 1000
      add(kind, without, with)
      if kind == .words {
        let free = try self.answered(texts, withGuides: false)
        trials.append(
          Trial(
            kind: kind.rawValue, name: "no guide lines, with language",
            share: score(free, costs, with: language).characters))
      }
    }
  }

  private mutating func add(_ kind: TextTexts.Kind, _ without: TextScore, _ with: TextScore) {
    let isText = kind == .words || kind == .lines
    trials.append(
      Trial(
        kind: kind.rawValue, name: "without language", share: without.characters, wanted: isText ? 0.93 : nil)
    )
    trials.append(
      Trial(
        kind: kind.rawValue, name: "with language", share: with.characters,
        wanted: isText ? 0.96 : kind == .codes ? without.characters.value - 0.005 : nil))
    trials.append(
      Trial(
        kind: kind.rawValue, name: "case without language", share: without.cases, wanted: isText ? 0.95 : nil)
    )
    trials.append(
      Trial(kind: kind.rawValue, name: "case with language", share: with.cases, wanted: isText ? 0.95 : nil))
  }

  /// The figures for people.
  package var text: String {
    (["\(recognizer.model.name): characters right, by \(halves.reporting.count) writers"]
      + trials.map { "  " + $0.text })
      .joined(separator: "\n")
  }

  /// The texts that were read wrongly: writer, text and reading, divided by tabs.
  package var misread: String { mistakes.joined(separator: "\n") }

  /// The figures as an object.
  package var json: JSON {
    .object([
      ("model", .string(recognizer.model.name)), ("writers", .integer(halves.reporting.count)),
      ("trials", .array(trials.map(\.json))), ("milliseconds", .number(milliseconds)),
    ])
  }

  // MARK: - Fitting

  /// Each value is chosen so often in turn.
  private static let rounds = 2

  /// Chooses the costs of text on the half of the writers that is not reported.
  ///
  /// - Parameters:
  ///   - wordCount: the number of words, and of codes.
  ///   - lineCount: the number of lines.
  ///   - fields: the costs to choose.
  ///   - report: gets a line for each choice.
  /// - Returns: the costs.
  /// - Throws: `EvaluationError` if the model's answers cannot be used.
  package func fitted(
    words wordCount: Int = 300, lines lineCount: Int = 80, fields: [TextCosts.Field] = TextCosts.fields,
    report: (String) -> Void
  ) throws(EvaluationError) -> TextCosts {
    let words = try answered(texts(.words, wordCount, halves.fitting, seed: 0xF17))
    let unknown = try answered(texts(.unknownWords, (wordCount + 1) / 2, halves.fitting, seed: 0xF17))
    let lines = try answered(texts(.lines, lineCount, halves.fitting, seed: 0xF17))
    let codes = try answered(texts(.codes, wordCount, halves.fitting, seed: 0xF17))
    func loss(_ costs: TextCosts) -> Double {
      func mistakes(_ answered: [Answered], _ language: LanguageModel?) -> Double {
        1 - score(answered, costs, with: language).characters.value
      }
      let coded = mistakes(codes, nil)
      // What the language makes worse in codes counts twice.
      let worse = max(0, mistakes(codes, language) - coded)
      return mistakes(words, nil) + mistakes(words, language) + mistakes(unknown, language)
        + mistakes(lines, nil) + mistakes(lines, language) + coded / 2 + 2 * worse
    }
    var best = TextCosts()
    var bestLoss = loss(best)
    report("start: \(NumberText.fixed(bestLoss, 4))")
    for _ in 0..<Self.rounds {
      for field in fields {
        for choice in field.choices where choice != best[keyPath: field.path] {
          var costs = best
          costs[keyPath: field.path] = choice
          let loss = loss(costs)
          if loss < bestLoss { (best, bestLoss) = (costs, loss) }
        }
        report("\(field.name) \(best[keyPath: field.path]): \(NumberText.fixed(bestLoss, 4))")
      }
    }
    return best
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
