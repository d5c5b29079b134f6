// The view of exercises beside the page: typeset, with their verdicts and the right answers.

import Arithmetic
import Basics
import ExerciseReports
import Exercises
import Graphics
import Ink

/// An exercise in the panel, at one size of text.
private struct ExerciseRow {
  let formula: TypesetFormula?
  /// The text of signs that are no formula.
  let text: String
  let sign: VerdictSign?
  /// The right answer, of a wrong exercise.
  let answer: String?
  /// What makes the verdict uncertain.
  let note: String?
  let height: Double
  let ascent: Double
  let width: Double
}

extension View {
  /// The sizes of the text that are tried, over that of ordinary text.
  private static let exerciseSizes = [1.9, 1.6, 1.35, 1.15, 1.0, 0.86]

  func exercisesPart() -> Scene.Part {
    let area = layout.answer
    var rows: [ExerciseRow] = []
    var size = layout.textSize
    let gap = Double(layout.gap) * 0.7
    for factor in Self.exerciseSizes {
      size = ((layout.textSize * factor) * 4).rounded() / 4
      rows = state.exercises.map { row($0, size) }
      let height = rows.reduce(0) { $0 + $1.height } + Double(max(0, rows.count - 1)) * gap
      if height <= Double(area.height), rows.allSatisfy({ $0.width <= Double(area.width) }) { break }
    }
    var marks: [DrawCommand] = []
    var y = Double(area.y)
    let colors: MarkPalette = state.theme == .light ? .light : .dark
    for (index, row) in rows.enumerated() {
      let rest = rows.count - index
      let footHeight = rest > 1 ? noteHeight : 0
      if index > 0, y + row.height + footHeight > Double(area.bottom) {
        let height = Int(clamping: noteHeight)
        let foot = area.strip(y: area.bottom - height, height: height)
        marks.append(
          text(
            state.language.text("and %1 more on the page", String(rest)), in: foot, size: layout.smallSize,
            theme.quiet))
        break
      }
      marks += commands(of: row, y: y, size: size, colors)
      y += row.height + gap
    }
    return Scene.Part("answer", area, [.within(area, marks)])
  }

  /// The height of a line of small text.
  private var noteHeight: Double { layout.smallSize * 1.4 }

  private func signWidth(_ size: Double) -> Double { renderer.capitalHeight(size: size) * 1.1 }

  private func row(_ exercise: CheckedExercise, _ size: Double) -> ExerciseRow {
    let kind = exercise.verdict.kind
    let colors = FormulaColors(
      text: theme.text, suggested: theme.accent,
      answer: kind == .wrong ? theme.wrong : kind == .right ? theme.good : theme.text)
    let suggestion = kind == .open ? exercise.expected : nil
    let formula = (try? FormulaParser.statement(exercise.text)).map {
      TypesetFormula($0, suggestion: suggestion, size: size, colors: colors, measuring: renderer)
    }
    let capital = renderer.capitalHeight(size: size)
    let ascent = max(formula?.ascent ?? 0, capital)
    let descent = max(formula?.descent ?? 0, size * 0.1)
    let note = kind == .unsure ? exercise.reason : nil
    let answer = kind == .wrong ? exercise.expected.map(AnswerText.written) : nil
    let sign = VerdictSign(kind)
    let textWidth = formula?.width ?? renderer.width(of: exercise.text, size: size)
    let width =
      textWidth + (sign == nil ? 0 : signWidth(size) + size * 0.4)
      + (answer.map { renderer.width(of: $0, size: size) + size * 0.4 } ?? 0)
    return ExerciseRow(
      formula: formula, text: exercise.text, sign: sign, answer: answer, note: note,
      height: ascent + descent + size * 0.15 + (note == nil ? 0 : noteHeight), ascent: ascent + size * 0.08,
      width: width)
  }

  /// A row: the formula, then the sign of the verdict and the right answer.
  private func commands(
    of row: ExerciseRow, y: Double, size: Double, _ colors: MarkPalette
  ) -> [DrawCommand] {
    let area = layout.answer
    let baseline = (y + row.ascent).rounded()
    let side = signWidth(size)
    var marks: [DrawCommand] = []
    var x = Double(area.x)
    if let formula = row.formula {
      marks += formula.commands(at: PicturePoint(x, baseline))
      x += formula.width
    } else {
      let room = Double(area.width) - (row.width - renderer.width(of: row.text, size: size))
      let shown = renderer.shortened(row.text, to: max(0, room), size: size)
      marks.append(.text(shown, PicturePoint(x, baseline), size: size, theme.text))
      x += renderer.width(of: shown, size: size)
    }
    if let sign = row.sign {
      x += size * 0.4
      let capital = renderer.capitalHeight(size: size)
      marks += sign.commands(
        at: Box(x: x, y: baseline - capital, width: capital, height: capital), side: capital, colors, renderer
      )
      x += side
    }
    if let answer = row.answer {
      marks.append(.text(answer, PicturePoint(x + size * 0.4, baseline), size: size, colors.right))
    }
    if let note = row.note {
      let line = area.strip(
        y: Int(clamping: y + row.height - noteHeight), height: Int(clamping: noteHeight))
      marks.append(text(note, in: line, size: layout.smallSize, theme.unsure))
    }
    return marks
  }
}
