// The panel beside the page: the answer, how sure it is, the bars, what the network sees.

import Basics
import Graphics
import Ink
import Recognition

extension View {
  func panelParts() -> [Scene.Part] {
    if session.isLooking { return [insidePart()] }
    return [answerPart(), certaintyPart()] + barParts() + [inputPart(), captionPart()]
  }

  /// The look inside, or why there is nothing to be seen.
  private func insidePart() -> Scene.Part {
    let area = layout.inside
    if let picture = session.inside?.picture { return Scene.Part("inside", area, picture: picture, []) }
    let isEmpty = session.symbol == nil
    // While the first picture is on its way nothing is said.
    if !isEmpty, session.inside == nil { return Scene.Part("inside", area, []) }
    let (words, color) = isEmpty ? emptyWords : ("This model cannot be looked into", theme.quiet)
    return Scene.Part("inside", area, large(words, inTheMiddleOf: area, color))
  }

  /// Words in the middle of a rectangle's height, as large as they are where an answer would stand.
  private func large(_ words: String, inTheMiddleOf area: Rectangle, _ color: Color) -> [DrawCommand] {
    let size = (layout.textSize * 1.6 * 4).rounded() / 4
    let count = lettering.lines(of: words, width: Double(area.width), size: size).count
    let height = Int(clamping: size * 1.4) * count
    let middle = Rectangle(
      x: area.x, y: Int(clamping: area.centerY) - height / 2, width: area.width, height: height)
    return lines(words, in: middle, size: size, color)
  }

  /// The colour of what is said of a symbol.
  private func color(of symbol: Symbol) -> Color { symbol.refused ? theme.unsure : theme.accent }

  /// How probable a candidate is, that it is no symbol at all counted among what could be.
  private func share(of candidate: Candidate, in symbol: Symbol) -> Double {
    candidate.probability * (1 - symbol.background)
  }

  private func answerPart() -> Scene.Part {
    let area = layout.answer
    guard let reading = session.reading, !reading.symbols.isEmpty else {
      return Scene.Part("answer", area, [])
    }
    let lines = reading.text.split(separator: "\n").map(String.init)
    let height = Double(area.height) / Double(lines.count)
    let size = answerSize(of: lines)
    var index = 0
    var marks: [DrawCommand] = []
    for (row, line) in lines.enumerated() {
      let middle = Double(area.y) + (Double(row) + 0.5) * height
      let baseline = (middle + lettering.capitalHeight(size: size) / 2).rounded()
      // The first character's ink, not its bearing, stands on the panel's edge.
      var x =
        Double(area.x)
        - line.unicodeScalars.prefix(1).reduce(0) { max(0, lettering.bearing(of: $1, size: size)) + $0 }
      for character in lettering.shortened(line, to: Double(area.width), size: size) {
        let symbol = reading.symbols.indices.contains(index) ? reading.symbols[index] : nil
        let isSelected = reading.symbols.count == 1 || symbol == session.symbol
        let color = symbol.map(color(of:)) ?? theme.accent
        marks.append(
          .text(
            String(character), Spot(x, baseline), size: size,
            isSelected ? color : color.mixed(theme.window, 0.45)))
        x += lettering.width(of: String(character), size: size)
        index += 1
      }
    }
    return Scene.Part("answer", area, [.within(area, marks)])
  }

  /// A capital nearly fills the height (round ones reach a little beyond their line); a long text is as large as its width allows.
  private func answerSize(of lines: [String]) -> Double {
    let height = Double(layout.answer.height) / Double(lines.count)
    let tallest = height * (lines.count == 1 ? 0.94 : 0.82) / lettering.capitalHeight(size: 1)
    let widest = lines.map { lettering.width(of: $0, size: 100) }.max() ?? 1
    let size = min(tallest, Double(layout.answer.width) / widest * 100)
    return max(layout.smallSize, (size * 4).rounded(.down) / 4)
  }

  /// How wide the answer is drawn, in pixels.
  static func answerWidth(of session: WindowState, lettering: TextRenderer) -> Double {
    let view = View(
      session: session, layout: session.layout, theme: session.theme.palette, lettering: lettering)
    let lines = session.reading?.text.split(separator: "\n").map(String.init) ?? []
    guard let first = lines.first else { return 1 }
    return lettering.width(of: first, size: view.answerSize(of: lines))
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
    if let symbol = session.symbol {
      marks.append(text(WindowText.certainty(symbol), in: rows[0], size: title, color(of: symbol)))
      let confidence = symbol.refused && symbol.background >= 0.5 ? symbol.background : symbol.confidence
      marks.append(text(Chances.percent(confidence), in: rows[1], size: layout.textSize, theme.text))
      let others = symbol.candidates.dropFirst(symbol.refused ? 0 : 1).prefix(2).filter {
        share(of: $0, in: symbol) >= 0.001
      }
      if !others.isEmpty {
        let names = others.map(\.label).joined(separator: ", ")
        marks.append(
          text(
            (symbol.refused ? "perhaps " : "or ") + names, in: rows[2], size: layout.smallSize, theme.quiet))
      }
    } else {
      // Without an answer, the words stand where the answer would.
      let whole = layout.answer.union(area)
      let (words, color) = emptyWords
      return Scene.Part("certainty", whole, large(words, inTheMiddleOf: whole, color))
    }
    return Scene.Part("certainty", area, [.within(area, marks)])
  }

  /// What is said while there is no symbol.
  private var emptyWords: (String, Color) {
    if session.reading != nil { return ("no digit", theme.unsure) }
    switch session.model?.condition {
    case nil: return ("No model is there", theme.wrong)
    case .unusable: return ("This model cannot be used", theme.wrong)
    default: break
    }
    if session.page.isEmpty { return ("Draw a digit", theme.quiet) }
    return (session.isLive || session.isAsked ? "" : "Press Predict", theme.quiet)
  }

  private func barParts() -> [Scene.Part] {
    let symbol = session.symbol
    let labelWidth = (layout.textSize * 1.4).rounded()
    let percentWidth = lettering.width(of: "> 99.9 %", size: layout.smallSize) + Double(layout.gap)
    return layout.bars.enumerated().map { digit, area in
      let label = String(digit)
      let candidate = symbol?.candidates.first { $0.label == label }
      let isBest = candidate != nil && symbol?.candidates.first?.label == label
      let probability = candidate.flatMap { candidate in symbol.map { share(of: candidate, in: $0) } } ?? 0
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
            Chances.percent(probability), endingIn: area, size: layout.smallSize,
            isBest ? theme.text : theme.quiet))
      }
      return Scene.Part("bar\(digit)", area, marks)
    }
  }

  private func inputPart() -> Scene.Part {
    let area = layout.input
    let border = area.inset(-layout.hairline)
    var marks: [DrawCommand] = [.fill(area, theme.paper)]
    if let input = session.symbol?.input, input.count == 28 * 28 {
      let levels = Levels(
        width: 28, height: 28, values: input.map { UInt8(clamping: (min(1, max(0, $0)) * 255).rounded()) })
      marks.append(.levels(levels, area, from: theme.paper, to: theme.ink))
    }
    marks.append(.frame(border, radius: 0, width: Double(layout.hairline), theme.line))
    return Scene.Part("input", border, marks)
  }

  private func captionPart() -> Scene.Part {
    let area = layout.caption
    // Where the words would be cut, shorter ones stand.
    let words = "what the network sees"
    let fits = lettering.width(of: words, size: layout.smallSize) <= Double(area.width)
    let hasLines = Double(area.height) >= layout.smallSize * 3
    let marks = lines(fits || hasLines ? words : "it sees", in: area, size: layout.smallSize, theme.quiet)
    return Scene.Part("caption", area, [.within(area, marks)])
  }
}
