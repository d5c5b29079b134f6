// The view of the overlays: the keys and the files over the page, the models over the panel.

import Basics
import Graphics
import Recognition

extension View {
  func overlayParts() -> [Scene.Part] {
    switch state.overlay {
    case nil, .saveAs: []
    case .keys: [keysPart()]
    case .open(let choice): [openPart(choice)]
    case .choices(let choice): [choicesPart(choice)]
    case .models(let row): [modelsPart(row: row)]
    }
  }

  /// The keys over the page; where the lines would be too low, in two columns over the panel as well.
  private func keysPart() -> Scene.Part {
    let rows = KeyBinding.all.count
    let pad = layout.gap * 3 / 2
    let lowest = layout.textSize * 1.4
    let isWide = Double(layout.desk.height - 2 * pad) / Double(rows) < lowest
    let area = isWide ? layout.desk.union(layout.panel) : layout.desk
    let inner = area.inset(pad)
    let columns = isWide ? 2 : 1
    let count = (rows + columns - 1) / columns
    let columnWidth = (inner.width - (columns - 1) * pad) / columns
    let step = min(Double(inner.height) / Double(count), layout.textSize * 2)
    let keys = KeyBinding.all.map { localized($0.keys) }
    let meanings = KeyBinding.all.map { localized($0.meaning) }
    func widest(_ texts: [String], _ size: Double) -> Double {
      texts.map { renderer.width(of: $0, size: size) }.max() ?? 0
    }
    var size = min(layout.textSize, step * 0.68)
    while size > 5, widest(keys, size) + size + widest(meanings, size) > Double(columnWidth) { size -= 0.25 }
    let start = widest(keys, size) + size
    let marks = keys.indices.flatMap { index -> [DrawCommand] in
      let (column, row) = (index / count, index % count)
      let line = Rectangle(
        x: inner.x + column * (columnWidth + pad), y: inner.y + Int(clamping: Double(row) * step),
        width: columnWidth, height: Int(clamping: step))
      return [
        text(keys[index], in: line, size: size, theme.accent),
        text(meanings[index], in: line, size: size, theme.text, from: start),
      ]
    }
    return Scene.Part("keys", area, card(area, theme.raised, border: theme.line) + marks)
  }

  private func openPart(_ choice: FileChoice) -> Scene.Part {
    let area = layout.desk
    guard let rows = window.fileRows, let field = window.field else {
      return Scene.Part("open overlay", area, [])
    }
    var marks = card(area, theme.raised, border: theme.line) + self.marks(of: choice.field, field)
    let matching = choice.matching
    // Below the rows that lead elsewhere.
    let start = rows.row(min(matching.count, rows.count - 1))
    let rest = Rectangle(
      x: start.x + layout.gap, y: start.y + layout.gap / 2, width: max(0, start.width - 2 * layout.gap),
      height: max(0, rows.list.bottom - start.y))
    if let problem = choice.problem {
      marks += lines(problem, in: rest, size: layout.textSize, theme.wrong)
    } else if matching.allSatisfy({ $0.isParent || $0.recentFolder != nil }), matching.count < rows.count {
      marks += lines(
        localized("Nothing here that Inkling can open"), in: rest, size: layout.textSize, theme.quiet)
    }
    for (index, entry) in matching.enumerated().dropFirst(rows.first).prefix(rows.count) {
      let row = rows.row(index - rows.first)
      let isChosen = index == choice.chosen
      if isChosen || index == choice.hovered {
        marks.append(.box(row, radius: layout.radius * 0.7, isChosen ? theme.accent : theme.track))
      }
      let color = isChosen ? theme.onAccent : entry.isFolder ? theme.quiet : theme.text
      let inner = row.inset(x: layout.gap, y: 0)
      let name =
        entry.isParent ? localized("../  the folder above") : entry.name + (entry.isFolder ? "/" : "")
      marks.append(text(name, in: inner, size: layout.textSize, color))
      guard let folder = entry.recentFolder else { continue }
      marks += marksOfFolder(
        folder, besides: name, in: inner, color: isChosen ? theme.onAccent : theme.quiet)
      // A line is below the last recent file.
      let isLast = matching.indices.contains(index + 1) && matching[index + 1].recentFolder == nil
      if isLast, index - rows.first + 1 < rows.count {
        let line = row.strip(y: row.bottom - layout.hairline, height: layout.hairline)
        marks.append(.fill(line, theme.line))
      }
    }
    for button in OverlayButton.allCases { marks += face(of: button, in: rows[button], choice) }
    return Scene.Part("open overlay", area, [.within(area, marks)])
  }

  /// The folder of a recent file at the end of its row, as much of it as fits.
  private func marksOfFolder(
    _ folder: String, besides name: String, in row: Rectangle, color: Color
  ) -> [DrawCommand] {
    let used = renderer.width(of: name, size: layout.textSize) + Double(layout.gap) * 2
    let rest = row.column(x: row.x, width: max(0, row.width - Int(clamping: used)))
    let last = folder.split(separator: "/").last.map { "\($0)/" } ?? folder
    let label = fitting([folder, last, ""], rest, size: layout.smallSize)
    return label.isEmpty ? [] : [text(label, endingIn: row, size: layout.smallSize, color)]
  }

  private func face(of button: OverlayButton, in area: Rectangle, _ choice: FileChoice) -> [DrawCommand] {
    let isHovered = choice.hoveredButton == button
    let isPrimary = button == .open
    let ground = isPrimary ? theme.accent : isHovered ? theme.track : theme.raised
    let label = text(
      localized(button.title), centeredIn: area, size: layout.textSize,
      isPrimary ? theme.onAccent : theme.text)
    return card(
      area, isPrimary && isHovered ? ground.mixed(theme.text, 0.12) : ground,
      border: isPrimary ? ground : isHovered ? theme.quiet : theme.line) + [label]
  }

  private func choicesPart(_ choice: SymbolChoice) -> Scene.Part {
    guard let rows = window.choiceRows else { return Scene.Part("choices", layout.page, []) }
    var marks = card(rows.area, theme.raised, border: theme.line)
    for (index, candidate) in choice.candidates.enumerated() {
      let row = rows.row(index)
      let inner = row.inset(x: layout.gap, y: 0)
      if index == choice.row { marks.append(.box(row, radius: layout.radius * 0.7, theme.track)) }
      marks.append(text(candidate.label, in: inner, size: layout.textSize * 1.3, theme.text))
      marks.append(
        text(
          ProbabilityText.percent(candidate.probability), endingIn: inner, size: layout.smallSize,
          theme.quiet))
    }
    let label = fitting(
      ["or type the right sign", "or type it", "type it"].map(localized), rows.foot, size: layout.smallSize)
    marks.append(text(label, in: rows.foot, size: layout.smallSize, theme.quiet))
    return Scene.Part("choices", rows.area, [.within(rows.area, marks)])
  }

  private func modelsPart(row chosen: Int) -> Scene.Part {
    let rows = window.modelRows
    let columns = columns(of: rows.row(0).width - 2 * layout.gap)
    var marks = card(rows.area, theme.raised, border: theme.line)
    for (index, model) in state.models.entries.enumerated().prefix(rows.count) {
      let row = rows.row(index)
      let inner = row.inset(x: layout.gap, y: 0)
      if index == chosen { marks.append(.box(row, radius: layout.radius * 0.7, theme.track)) }
      let isChosen = index == state.models.chosenIndex
      let name = inner.column(x: inner.x, width: columns.nameWidth)
      marks.append(text(model.name, in: name, size: layout.textSize, isChosen ? theme.accent : theme.text))
      let rest = inner.column(x: name.right, width: inner.right - name.right)
      marks += answerMarks(of: model, in: rest, showsConfidence: columns.showConfidence)
    }
    let (label, color) = comparison
    marks.append(text(label, in: rows.foot, size: layout.smallSize, color))
    return Scene.Part("models", rows.area, [.within(rows.area, marks)])
  }

  /// The comparison of the models' answers in words.
  private var comparison: (String, Color) {
    guard state.models.asksAll else { return (localized("A asks all of them."), theme.quiet) }
    return switch state.comparison {
    case .disagree: (localized("They disagree."), theme.unsure)
    case .agree: (localized("They agree."), theme.quiet)
    case .waiting: (localized("All are asked."), theme.quiet)
    }
  }

  /// The width of the names, and whether the confidences fit beside the answers, which have priority.
  private func columns(of width: Int) -> (nameWidth: Int, showConfidence: Bool) {
    let answers =
      state.models.entries.map { renderer.width(of: answerText(of: $0) ?? "", size: answerSize) }.max() ?? 0
    let percents = renderer.width(of: "> 99.9 %", size: layout.smallSize)
    let needed = Int(clamping: (answers + percents).rounded(.up)) + layout.gap
    let usual = width * 11 / 20
    if width - usual >= needed { return (usual, true) }
    let names = state.models.entries.map { renderer.width(of: $0.name, size: layout.textSize) }.max() ?? 0
    let least = min(usual, Int(clamping: names.rounded(.up)) + layout.gap)
    return (least, width - least >= needed)
  }

  private var answerSize: Double { layout.textSize * 1.15 }

  /// The text that a model reads on the present page; nil where it has not read it.
  private func answerText(of model: ModelEntry) -> String? {
    guard let answer = model.answer, answer.revision == state.revision else { return nil }
    return answer.reading.symbols.isEmpty
      ? "–" : answer.text.split(separator: "\n").joined(separator: " ")
  }

  /// The answer of a model: the text and the confidence.
  private func answerMarks(of model: ModelEntry, in area: Rectangle, showsConfidence: Bool) -> [DrawCommand] {
    if case .unusable = model.condition {
      return [text(localized("unusable"), endingIn: area, size: layout.smallSize, theme.wrong)]
    }
    guard let answerText = answerText(of: model), let reading = model.answer?.reading else { return [] }
    let color = model.answer?.text == state.answer?.text ? theme.text : theme.unsure
    let answer = text(answerText, in: area, size: answerSize, color)
    if !showsConfidence { return [answer] }
    let percent = ReadingCertainty(reading: reading).percent
    return [answer, text(percent, endingIn: area, size: layout.smallSize, theme.quiet)]
  }
}
