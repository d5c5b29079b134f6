// The picture of an explanation, as draw commands for a file or the window.

import Basics
package import Graphics
import NeuralNetwork
import Preprocessing
import Recognition

/// Translates a text; "%1" stands for the first of the values.
package typealias ExplanationTexts = @Sendable (_ english: String, _ values: [String]) -> String

/// The picture of an explanation.
package struct ExplanationPicture: Sendable {
  /// The draw commands, in order.
  package private(set) var commands: [DrawCommand] = []
  /// The width in pixels.
  package let width: Int
  /// The height in pixels.
  package private(set) var height = 0
  private let colors: Palette
  private let layout: ExplanationLayout
  private let texts: ExplanationTexts

  /// The texts of files.
  private static let english: ExplanationTexts = { text, values in
    values.enumerated().reduce(text) { $0.replacing("%\($1.offset + 1)", with: $1.element) }
  }

  /// Lays out an explanation in the given width; its content determines the height.
  package init(_ explanation: Explanation, width: Int = 960, colors: Palette = .lightFile) {
    self.init(explanation, ExplanationLayout(width: max(360, width)), colors, Self.english)
    height += layout.margin
    addBackground()
  }

  /// Lays out as much of an explanation as fits into the given area, with text of the given size.
  package init(
    _ explanation: Explanation, width: Int, height: Int, textSize: Double, colors: Palette = .lightFile,
    texts: ExplanationTexts? = nil
  ) {
    self.init(
      explanation,
      ExplanationLayout(explanation, width: width, height: height, textSize: textSize),
      colors, texts ?? Self.english)
    self.height = height
    addBackground()
  }

  private init(
    _ explanation: Explanation, _ layout: ExplanationLayout, _ colors: Palette,
    _ texts: @escaping ExplanationTexts
  ) {
    self.layout = layout
    width = layout.width
    self.colors = colors
    self.texts = texts
    addHead(explanation)
    addLegend()
    if layout.hasHeading, explanation.networkCount > 1 {
      addHeading("inside the first of the \(explanation.networkCount) networks that answered together")
    }
    if layout.hasGroups, explanation.layers.count > 1 { addHeading(texts("layer by layer", [])) }
    for layer in explanation.layers where layout.shows(layer) {
      if layout.hasGroups, !layer.names.isEmpty { addHeading(texts("output sums", [])) }
      if layer.isFlat { addUnits(layer) } else { addMaps(layer) }
    }
  }

  private mutating func addBackground() {
    commands.insert(.fill(Rectangle(x: 0, y: 0, width: width, height: height), colors.window), at: 0)
  }

  private mutating func addHead(_ explanation: Explanation) {
    let (side, margin, top) = (layout.side, layout.margin, layout.top)
    let baseline = Double(top) - layout.textSize * 0.6
    addText(texts("input", []), x: margin, baseline: baseline)
    let area = Rectangle(x: margin, y: top, width: side, height: side)
    addLevels(explanation.symbol.input.map(Self.level), width: InputNormalizer.side, in: area)
    let second = margin + side + layout.gap
    addText(texts("influence", []), x: second, baseline: baseline)
    addInfluence(explanation, Rectangle(x: second, y: top, width: side, height: side))
    let third = second + side + layout.gap
    addAnswers(explanation, x: third, top: margin, bottom: top + side)
    height = layout.headHeight
  }

  /// What the two colours mean, below the first pictures.
  private mutating func addLegend() {
    let side = Int(clamping: layout.textSize * 0.75)
    let baseline = Double(height - layout.legendHeight) + layout.textSize * 1.2
    var x = layout.margin
    for (color, text) in [
      (colors.speaksFor, texts("for it, above 0", [])),
      (colors.speaksAgainst, texts("against it, below 0", [])),
    ] {
      commands.append(
        .fill(Rectangle(x: x, y: Int(clamping: baseline) - side, width: side, height: side), color))
      addText(text, x: x + side * 3 / 2, baseline: baseline)
      x += side * 3 + Int(clamping: Self.estimatedWidth(of: text, size: layout.textSize))
    }
  }

  /// The width of a text in an ordinary font, rather too large.
  private static func estimatedWidth(of text: String, size: Double) -> Double {
    Double(text.count) * size * 0.58
  }

  /// A row of the answers: a label, or all labels that have no row of their own.
  private struct AnswerRow {
    let label: String
    let probability: Double
    let isBest: Bool
  }

  /// The most probable answers in the order of the labels, as many as there is room for, and the rest as one.
  private func answerRows(of symbol: Symbol, room: Int) -> [AnswerRow] {
    let factor = 1 - symbol.background
    let answers =
      symbol.candidates.map { (label: $0.label, probability: $0.probability * factor) }
      + [(label: texts("none", []), probability: symbol.background)]
    let shown = answers.count <= room ? answers.count : max(1, room - 1)
    let best = symbol.isNone ? answers.count - 1 : 0
    let ranked = answers.indices.sorted { answers[$0].probability > answers[$1].probability }.prefix(shown)
    var rows = ranked.sorted { a, b in
      let (last, other) = (a == answers.count - 1, b == answers.count - 1)
      return last != other ? other : answers[a].label < answers[b].label
    }.map { AnswerRow(label: answers[$0].label, probability: answers[$0].probability, isBest: $0 == best) }
    if shown < answers.count, room > 1 {
      let rest = max(0, 1 - rows.reduce(0) { $0 + $1.probability })
      rows.append(AnswerRow(label: texts("others", []), probability: rest, isBest: false))
    }
    return rows
  }

  private mutating func addInfluence(_ explanation: Explanation, _ area: Rectangle) {
    let fadedInput = explanation.symbol.input.map { UInt8(clamping: min(255, max(0, $0 * 90))) }
    let side = InputNormalizer.side
    addLevels(fadedInput, width: side, in: area)
    let largest = Self.largestMagnitude(explanation.influence)
    for (index, value) in explanation.influence.enumerated() where abs(value) > largest / 64 {
      let (column, row) = (index % side, index / side)
      let cell = Rectangle(
        columns: area.x + column * area.width / side..<area.x + (column + 1) * area.width / side,
        rows: area.y + row * area.height / side..<area.y + (row + 1) * area.height / side)
      let color = value > 0 ? colors.speaksFor : colors.speaksAgainst
      commands.append(.fill(cell, color.faded(Double(abs(value) / largest).squareRoot())))
    }
  }

  private mutating func addAnswers(_ explanation: Explanation, x: Int, top: Int, bottom: Int) {
    let symbol = explanation.symbol
    let size = layout.textSize
    let refusal = texts(symbol.isNone ? "no digit" : "not sure", [])
    let verdict = symbol.refused ? refusal : texts("reads %1", [symbol.text])
    let room = Double(width - x)
    let verdictSize = min(size * 1.8, size * room / max(1, Self.estimatedWidth(of: verdict, size: size)))
    var y = Double(top) + size * 1.5
    addText(verdict, Double(x), y, size: verdictSize, colors.text)
    if layout.hasDetails {
      y += size * 1.7
      let sureness = symbol.isNone ? symbol.background : symbol.confidence
      let words = texts("%1 sure, by %2", [ProbabilityText.percent(sureness), explanation.model])
      addText(words, Double(x), y, size: size, colors.quiet)
    }
    let first = Int(clamping: y + size * 0.7)
    let rows = answerRows(of: symbol, room: max(1, Int(clamping: Double(bottom - first) / (size * 0.92))))
    let step = min(Double(bottom - first) / Double(max(1, rows.count)), size * 2)
    let longest = rows.map { Self.estimatedWidth(of: $0.label, size: size * 0.85) }.max() ?? 0
    let start = x + Int(clamping: max(size * 1.3, longest + size * 0.4))
    let reach = max(8, width - start - layout.margin - Int(clamping: size * 4.6))
    for (row, answer) in rows.enumerated() {
      let middle = Double(first) + (Double(row) + 0.5) * step
      let thick = max(2, Int(clamping: step * 0.6))
      let bar = Rectangle(x: start, y: Int(clamping: middle) - thick / 2, width: reach, height: thick)
      let baseline = middle + size * 0.34
      addText(answer.label, Double(x), baseline, size: size * 0.85, colors.text)
      commands.append(.fill(bar, colors.track))
      guard answer.probability >= 0.001 else { continue }
      let filled = Int(clamping: (Double(reach) * answer.probability).rounded())
      commands.append(
        .fill(
          Rectangle(x: bar.x, y: bar.y, width: filled, height: bar.height),
          answer.isBest ? colors.speaksFor : colors.quiet))
      addText(
        ProbabilityText.percent(answer.probability), Double(bar.right) + size * 0.5, baseline,
        size: size * 0.85, colors.quiet)
    }
  }

  /// The maps of a convolution or pool, all in the same scale.
  private mutating func addMaps(_ layer: Explanation.LayerOutput) {
    let channels = layer.shape.channels
    let grid = layout.grid(of: layer)
    let size = "\(layer.shape.height)×\(layer.shape.width)"
    addTitle(texts("%1 · %2 maps of %3", [texts(layer.title, []), "\(channels)", size]))
    let largest = Self.largestMagnitude(layer.values)
    let pixels = layer.shape.height * layer.shape.width
    for channel in 0..<channels {
      let values = (0..<pixels).map { Self.level(abs(layer.values[$0 * channels + channel]) / largest) }
      addLevels(values, width: layer.shape.width, in: tile(channel, in: grid))
    }
    height += grid.height + layout.layerGap
  }

  /// The units of a dense layer as squares: one colour above 0, another below.
  private mutating func addUnits(_ layer: Explanation.LayerOutput) {
    let grid = layout.grid(of: layer)
    addTitle(texts("%1 · %2 values", [texts(layer.title, []), "\(layer.values.count)"]))
    let largest = Self.largestMagnitude(layer.values)
    for (index, value) in layer.values.enumerated() {
      let tile = tile(index, in: grid)
      commands.append(.fill(tile, colors.track))
      let color = value < 0 ? colors.speaksAgainst : colors.speaksFor
      commands.append(.fill(tile, color.faded(Double(abs(value) / largest))))
      let size = layout.textSize * 0.9
      if index < layer.names.count, Double(grid.tile) > size * 1.2 {
        addText(
          layer.names[index], Double(tile.x) + size / 3, Double(tile.y) + size * 1.2, size: size, colors.text)
      }
    }
    height += grid.height + layout.layerGap
  }

  private func tile(_ index: Int, in grid: ExplanationLayout.Grid) -> Rectangle {
    Rectangle(
      x: layout.margin + index % grid.columns * grid.step, y: height + index / grid.columns * grid.step,
      width: grid.tile, height: grid.tile)
  }

  private mutating func addTitle(_ text: String) {
    if layout.hasTitles { addHeading(text) }
  }

  private mutating func addHeading(_ text: String) {
    height += layout.titleHeight
    addText(text, x: layout.margin, baseline: Double(height) - layout.textSize * 0.6)
  }

  private mutating func addText(_ text: String, x: Int, baseline: Double) {
    addText(text, Double(x), baseline.rounded(), size: layout.textSize, colors.quiet)
  }

  private mutating func addText(_ text: String, _ x: Double, _ y: Double, size: Double, _ color: Color) {
    commands.append(.text(text, PicturePoint(x, y), size: size, color))
  }

  /// Adds a picture of levels in rows of the given width: the paper's colour at 0, the ink's at 255.
  private mutating func addLevels(_ values: [UInt8], width: Int, in area: Rectangle) {
    let levels = Levels(width: width, height: values.count / width, values: values)
    commands.append(.levels(levels, area, from: colors.track, to: colors.ink))
  }

  private static func largestMagnitude(_ values: [Float]) -> Float {
    values.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
  }

  /// A share as a level; the square root makes small ones visible.
  private static func level(_ share: Float) -> UInt8 {
    UInt8(clamping: 255 * min(1, max(0, share)).squareRoot())
  }

  /// The picture as SVG.
  package var svg: String { SVGWriter.svg(of: commands, width: width, height: height) }

  /// The picture in pixels.
  package func bitmap(_ textRenderer: TextRenderer) -> Bitmap {
    var bitmap = Bitmap(width: width, height: height)
    for command in commands { bitmap.paint(command, clip: bitmap.bounds, textRenderer: textRenderer) }
    return bitmap
  }
}
