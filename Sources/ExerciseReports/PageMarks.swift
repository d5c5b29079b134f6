// The marks of checked exercises: ticks, crosses, right answers and question marks, each at a free place of the page.

import Arithmetic
import Basics
package import Exercises
package import Graphics
package import Ink

/// The marks of the exercises of a page at some size in pixels.
package struct PageMarks: Sendable {
  /// The mark of one exercise.
  package struct Mark: Sendable, Equatable {
    /// The index of the exercise.
    package let exercise: Int
    /// The rectangle of the mark, in pixels from the page's corner.
    package let box: Box
    /// The mark.
    package let commands: [DrawCommand]
  }

  private let exercises: [CheckedExercise]
  private let width: Int
  private let height: Int
  private let scale: Double
  /// The height of the marks in pixels: that of the writing, within limits.
  let markHeight: Double

  /// Lays out marks.
  ///
  /// - Parameters:
  ///   - exercises: the exercises.
  ///   - width: the width of the page in pixels.
  ///   - height: the height of the page in pixels.
  ///   - scale: pixels in one unit of the exercises' boxes.
  package init(_ exercises: [CheckedExercise], width: Int, height: Int, scale: Double) {
    (self.exercises, self.width, self.height, self.scale) = (exercises, width, height, scale)
    // The boxes of slanted lines are high; those of their symbols are not.
    let heights = exercises.flatMap(\.inkBoxes).map { $0.height * scale }.sorted()
    let shorter = Double(min(width, height))
    let usual = heights.isEmpty ? shorter / 20 : heights[heights.count * 2 / 3]
    markHeight = min(max(usual, shorter / 60, 10), max(shorter / 10, 10))
  }

  /// The marks of the exercises that have one.
  package func marks(_ colors: MarkPalette, textRenderer: TextRenderer) -> [Mark] {
    var taken = exercises.flatMap(\.inkBoxes).map { $0.scaled(by: scale) }
    return exercises.enumerated().compactMap { index, exercise -> Mark? in
      let kind = exercise.verdict.kind
      let sign = VerdictSign(kind)
      // The right answer, where the exercise has another one or none.
      let answer = kind == .wrong || kind == .open ? exercise.expected.map(AnswerText.written) : nil
      guard sign != nil || answer != nil else { return nil }
      let textSize = markHeight * 0.95
      let gap = markHeight * 0.25
      let (signWidth, space) = sign == nil ? (0, 0) : (markHeight, gap)
      let width = signWidth + (answer.map { textRenderer.width(of: $0, size: textSize) + space } ?? 0)
      let place = place(for: width, beside: exercise, gap: gap, avoiding: taken)
      taken.append(place)
      var commands = sign?.commands(at: place, side: markHeight, colors, textRenderer) ?? []
      if let answer {
        let y = place.y + (place.height + textRenderer.capitalHeight(size: textSize)) / 2
        let color = sign == nil ? colors.suggested : colors.wrong
        commands.append(
          .text(answer, PicturePoint(place.x + signWidth + space, y), size: textSize, color))
      }
      return Mark(exercise: index, box: place, commands: commands)
    }
  }

  /// A place beside an exercise that covers no symbol: behind it, below or above its end, or before it.
  private func place(
    for width: Double, beside exercise: CheckedExercise, gap: Double, avoiding others: [Box]
  ) -> Box {
    let (across, down) = (Double(self.width), Double(height))
    let last = exercise.lastBox.scaled(by: scale)
    let first = (exercise.symbolBoxes.min { $0.x < $1.x } ?? exercise.box).scaled(by: scale)
    func top(_ box: Box) -> Double { box.y + (box.height - markHeight) / 2 }
    let candidates = [
      (last.right + gap, top(last)), (last.right - width, last.bottom + gap / 2),
      (last.right - width, last.y - markHeight - gap / 2), (first.x - width - gap, top(first)),
    ].map { Box(x: $0.0, y: $0.1, width: width, height: markHeight) }
    let free = candidates.first { place in
      place.x >= 0 && place.y >= 0 && place.right <= across && place.bottom <= down
        && !others.contains { $0.touches(place) }
    }
    if let free { return free }
    var place = candidates[0]
    place.x = max(0, min(place.x, across - width))
    place.y = max(0, min(place.y, down - markHeight))
    return place
  }
}

extension CheckedExercise {
  /// The boxes of its symbols, or that of the whole exercise where they are not known.
  fileprivate var inkBoxes: [Box] { symbolBoxes.isEmpty ? [box] : symbolBoxes }
}

/// The sign of a verdict.
package enum VerdictSign: Sendable, Hashable {
  case tick
  case cross
  case question

  /// The sign of a kind of verdict; nil where there is nothing to judge.
  package init?(_ kind: VerdictKind) {
    switch kind {
    case .right: self = .tick
    case .wrong: self = .cross
    case .unsure: self = .question
    case .open, .noExercise: return nil
    }
  }

  /// The sign in the left square of a box.
  package func commands(
    at place: Box, side: Double, _ colors: MarkPalette, _ textRenderer: TextRenderer
  ) -> [DrawCommand] {
    let pen = max(1.5, side * 0.12)
    func point(_ x: Double, _ y: Double) -> PicturePoint {
      PicturePoint(place.x + x * side, place.y + y * side)
    }
    switch self {
    case .tick:
      return [.line([point(0.08, 0.55), point(0.36, 0.88), point(0.92, 0.1)], width: pen, colors.right)]
    case .cross:
      return [
        .line([point(0.14, 0.14), point(0.86, 0.86)], width: pen, colors.wrong),
        .line([point(0.86, 0.14), point(0.14, 0.86)], width: pen, colors.wrong),
      ]
    case .question:
      let size = side * 1.2
      let baseline = place.y + (side + textRenderer.capitalHeight(size: size)) / 2
      let left = place.x + (side - textRenderer.width(of: "?", size: size)) / 2
      return [.text("?", PicturePoint(left, baseline), size: size, colors.unsure)]
    }
  }
}

/// Answers as people write them.
package enum AnswerText {
  /// A plain text with fractions as 3/4.
  package static func written(_ plain: String) -> String {
    guard plain.contains(")/(") else { return plain }
    return plain.replacing(")/(", with: "/").replacing("(", with: plain.first == "(" ? "" : " ").replacing(
      ")", with: "")
  }
}
