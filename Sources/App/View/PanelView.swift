// The view of the panel: the answer, its certainty, the bars, and the network's input; or the inspection.

import Basics
import Graphics
import Ink
import Preprocessing
import Recognition

extension View {
  func panelParts() -> [Scene.Part] {
    if state.inspection.isShown { return [insidePart()] }
    return [answerPart(), certaintyPart()] + barParts() + [inputPart(), captionPart()]
  }

  /// The inspection, or the reason why there is no picture.
  private func insidePart() -> Scene.Part {
    let area = layout.inside
    if let picture = state.inspection.image?.picture {
      return Scene.Part("inside", area, picture: picture, [])
    }
    let isEmpty = state.symbol == nil
    var (text, color) = isEmpty ? emptyText : (localized("This model cannot be looked into"), theme.quiet)
    // The first picture, or the reading before it, is being made.
    if text.isEmpty || !isEmpty && state.inspection.image == nil {
      (text, color) = (localized("Looking inside"), theme.quiet)
    }
    return Scene.Part("inside", area, largeText(text, centeredIn: area, color))
  }

  /// Large text in the middle of a rectangle's height, as shown in place of an answer; smaller where it is too high.
  private func largeText(_ text: String, centeredIn area: Rectangle, _ color: Color) -> [DrawCommand] {
    func lineCount(_ size: Double) -> Int {
      renderer.lines(of: text, width: Double(area.width), size: size).count
    }
    var size = (layout.textSize * 1.6 * 4).rounded() / 4
    while size > layout.smallSize, Double(lineCount(size)) * size * 1.4 > Double(area.height) { size -= 0.25 }
    let count = lineCount(size)
    let height = Int(clamping: size * 1.4) * count
    let middle = area.strip(y: Int(clamping: area.centerY) - height / 2, height: height)
    return lines(text, in: middle, size: size, color)
  }

  /// The colour of the text about a symbol.
  private func color(of symbol: Symbol) -> Color { symbol.isDoubtful ? theme.unsure : theme.accent }

  private func answerPart() -> Scene.Part {
    let area = layout.answer
    if !state.exercises.isEmpty { return exercisesPart() }
    guard let reading = state.reading, let answer = window.answer else {
      return Scene.Part("answer", area, [])
    }
    let doubted = state.doubtedSymbols
    var marks: [DrawCommand] = []
    for glyph in answer.glyphs {
      let isDoubted = glyph.symbol.map(doubted.contains) ?? false
      let color = isDoubted ? theme.unsure : state.mode == .text ? theme.text : theme.accent
      marks.append(.text(glyph.text, glyph.origin, size: answer.size, color))
      // The bars and the input show the underlined symbol.
      guard let symbol = glyph.symbol, reading.symbols.count > 1, symbol == state.selectedIndex else {
        continue
      }
      let height = max(2, Int(clamping: (answer.size * 0.05).rounded()))
      let y = Int(clamping: glyph.origin.y + max(2, answer.size * 0.06))
      let underline = Rectangle(
        x: Int(clamping: glyph.origin.x), y: min(y, area.bottom - height),
        width: Int(clamping: glyph.width.rounded(.up)), height: height)
      marks.append(.fill(underline, color))
    }
    return Scene.Part("answer", area, [.within(area, marks)])
  }

  private func certaintyPart() -> Scene.Part {
    let area = layout.certainty
    guard let reading = state.reading, !reading.symbols.isEmpty else {
      // Without an answer, the text has the place of both.
      let whole = layout.answer.union(area)
      let (text, color) = emptyText
      return Scene.Part("certainty", whole, largeText(text, centeredIn: whole, color))
    }
    let upper = area.strip(y: area.y, height: area.height * 11 / 20)
    let lower = area.strip(y: upper.bottom, height: area.height - upper.height)
    let certainty = ReadingCertainty(
      reading: reading, exercises: state.exercises, doubted: state.doubtedSymbols, language: state.language)
    let percent = certainty.percent
    let percentWidth = renderer.width(of: percent, size: layout.textSize)
    let left = upper.column(
      x: upper.x, width: upper.width - Int(clamping: percentWidth.rounded(.up)) - layout.gap)
    let title = certainty.isDoubtful ? theme.unsure : theme.accent
    let details = certainty.details(selected: state.exercises.isEmpty ? state.selectedIndex : nil)
    let size = layout.textSize * 1.2
    let marks = [
      text(fitting(certainty.headlines, left, size: size), in: left, size: size, title),
      text(percent, endingIn: upper, size: layout.textSize, theme.text),
      text(fitting(details, lower, size: layout.smallSize), in: lower, size: layout.smallSize, theme.quiet),
    ]
    return Scene.Part("certainty", area, [.within(area, marks)])
  }

  /// The text while there is no symbol.
  private var emptyText: (String, Color) {
    switch state.model?.condition {
    case nil: return (localized("No model: start with --model FILE, or press Predict"), theme.wrong)
    case .unusable: return (localized("This model cannot be used"), theme.wrong)
    default: break
    }
    if state.page.isEmpty {
      return switch state.mode {
      case .digits: (localized("Draw a digit"), theme.quiet)
      case .sums: (localized("Write a sum: 12 × 3 ="), theme.quiet)
      case .text: (localized("Write a word"), theme.quiet)
      }
    }
    if state.reading != nil {
      return (localized(WindowText.nothingRead(inFrame: state.frame != nil)), theme.unsure)
    }
    return (state.isLive || state.status.isRequested ? "" : localized("Press Predict"), theme.quiet)
  }

  private func barParts() -> [Scene.Part] {
    let symbol = state.symbol
    let none = symbol?.background ?? 0
    let labelWidth = (layout.textSize * 1.4).rounded()
    let percentWidth = renderer.width(of: "> 99.9 %", size: layout.smallSize) + Double(layout.gap)
    return layout.bars.enumerated().map { digit, area in
      // The last bar is the probability of being none of the digits, so that all add up to 1.
      let isNone = digit == 10
      let label = isNone ? localized("none") : String(digit)
      let labelSize = isNone ? layout.smallSize : layout.textSize
      let labelWidth =
        isNone ? renderer.width(of: label, size: labelSize) + Double(layout.gap) / 2 : labelWidth
      // The probability of a digit is reduced by that of being none.
      let candidate = symbol?.candidates.first { $0.label == label }
      let probability = isNone ? none : (candidate?.probability ?? 0) * (1 - none)
      let isBest = isNone ? none >= 0.5 : none < 0.5 && symbol?.candidates.first?.label == label
      let color = isBest ? symbol.map(color(of:)) ?? theme.quiet : theme.quiet
      let height = max(2, Int(clamping: (Double(area.height) * 0.2).rounded()))
      let track = Rectangle(
        x: area.x + Int(clamping: labelWidth), y: area.y + (area.height - height) / 2,
        width: max(1, area.width - Int(clamping: labelWidth + percentWidth)), height: height)
      var marks = [
        text(label, in: area, size: labelSize, color),
        DrawCommand.box(track, radius: Double(height) / 2, theme.track),
      ]
      if probability >= 0.001 {
        let width = max(height, Int(clamping: (Double(track.width) * probability).rounded()))
        marks.append(.box(track.column(x: track.x, width: width), radius: Double(height) / 2, color))
        marks.append(
          text(
            ProbabilityText.percent(probability), endingIn: area, size: layout.smallSize,
            isBest ? theme.text : theme.quiet))
      }
      return Scene.Part("bar\(digit)", area, marks)
    }
  }

  private func inputPart() -> Scene.Part {
    let area = layout.input
    let border = area.inset(-layout.hairline)
    var marks: [DrawCommand] = [.fill(area, theme.paper)]
    if let input = state.symbol?.input, input.count == InputNormalizer.side * InputNormalizer.side {
      let levels = Levels(
        width: InputNormalizer.side, height: InputNormalizer.side,
        values: input.map { UInt8(clamping: (min(1, max(0, $0)) * 255).rounded()) })
      marks.append(.levels(levels, area, from: theme.paper, to: theme.ink))
    }
    marks.append(.frame(border, radius: 0, width: Double(layout.hairline), theme.line))
    return Scene.Part("input", border, marks)
  }

  private func captionPart() -> Scene.Part {
    let area = layout.caption
    // A narrow caption has a shorter text.
    let long = localized("what the network sees")
    let fits = renderer.width(of: long, size: layout.smallSize) <= Double(area.width)
    let hasLines = Double(area.height) >= layout.smallSize * 3
    let marks = lines(
      fits || hasLines ? long : localized("it sees"), in: area, size: layout.smallSize, theme.quiet)
    return Scene.Part("caption", area, [.within(area, marks)])
  }
}
