// The evaluation of a model on made pages of exercises by unseen writers.

package import Basics
import Datasets
package import Exercises
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

  /// Measures with `pages` pages of each kind.
  package init(
    _ model: Model, writers: UnseenWriters, pages: Int, threads: Int?,
    checker: ExerciseChecker = ExerciseChecker()
  ) throws(EvaluationError) {
    name = model.name
    let recognizer: Recognizer
    do throws(ModelError) { recognizer = try Recognizer(model, mode: .sums) } catch {
      throw .unsuitable("\(error)")
    }
    let signs = WrittenSigns(writers.characters)
    guard signs.isUsable else {
      throw .missing("exercises are made of the set unipen-chars; put it into the data folder")
    }
    for kind in Kind.allCases {
      let began = MonotonicClock.seconds
      var score = SumsScore()
      var problem: ModelResultError?
      OrderedWork.run(pages, threads: threads) { number in
        Result { () throws(ModelResultError) in
          try Self.score(of: number, kind, signs, recognizer, checker)
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
    of number: Int, _ kind: Kind, _ signs: WrittenSigns, _ recognizer: Recognizer, _ checker: ExerciseChecker
  ) throws(ModelResultError) -> SumsScore {
    var score = SumsScore()
    guard var pages = SyntheticSums(signs, seed: 17 << 32 | UInt64(number)) else { return score }
    let page = pages.page(isPhoto: kind == .photos)
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
}
