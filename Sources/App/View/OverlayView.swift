// What lies over the page: the keys, the files to open; and over the panel: the models.

import Basics
import Graphics
import Recognition

extension View {
  func overlayParts() -> [Scene.Part] {
    switch session.overlay {
    case nil, .saveAs: []
    case .keys: [keysPart()]
    case .open(let choice): [openPart(choice)]
    case .models(let row): [modelsPart(row: row)]
    }
  }

  private func card(_ area: Rectangle) -> [DrawCommand] {
    [
      .box(area, radius: layout.radius, theme.raised),
      .frame(area, radius: layout.radius, width: Double(layout.hairline), theme.line),
    ]
  }

  private func keysPart() -> Scene.Part {
    let area = layout.desk
    let pad = layout.gap * 2
    let inner = area.inset(pad)
    let rows = KeyTable.rows.count
    let step = min(Double(inner.height) / Double(rows), layout.textSize * 2)
    let size = min(layout.textSize, step * 0.68)
    let keyWidth = KeyTable.rows.map { lettering.width(of: $0.keys, size: size) }.max() ?? 0
    let start = min(keyWidth + size * 1.6, Double(inner.width) * 0.5)
    let marks = KeyTable.rows.enumerated().flatMap { index, row in
      let line = Rectangle(
        x: inner.x, y: inner.y + Int(clamping: Double(index) * step), width: inner.width,
        height: Int(clamping: step))
      return [
        text(row.keys, in: line, size: size, theme.accent),
        text(row.meaning, in: line, size: size, theme.text, from: start),
      ]
    }
    return Scene.Part("keys", area, card(area) + marks)
  }

  private func openPart(_ choice: FileChoice) -> Scene.Part {
    let area = layout.desk
    let rows = OpenRows(layout)
    var marks = card(area) + self.marks(of: choice.field, in: rows.field)
    let matching = choice.matching
    if let problem = choice.problem {
      marks += lines(problem, in: rows.list, size: layout.textSize, theme.wrong)
    } else if matching.isEmpty {
      marks += lines("Nothing here that Inkling can open", in: rows.list, size: layout.textSize, theme.quiet)
    }
    let first = rows.first(showing: choice.chosen, of: matching.count)
    for (index, entry) in matching.enumerated().dropFirst(first).prefix(rows.count) {
      let row = rows.row(index - first)
      let isChosen = index == choice.chosen
      if isChosen { marks.append(.box(row, radius: layout.radius * 0.7, theme.accent)) }
      let color = isChosen ? theme.onAccent : entry.isFolder ? theme.quiet : theme.text
      marks.append(
        text(
          entry.name + (entry.isFolder ? "/" : ""), in: row.inset(x: layout.gap, y: 0), size: layout.textSize,
          color))
    }
    return Scene.Part("open overlay", area, [.within(area, marks)])
  }

  private func modelsPart(row chosen: Int) -> Scene.Part {
    let rows = ModelRows(layout, count: session.models.count)
    let (nameWidth, tellsHowSure) = columns(of: rows.row(0).width - 2 * layout.gap)
    var marks = card(rows.area)
    for (index, model) in session.models.enumerated().prefix(rows.count) {
      let row = rows.row(index)
      let inner = row.inset(x: layout.gap, y: 0)
      if index == chosen { marks.append(.box(row, radius: layout.radius * 0.7, theme.track)) }
      let isChosen = index == session.chosenModel
      let name = Rectangle(x: inner.x, y: inner.y, width: nameWidth, height: inner.height)
      marks.append(text(model.name, in: name, size: layout.textSize, isChosen ? theme.accent : theme.text))
      let rest = Rectangle(x: name.right, y: inner.y, width: inner.right - name.right, height: inner.height)
      marks += answerMarks(of: model, in: rest, tellsHowSure: tellsHowSure)
    }
    let foot = rows.foot
    let (words, color) = comparison
    marks.append(text(words, in: foot, size: layout.smallSize, color))
    return Scene.Part("models", rows.area, [.within(rows.area, marks)])
  }

  /// How the models' answers compare.
  private var comparison: (String, Color) {
    let count = session.models.count { $0.answer?.revision == session.revision }
    guard session.asksAll else { return ("A asks all of them.", theme.quiet) }
    if !session.answersAgree { return ("They disagree.", theme.unsure) }
    return (count > 1 ? "They agree." : "All are asked.", theme.quiet)
  }

  /// How wide the names are, and whether it can stand beside the answers how sure each is: where there is little room,
  /// the answers go first.
  private func columns(of width: Int) -> (names: Int, tellsHowSure: Bool) {
    let answers = session.models.map { lettering.width(of: word(of: $0) ?? "", size: answerSize) }.max() ?? 0
    let percents = lettering.width(of: "> 99.9 %", size: layout.smallSize)
    let wanted = Int(clamping: (answers + percents).rounded(.up)) + layout.gap
    let usual = width * 11 / 20
    if width - usual >= wanted { return (usual, true) }
    let names = session.models.map { lettering.width(of: $0.name, size: layout.textSize) }.max() ?? 0
    let least = min(usual, Int(clamping: names.rounded(.up)) + layout.gap)
    return (least, width - least >= wanted)
  }

  private var answerSize: Double { layout.textSize * 1.15 }

  /// What a model reads on the page as it is; nil where it has not been asked.
  private func word(of model: ModelEntry) -> String? {
    guard let answer = model.answer, answer.revision == session.revision else { return nil }
    return answer.reading.symbols.isEmpty
      ? "–" : answer.reading.text.split(separator: "\n").joined(separator: " ")
  }

  /// What one model says: the text, and how sure it is.
  private func answerMarks(of model: ModelEntry, in area: Rectangle, tellsHowSure: Bool) -> [DrawCommand] {
    if case .unusable = model.condition {
      return [text("unusable", endingIn: area, size: layout.smallSize, theme.wrong)]
    }
    guard let word = word(of: model), let reading = model.answer?.reading else { return [] }
    let color = reading.text == session.reading?.text ? theme.text : theme.unsure
    let answer = text(word, in: area, size: answerSize, color)
    if !tellsHowSure { return [answer] }
    let percent = Chances.percent(reading.confidence)
    return [answer, text(percent, endingIn: area, size: layout.smallSize, theme.quiet)]
  }
}

/// Where the open overlay's field and rows are.
struct OpenRows {
  let field: Rectangle
  let list: Rectangle
  let count: Int
  private let step: Int

  init(_ layout: Layout) {
    let inner = layout.desk.inset(layout.gap * 3 / 2)
    let height = Int(clamping: (layout.textSize * 2.1).rounded())
    step = Int(clamping: (layout.textSize * 1.9).rounded())
    field = Rectangle(x: inner.x, y: inner.y, width: inner.width, height: height)
    let top = field.bottom + layout.gap
    list = Rectangle(x: inner.x, y: top, width: inner.width, height: max(0, inner.bottom - top))
    count = max(1, list.height / max(1, step))
  }

  func row(_ index: Int) -> Rectangle {
    Rectangle(x: list.x, y: list.y + index * step, width: list.width, height: step)
  }

  /// The first row shown, so that the chosen one is seen.
  func first(showing chosen: Int?, of total: Int) -> Int {
    min(max(0, (chosen ?? 0) - count + 1), max(0, total - count))
  }
}

/// Where the rows of the models are.
struct ModelRows {
  let area: Rectangle
  let foot: Rectangle
  let count: Int
  private let step: Int
  private let inner: Rectangle

  init(_ layout: Layout, count: Int) {
    // Under the answer, or over the look inside; there as wide as the model's own row at the least.
    let top = layout.inside.isEmpty ? layout.certainty.bottom + layout.gap / 2 : layout.inside.y
    let bottom = layout.inside.isEmpty ? layout.input.y - layout.gap / 2 : layout.inside.bottom
    let width = layout.inside.isEmpty ? layout.panel.width : max(layout[.model].width, layout.panel.width / 2)
    let room = Rectangle(x: layout.panel.x, y: top, width: width, height: bottom - top)
    let wanted = Int(clamping: (layout.textSize * 2).rounded())
    let pad = layout.gap / 2
    step = max(1, min(wanted, (room.height - 2 * pad) / max(1, count + 1)))
    self.count = count
    let height = min(room.height, (count + 1) * step + 2 * pad)
    let y = layout.inside.isEmpty ? room.y : room.bottom - height
    area = Rectangle(x: room.x, y: y, width: room.width, height: height)
    inner = area.inset(pad)
    foot = Rectangle(
      x: inner.x + layout.gap, y: inner.y + count * step, width: max(0, inner.width - 2 * layout.gap),
      height: step)
  }

  func row(_ index: Int) -> Rectangle {
    Rectangle(x: inner.x, y: inner.y + index * step, width: inner.width, height: step)
  }
}
