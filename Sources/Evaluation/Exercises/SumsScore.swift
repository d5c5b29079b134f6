// How the exercises that were found on a page agree with those that are there.

import Arithmetic
package import Basics
package import Exercises
package import Ink

/// What became of exercises with known answers.
package struct SumsScore: Sendable {
  /// What became of one exercise.
  package struct Outcome: Sendable {
    /// The exercise that is there.
    package let truth: Truth
    /// How it was read and judged; nil where it was missed, split or merged with another one.
    package let checked: CheckedExercise?
  }

  /// The exercises.
  package private(set) var outcomes: [Outcome] = []

  /// An exercise that is there.
  package struct Truth: Sendable {
    /// The plain text.
    package let text: String
    /// Whether the answer is right.
    package let isRight: Bool
    /// The box, in the units of the reading.
    package let box: Box

    /// Makes an exercise.
    package init(text: String, isRight: Bool, box: Box) {
      (self.text, self.isRight, self.box) = (text, isRight, box)
    }
  }

  /// Makes counts of nothing.
  package init() {}

  /// The number of exercises.
  package var exercises: Int { outcomes.count }
  /// The exercises with a right answer, and with a wrong one.
  package var rightAnswers: Int { outcomes.count { $0.truth.isRight } }
  package var wrongAnswers: Int { outcomes.count { !$0.truth.isRight } }
  /// The exercises that were found as one.
  package var found: Int { outcomes.count { $0.checked != nil } }
  /// The exercises whose text was read without a mistake.
  package var textsRight: Int { outcomes.count { $0.isTextRight } }
  /// Wrong answers that were marked right.
  package var wrongMarkedRight: Int { outcomes.count { !$0.truth.isRight && $0.kind == .right } }
  /// Right answers that were marked wrong.
  package var rightMarkedWrong: Int { outcomes.count { $0.truth.isRight && $0.kind == .wrong } }
  /// Exercises without a verdict: unsure, no exercise, no answer, missed, split or merged.
  package var unsure: Int { outcomes.count { $0.kind != .right && $0.kind != .wrong } }

  /// The least share of the common area in the area of both boxes.
  private static let leastOverlap = 0.5

  /// Adds a page.
  package mutating func add(_ checked: [CheckedExercise], of truths: [Truth]) {
    // Each pair of boxes with enough overlap, the best pairs first.
    var pairs: [(truth: Int, item: Int, overlap: Double)] = []
    for (truth, one) in truths.enumerated() {
      for (item, other) in checked.enumerated() {
        let overlap = one.box.overlap(with: other.box)
        if overlap >= Self.leastOverlap { pairs.append((truth, item, overlap)) }
      }
    }
    pairs.sort { ($1.overlap, $0.truth, $0.item) < ($0.overlap, $1.truth, $1.item) }
    var items: [Int: Int] = [:]
    var used: Set<Int> = []
    for pair in pairs where items[pair.truth] == nil && used.insert(pair.item).inserted {
      items[pair.truth] = pair.item
    }
    // The middle of another found exercise inside a box means that the exercise was split.
    let others = checked.indices.filter { !used.contains($0) }
    for (truth, one) in truths.enumerated() {
      let isSplit = others.contains { one.box.containsMiddle(of: checked[$0].box) }
      outcomes.append(Outcome(truth: one, checked: isSplit ? nil : items[truth].map { checked[$0] }))
    }
  }

  /// Adds the exercises of other pages.
  package mutating func add(_ other: SumsScore) { outcomes += other.outcomes }

  // MARK: - Figures

  /// A share with its standard error and its target.
  private struct Figure {
    let name: String
    let jsonName: String
    let count: Int
    let total: Int
    /// The share that is wanted, and whether it is the least or the most.
    let target: Double?
    var isMost = true

    var share: Double { total == 0 ? 0 : Double(count) / Double(total) }
    /// √(p(1 − p)/n), with one more success and failure, so that it is not 0 where nothing was counted.
    var standardError: Double {
      let p = (Double(count) + 1) / (Double(total) + 2)
      return total == 0 ? 0 : (p * (1 - p) / Double(total)).squareRoot()
    }

    var shareText: String { "\(NumberText.percent(share)) ± \(NumberText.percent(standardError)) %" }

    var text: String {
      let missed = target.map { isMost ? share > $0 : share < $0 } ?? false
      let goal =
        target.map { ", \(isMost ? "at most" : "at least") \(NumberText.fixed($0 * 100, 1)) % wanted" } ?? ""
      return "\(shareText) (\(count) of \(total))\(goal)" + (missed ? ": missed" : "")
    }
  }

  private var figures: [Figure] {
    [
      Figure(
        name: "exercises found", jsonName: "found", count: found, total: exercises, target: 0.97,
        isMost: false),
      Figure(
        name: "wrong marked right", jsonName: "wrong_marked_right", count: wrongMarkedRight,
        total: wrongAnswers,
        target: 0.002),
      Figure(
        name: "right marked wrong", jsonName: "right_marked_wrong", count: rightMarkedWrong,
        total: rightAnswers,
        target: 0.01),
      Figure(name: "unsure", jsonName: "unsure", count: unsure, total: exercises, target: 0.06),
      Figure(
        name: "texts read right", jsonName: "texts_right", count: textsRight, total: exercises, target: nil),
    ]
  }

  /// Each figure's name and its value with the standard error.
  var figureTexts: [(name: String, text: String)] {
    figures.map { ($0.name, $0.shareText) }
  }

  /// The figures for people, one on each line.
  package var text: String {
    figures.map { "  \($0.name)" + String(repeating: " ", count: max(1, 22 - $0.name.count)) + $0.text }
      .joined(
        separator: "\n")
  }

  /// The figures as members of an object.
  package var json: [(String, JSON)] {
    [("exercises", .integer(exercises))]
      + figures.map {
        (
          $0.jsonName,
          .object([
            ("count", .integer($0.count)), ("total", .integer($0.total)), ("share", .number($0.share)),
            ("standard_error", .number($0.standardError)),
          ])
        )
      }
  }
}

extension SumsScore.Outcome {
  /// The kind of the verdict; nil where the exercise was not found.
  package var kind: VerdictKind? { checked?.verdict.kind }
  /// Whether the text was read without a mistake.
  package var isTextRight: Bool { checked?.text == truth.text }
  /// What is there and what was read and judged, with tabs between them; the leads are those that margins ask for.
  package var line: String {
    let evidence = checked?.evidence
    let leads = [evidence?.answerLead, evidence?.questionLead].map {
      $0.map { NumberText.fixed(min($0, 99), 1) } ?? ""
    }
    return
      ([
        truth.isRight ? "right" : "wrong", truth.text, kind?.rawValue ?? "missed", checked?.text ?? "",
        checked?.reason ?? "",
      ]
      + leads).joined(separator: "\t")
  }
}

extension Box {
  /// The area of both boxes' common part, as a share of the area that they cover together.
  fileprivate func overlap(with other: Box) -> Double {
    let common = Self.area(
      min(right, other.right) - max(x, other.x), min(bottom, other.bottom) - max(y, other.y))
    let all = Self.area(width, height) + Self.area(other.width, other.height) - common
    return all > 0 ? common / all : 0
  }

  private static func area(_ width: Double, _ height: Double) -> Double { max(0, width) * max(0, height) }

  fileprivate func containsMiddle(of other: Box) -> Bool {
    let (middleX, middleY) = (other.x + other.width / 2, other.y + other.height / 2)
    return x <= middleX && middleX <= right && y <= middleY && middleY <= bottom
  }
}
