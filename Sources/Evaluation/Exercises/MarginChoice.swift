// The choice of the margins of verdicts on exercises with known answers.

package import Arithmetic
import Basics
package import Datasets
import Exercises
import Formats
package import Recognition

/// The margins by which few verdicts are wrong, and the rates at which they are.
package struct MarginChoice: Sendable {
  /// The margins.
  package let margins: VerdictMargins
  /// The share of wrong answers that are marked right with them, and of right answers that are marked wrong.
  package let (wrongMarkedRight, rightMarkedWrong): (Double, Double)
  /// The share of exercises without a verdict.
  package let unsure: Double

  /// The most answers that may be marked wrongly, as shares.
  package static let (maxWrongMarkedRight, maxRightMarkedWrong) = (0.002, 0.01)
  /// The margins that are tried.
  private static let tried = stride(from: 0.0, through: 10, by: 0.5)
  /// On pages of other people more verdicts are wrong: only this share of the rates above is allowed here.
  private static let allowedShare = 0.5
  /// What is added to the margins for the same reason.
  private static let reserve = 0.5
  /// The same for the question of a wrong answer: a misread question makes many right answers look wrong.
  private static let questionReserve = 1.5

  /// Chooses for each verdict the margins with which most answers get it, while few get it wrongly.
  ///
  /// - Parameter outcomes: Exercises of people whose writing no network has learnt.
  package init(_ outcomes: [SumsScore.Outcome]) {
    let (right, wrong) = (outcomes.filter(\.truth.isRight), outcomes.filter { !$0.truth.isRight })
    func best(_ isRight: Bool, _ own: [SumsScore.Outcome], _ others: [SumsScore.Outcome], most: Double)
      -> VerdictMargins.Margin
    {
      var best = (margin: VerdictMargins.Margin(answer: 10, question: 10), count: -1)
      for answer in Self.tried {
        for question in Self.tried {
          let margin = VerdictMargins.Margin(answer: answer, question: question)
          let wrongly = others.count { $0.gets(isRight, margin) }
          guard Double(wrongly) <= most * Double(others.count) else { continue }
          let count = own.count { $0.gets(isRight, margin) }
          if count > best.count { best = (margin, count) }
        }
      }
      return best.margin
    }
    var forRight = best(true, right, wrong, most: Self.maxWrongMarkedRight * Self.allowedShare)
    forRight.answer += Self.reserve
    var forWrong = best(false, wrong, right, most: Self.maxRightMarkedWrong * Self.allowedShare)
    forWrong.answer += Self.reserve
    forWrong.question += Self.questionReserve
    margins = VerdictMargins(right: forRight, wrong: forWrong)
    func share(_ count: Int, of total: Int) -> Double { total == 0 ? 0 : Double(count) / Double(total) }
    wrongMarkedRight = share(wrong.count { $0.gets(true, forRight) }, of: wrong.count)
    rightMarkedWrong = share(right.count { $0.gets(false, forWrong) }, of: right.count)
    unsure = share(
      outcomes.count { !$0.gets(true, forRight) && !$0.gets(false, forWrong) }, of: outcomes.count)
  }
}

extension SumsScore.Outcome {
  /// Whether a margin lets it be marked so.
  fileprivate func gets(_ isRight: Bool, _ margin: VerdictMargins.Margin) -> Bool {
    guard let evidence = checked?.evidence, evidence.isRight == isRight else { return false }
    return evidence.answerLead >= margin.answer && evidence.questionLead >= margin.question
  }
}

extension Model {
  /// The number of pages of each kind with which margins are chosen.
  private static let marginPages = 200

  /// Chooses the margins of verdicts on exercises, and keeps them with their rates of wrong verdicts.
  ///
  /// - Parameters:
  ///   - set: The set of strokes of which the exercises are made.
  ///   - writers: The number of its writers that no network has learnt from.
  ///   - locator: Finds the data.
  ///   - threads: The number of threads.
  /// - Throws: `EvaluationError` if the data is not there or the model cannot read sums.
  package mutating func chooseMargins(
    _ set: String, writers: Int, from locator: DatasetLocator, threads: Int
  ) throws(EvaluationError) {
    let drawings: [LabelledDrawing]
    do throws(DataError) { drawings = try locator.strokes(set) } catch { throw .data(error) }
    let unseen = ValidationSplit.heldOut(drawings.compactMap(\.writer), count: writers)
    let choice = try SumsEvaluation.margins(
      of: self, characters: drawings.filter { $0.writer.map(unseen.contains) ?? false },
      pages: Self.marginPages, threads: threads)
    facts[VerdictMargins.fact] = choice.margins.text
    facts["sums_wrong_marked_right"] = NumberText.fixed(choice.wrongMarkedRight, 4)
    facts["sums_right_marked_wrong"] = NumberText.fixed(choice.rightMarkedWrong, 4)
    facts["sums_unsure"] = NumberText.fixed(choice.unsure, 4)
  }
}
