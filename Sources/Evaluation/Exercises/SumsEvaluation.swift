// The evaluation of a model on made pages of exercises by unseen writers.

import Arithmetic
package import Basics
import Datasets
import Exercises
package import Formats
import Ink
package import Recognition

/// Measures how a model checks exercises: drawn pages, pictures and photos.
package struct SumsEvaluation: Sendable {
  /// The kinds of pages.
  private enum Kind: String, CaseIterable {
    case drawn
    case pictures
    case photos
  }

  /// The counts of a kind of pages.
  private struct Trial: Sendable {
    let kind: Kind
    let score: SumsScore
    let seconds: Double
    let pages: Int
  }

  /// The name of the model.
  private let name: String
  private var trials: [Trial] = []

  /// Measures with `pages` pages of each kind, written by every second of the unseen writers: the others are for the
  /// choice of margins.
  package init(
    _ model: Model, writers: UnseenWriters, pages: Int, threads: Int?
  ) throws(EvaluationError) {
    try self.init(
      model, WrittenSigns(Self.half(of: writers.characters, 1)), ExerciseChecker(VerdictMargins(of: model)),
      seed: 17, pages: pages, threads: threads)
  }

  /// The margins for a model, chosen on `pages` pages of each kind by the writers that are not for measuring.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - characters: All characters of the writers that no network has learnt from.
  ///   - pages: The number of pages of each kind.
  ///   - threads: The number of threads.
  /// - Returns: The margins with their rates.
  /// - Throws: `EvaluationError` if the model cannot read sums or the data has too few characters.
  package static func margins(
    of model: Model, characters: [LabelledDrawing], pages: Int, threads: Int?
  ) throws(EvaluationError) -> MarginChoice {
    let evaluation = try SumsEvaluation(
      model, WrittenSigns(half(of: characters, 0)), ExerciseChecker(), seed: 18, pages: pages,
      threads: threads)
    return MarginChoice(evaluation.outcomes)
  }

  /// What became of the exercises of all kinds of pages.
  package var outcomes: [SumsScore.Outcome] { trials.flatMap(\.score.outcomes) }

  /// The drawings of every second writer.
  private static func half(of drawings: [LabelledDrawing], _ which: Int) -> [LabelledDrawing] {
    let writers = Set(drawings.compactMap(\.writer)).sorted()
    let chosen = Set(writers.enumerated().filter { $0.offset % 2 == which }.map(\.element))
    return drawings.filter { $0.writer.map(chosen.contains) ?? false }
  }

  private init(
    _ model: Model, _ signs: WrittenSigns, _ checker: ExerciseChecker, seed: UInt64, pages: Int, threads: Int?
  ) throws(EvaluationError) {
    name = model.name
    let recognizer: Recognizer
    do throws(ModelError) { recognizer = try Recognizer(model, mode: .sums) } catch {
      throw .unsuitable("\(error)")
    }
    guard signs.isUsable else {
      throw .missing("exercises are made of the set unipen-chars; put it into the data folder")
    }
    for kind in Kind.allCases {
      let began = MonotonicClock.seconds
      var score = SumsScore()
      var problem: ModelResultError?
      OrderedWork.run(pages, threads: threads) { number in
        Result { () throws(ModelResultError) in
          try Self.score(of: seed << 32 | UInt64(number), kind, signs, recognizer, checker)
        }
      } each: { _, result in
        switch result {
        case .success(let page): score.add(page)
        case .failure(let error): problem = problem ?? error
        }
      }
      if let problem { throw .results(problem) }
      trials.append(Trial(kind: kind, score: score, seconds: MonotonicClock.seconds - began, pages: pages))
    }
  }

  private static func score(
    of seed: UInt64, _ kind: Kind, _ signs: WrittenSigns, _ recognizer: Recognizer, _ checker: ExerciseChecker
  ) throws(ModelResultError) -> SumsScore {
    var score = SumsScore()
    guard let page = SyntheticSums.page(kind == .photos ? .photo : .spaced, signs, seed: seed) else {
      return score
    }
    let reading = try kind == .drawn ? recognizer.read(page.page) : recognizer.read(page.picture)
    score.add(
      checker.check(reading),
      of: page.items.map {
        SumsScore.Truth(
          text: $0.exercise.text, isRight: $0.exercise.isRight, box: kind == .drawn ? $0.box : $0.pictureBox)
      })
    return score
  }

  /// The figures for people.
  package var text: String {
    trials.map { trial in
      "\(name), \(trial.kind.rawValue): \(trial.score.exercises) exercises on \(trial.pages) pages, "
        + "\(NumberText.fixed(trial.seconds / Double(max(1, trial.pages)) * 1000, 0)) ms a page\n\(trial.score.text)"
    }.joined(separator: "\n")
  }

  /// The figures as a section of a model's card.
  var cardLines: [String] {
    let rows = trials.map(\.score.figureTexts)
    guard let first = rows.first else { return [] }
    let columns = trials.map { "\($0.kind.rawValue) (\($0.score.exercises))" }
    return [
      "## Exercises", "",
      "Exercises in arithmetic by writers that no model here learnt from, about half of them answered wrongly, by "
        + "`inkling evaluate \(name) --sums`.", "",
      "| | \(columns.joined(separator: " | ")) |",
      "|---|\(columns.map { _ in "--:" }.joined(separator: "|"))|",
    ]
      + first.indices.map { index in
        "| \(first[index].name) | \(rows.map { $0[index].text }.joined(separator: " | ")) |"
      } + [""]
  }

  /// The figures as an object.
  package var json: JSON {
    .object([
      ("model", .string(name)),
      (
        "kinds",
        .array(
          trials.map { trial in
            .object(
              [("kind", .string(trial.kind.rawValue)), ("pages", .integer(trial.pages))] + trial.score.json
                + [("seconds", .number(trial.seconds))])
          })
      ),
    ])
  }

  /// What was there and what was read and judged, a line for each exercise without the right verdict.
  package var mistakes: String {
    trials.map { trial in
      trial.score.outcomes.filter { !$0.isTextRight || $0.kind != ($0.truth.isRight ? .right : .wrong) }
        .map { "\(trial.kind.rawValue)\t\($0.line)\n" }.joined()
    }.joined()
  }
}
