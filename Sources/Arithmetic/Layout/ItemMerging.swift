// Exercises of several pieces: an answer far behind its equals sign, and steps on the following lines.

import Ink

/// Joins pieces of exercises, and sorts exercises into reading order.
enum ItemMerging {
  /// More pieces than on any page are not joined, because all pairs are compared.
  private static let largestCount = 2048

  /// Joins an equals sign with the answer to its right, and a line with the steps below it that begin with a relation.
  static func merged(_ drafts: [ItemDraft]) -> [ItemDraft] {
    guard drafts.count <= largestCount else { return drafts }
    return withSteps(withAnswers(drafts))
  }

  private static func withAnswers(_ drafts: [ItemDraft]) -> [ItemDraft] {
    var drafts = drafts
    var isMerged = drafts.map { _ in false }
    for index in drafts.indices where drafts[index].endsWithRelation && drafts[index].tokens.count > 1 {
      let item = drafts[index]
      var best: (index: Int, gap: Double)?
      for other in drafts.indices where other != index && !isMerged[other] {
        let answer = drafts[other]
        let gap = answer.box.x - item.box.right
        guard gap > -0.5 * item.size, gap <= 8 * item.size,
          abs(answer.leftAxis - item.rightAxis) <= 0.7 * item.size + 0.1 * max(0, gap)
        else { continue }
        if gap < best?.gap ?? .infinity { best = (other, gap) }
      }
      // The nearest piece must be an answer and no exercise of its own.
      guard let best, !drafts[best.index].hasRelation, drafts[best.index].isExercise else { continue }
      isMerged[best.index] = true
      drafts[index].append(drafts[best.index])
    }
    return zip(drafts, isMerged).compactMap { $1 ? nil : $0 }
  }

  private static func withSteps(_ drafts: [ItemDraft]) -> [ItemDraft] {
    var result: [ItemDraft] = []
    for draft in drafts.sorted(by: { $0.box.y < $1.box.y }) {
      guard draft.beginsWithRelation else {
        result.append(draft)
        continue
      }
      let before = result.indices.filter { index in
        let (item, gap) = (result[index], draft.box.y - result[index].box.bottom)
        return item.isExercise && !item.beginsWithRelation && gap >= -0.6 * draft.size
          && gap <= 2 * draft.size
          && draft.box.x <= item.box.right + draft.size && item.box.x <= draft.box.right + draft.size
      }
      // Strokes that only look like an equals sign, such as a double underline, are no step.
      if let index = before.max(by: { result[$0].box.bottom < result[$1].box.bottom }), draft.isExercise {
        result[index].append(draft)
      } else {
        result.append(draft)
      }
    }
    return result
  }

  /// The exercises; signs that belong to none, but stand within one, are added to it as signs that cannot be read.
  ///
  /// A point that was not recognised as a part of its number must not vanish from it.
  static func withStrays(_ drafts: [ItemDraft]) -> [ItemDraft] {
    var exercises = drafts.filter(\.isExercise)
    guard drafts.count <= largestCount else { return exercises }
    for stray in drafts where !stray.isExercise && !stray.tokens.isEmpty {
      let (x, y) = (stray.box.x + stray.box.width / 2, stray.box.y + stray.box.height / 2)
      let index = exercises.firstIndex { exercise in
        let box = exercise.box.grown(by: 0.1 * exercise.size)
        return x >= box.x && x <= box.right && y >= box.y && y <= box.bottom
      }
      if let index { exercises[index].addStrays(stray) }
    }
    return exercises
  }

  /// The exercises line by line on a page with a slope.
  static func inReadingOrder(_ drafts: [ItemDraft], slope: Double) -> [ItemDraft] {
    func height(_ draft: ItemDraft) -> Double { draft.leftAxis - slope * draft.box.x }
    var lines: [[ItemDraft]] = []
    for draft in drafts.sorted(by: { (height($0), $0.box.x) < (height($1), $1.box.x) }) {
      if let first = lines.last?.first, height(draft) - height(first) <= 0.8 * first.size {
        lines[lines.count - 1].append(draft)
      } else {
        lines.append([draft])
      }
    }
    return lines.flatMap { $0.sorted { ($0.box.x, height($0)) < ($1.box.x, height($1)) } }
  }
}
