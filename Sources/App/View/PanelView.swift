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
    // Nothing is shown while the first picture is being made.
    if !isEmpty, state.inspection.image == nil { return Scene.Part("inside", area, []) }
    let (text, color) = isEmpty ? emptyText : ("This model cannot be looked into", theme.quiet)
    return Scene.Part("inside", area, largeText(text, centeredIn: area, color))
  }

  /// Large text in the middle of a rectangle's height, as shown in place of an answer.
  private func largeText(_ text: String, centeredIn area: Rectangle, _ color: Color) -> [DrawCommand] {
    let size = (layout.textSize * 1.6 * 4).rounded() / 4
    let count = renderer.lines(of: text, width: Double(area.width), size: size).count
    let height = Int(clamping: size * 1.4) * count
    let middle = Rectangle(
      x: area.x, y: Int(clamping: area.centerY) - height / 2, width: area.width, height: height)
    return lines(text, in: middle, size: size, color)
  }

  /// The colour of the text about a symbol.
  private func color(of symbol: Symbol) -> Color { symbol.refused ? theme.unsure : theme.accent }

  /// The probability of a candidate, reduced by the probability that the symbol is none of the labels.
  private func jointProbability(of candidate: Candidate, in symbol: Symbol) -> Double {
    candidate.probability * (1 - symbol.background)
  }

  private func answerPart() -> Scene.Part {
    let area = layout.answer
    guard let reading = state.reading, let answer = window.answer else {
      return Scene.Part("answer", area, [])
    }
    let marks = answer.glyphs.map { glyph in
      let symbol = glyph.symbol.map { reading.symbols[$0] }
      let isSelected = reading.symbols.count == 1 || symbol == state.symbol
      let color = symbol.map(color(of:)) ?? theme.accent
      return DrawCommand.text(
        glyph.text, glyph.origin, size: answer.size, isSelected ? color : color.mixed(theme.window, 0.45))
    }
    return Scene.Part("answer", area, [.within(area, marks)])
  }

  private func certaintyPart() -> Scene.Part {
    let area = layout.certainty
    let title = layout.textSize * 1.3
    let step = (layout.textSize * 1.75).rounded()
    let rows = (0..<3).map { row in
      Rectangle(
        x: area.x, y: Int(clamping: area.centerY - 1.5 * step + Double(row) * step), width: area.width,
        height: Int(clamping: step))
    }
    var marks: [DrawCommand] = []
    if let symbol = state.symbol {
      marks.append(text(WindowText.certainty(symbol), in: rows[0], size: title, color(of: symbol)))
      let confidence = symbol.refused && symbol.background >= 0.5 ? symbol.background : symbol.confidence
      marks.append(text(ProbabilityText.percent(confidence), in: rows[1], size: layout.textSize, theme.text))
      let others = symbol.candidates.dropFirst(symbol.refused ? 0 : 1).prefix(2).filter {
        jointProbability(of: $0, in: symbol) >= 0.001
      }
      if !others.isEmpty {
        let names = others.map(\.label).joined(separator: ", ")
        marks.append(
          text(
            (symbol.refused ? "perhaps " : "or ") + names, in: rows[2], size: layout.smallSize, theme.quiet))
      }
    } else {
      // Without an answer, the text has the place of both.
      let whole = layout.answer.union(area)
      let (text, color) = emptyText
      return Scene.Part("certainty", whole, largeText(text, centeredIn: whole, color))
    }
    return Scene.Part("certainty", area, [.within(area, marks)])
  }

  /// The text while there is no symbol.
  private var emptyText: (String, Color) {
    if state.reading != nil { return ("no digit", theme.unsure) }
    switch state.model?.condition {
    case nil: return ("No model is there", theme.wrong)
    case .unusable: return ("This model cannot be used", theme.wrong)
    default: break
    }
    if state.page.isEmpty { return ("Draw a digit", theme.quiet) }
    return (state.isLive || state.status.isRequested ? "" : "Press Predict", theme.quiet)
  }

  private func barParts() -> [Scene.Part] {
    let symbol = state.symbol
    let labelWidth = (layout.textSize * 1.4).rounded()
    let percentWidth = renderer.width(of: "> 99.9 %", size: layout.smallSize) + Double(layout.gap)
    return layout.bars.enumerated().map { digit, area in
      let label = String(digit)
      let candidate = symbol?.candidates.first { $0.label == label }
      let isBest = candidate != nil && symbol?.candidates.first?.label == label
      let probability =
        candidate.flatMap { candidate in symbol.map { jointProbability(of: candidate, in: $0) } } ?? 0
      let color = isBest ? symbol.map(color(of:)) ?? theme.quiet : theme.quiet
      let height = max(2, Int(clamping: (Double(area.height) * 0.2).rounded()))
      let track = Rectangle(
        x: area.x + Int(clamping: labelWidth), y: area.y + (area.height - height) / 2,
        width: max(1, area.width - Int(clamping: labelWidth + percentWidth)), height: height)
      var marks = [
        text(label, in: area, size: layout.textSize, isBest ? color : theme.quiet),
        DrawCommand.box(track, radius: Double(height) / 2, theme.track),
      ]
      if probability >= 0.001 {
        var filled = track
        filled.width = max(height, Int(clamping: (Double(track.width) * probability).rounded()))
        marks.append(.box(filled, radius: Double(height) / 2, color))
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
    let long = "what the network sees"
    let fits = renderer.width(of: long, size: layout.smallSize) <= Double(area.width)
    let hasLines = Double(area.height) >= layout.smallSize * 3
    let marks = lines(fits || hasLines ? long : "it sees", in: area, size: layout.smallSize, theme.quiet)
    return Scene.Part("caption", area, [.within(area, marks)])
  }
}
