// The picture of an explanation, as draw commands for a file or the window.

import Basics
package import Graphics
import NeuralNetwork
import Preprocessing
import Recognition

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

  /// Lays out an explanation in the given width; its content determines the height.
  package init(_ explanation: Explanation, width: Int = 960, colors: Palette = .lightFile) {
    self.init(explanation, ExplanationLayout(width: max(360, width)), colors)
    height += layout.margin
    addBackground()
  }

  /// Lays out as much of an explanation as fits into the given area, with text of the given size.
  package init(
    _ explanation: Explanation, width: Int, height: Int, textSize: Double, colors: Palette = .lightFile
  ) {
    self.init(
      explanation,
      ExplanationLayout(explanation, width: width, height: height, textSize: textSize), colors)
    self.height = height
    addBackground()
  }

  private init(_ explanation: Explanation, _ layout: ExplanationLayout, _ colors: Palette) {
    self.layout = layout
    width = layout.width
    self.colors = colors
    addHead(explanation)
    if layout.hasHeading, explanation.networkCount > 1 {
      addHeading("inside the first of the \(explanation.networkCount) networks that answered together")
    }
    for layer in explanation.layers where layout.shows(layer) {
      if layer.isFlat { addUnits(layer) } else { addMaps(layer) }
    }
  }

  private mutating func addBackground() {
    commands.insert(.fill(Rectangle(x: 0, y: 0, width: width, height: height), colors.window), at: 0)
  }

  private mutating func addHead(_ explanation: Explanation) {
    let (side, margin, top) = (layout.side, layout.margin, layout.top)
    let baseline = Double(top) - layout.textSize * 0.6
    if layout.hasHeadTitles { addText("input", x: margin, baseline: baseline) }
    let input = inputLevels(explanation.symbol.input.map(Self.level))
    commands.append(
      .levels(
        input, Rectangle(x: margin, y: top, width: side, height: side), from: colors.track, to: colors.ink))
    let second = margin + side + layout.gap
    if layout.hasHeadTitles { addText("for and against", x: second, baseline: baseline) }
    addInfluence(explanation, Rectangle(x: second, y: top, width: side, height: side))
    let third = second + side + layout.gap
    addAnswers(explanation, x: third, top: margin, bottom: top + side)
    height = layout.headHeight
  }

  private func inputLevels(_ values: [UInt8]) -> Levels {
    Levels(width: InputNormalizer.side, height: InputNormalizer.side, values: values)
  }

  private mutating func addInfluence(_ explanation: Explanation, _ area: Rectangle) {
    let fadedInput = inputLevels(
      explanation.symbol.input.map { UInt8(clamping: min(255, max(0, $0 * 90))) })
    let side = InputNormalizer.side
    commands.append(.levels(fadedInput, area, from: colors.track, to: colors.ink))
    let largest = explanation.influence.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    for (index, value) in explanation.influence.enumerated() where abs(value) > largest / 64 {
      let (column, row) = (index % side, index / side)
      let left = area.x + column * area.width / side
      let up = area.y + row * area.height / side
      let cell = Rectangle(
        x: left, y: up, width: area.x + (column + 1) * area.width / side - left,
        height: area.y + (row + 1) * area.height / side - up)
      let color = value > 0 ? colors.speaksFor : colors.speaksAgainst
      commands.append(.fill(cell, color.faded(Double(abs(value) / largest).squareRoot())))
    }
  }

  private mutating func addAnswers(_ explanation: Explanation, x: Int, top: Int, bottom: Int) {
    let symbol = explanation.symbol
    let size = layout.textSize
    let refusal = symbol.isNone ? "no digit" : "not sure"
    let verdict = symbol.refused ? refusal : "reads \(symbol.text)"
    var y = Double(top) + size * 1.5
    commands.append(.text(verdict, PicturePoint(Double(x), y), size: size * 1.8, colors.text))
    if layout.hasDetails {
      y += size * 1.7
      let sureness = symbol.isNone ? symbol.background : symbol.confidence
      let words = "\(ProbabilityText.percent(sureness)) sure, by \(explanation.model)"
      commands.append(.text(words, PicturePoint(Double(x), y), size: size, colors.quiet))
    }
    // The most probable labels, as many as fit, in the order of the labels.
    let first = Int(clamping: y + size * 0.7)
    let rows = max(1, min(symbol.candidates.count, Int(clamping: Double(bottom - first) / (size * 0.92))))
    let step = min(Double(bottom - first) / Double(rows), size * 2)
    let start = x + Int(clamping: size * 1.3)
    let reach = max(8, width - start - layout.margin - Int(clamping: size * 4.6))
    for (row, candidate) in symbol.candidates.prefix(rows).sorted(by: { $0.label < $1.label }).enumerated() {
      let middle = Double(first) + (Double(row) + 0.5) * step
      let thick = max(2, Int(clamping: step * 0.6))
      let bar = Rectangle(x: start, y: Int(clamping: middle) - thick / 2, width: reach, height: thick)
      let isBest = candidate.label == symbol.candidates.first?.label
      let baseline = middle + size * 0.34
      commands.append(
        .text(candidate.label, PicturePoint(Double(x), baseline), size: size * 0.85, colors.text))
      commands.append(.fill(bar, colors.track))
      let probability = candidate.probability * (1 - symbol.background)
      guard probability >= 0.001 else { continue }
      let filled = Int(clamping: (Double(reach) * probability).rounded())
      commands.append(
        .fill(
          Rectangle(x: bar.x, y: bar.y, width: filled, height: bar.height),
          isBest ? colors.speaksFor : colors.quiet))
      commands.append(
        .text(
          ProbabilityText.percent(probability),
          PicturePoint(Double(bar.right) + size * 0.5, baseline), size: size * 0.85, colors.quiet))
    }
  }

  /// The maps of a convolution or pool, all in the same scale.
  private mutating func addMaps(_ layer: Explanation.LayerOutput) {
    let channels = layer.shape.channels
    let grid = layout.grid(of: layer)
    addTitle("\(layer.title) · \(channels) maps of \(layer.shape.height)×\(layer.shape.width)")
    let largest = layer.values.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    let pixels = layer.shape.height * layer.shape.width
    for channel in 0..<channels {
      let values = (0..<pixels).map { Self.level(abs(layer.values[$0 * channels + channel]) / largest) }
      commands.append(
        .levels(
          Levels(width: layer.shape.width, height: layer.shape.height, values: values),
          tile(channel, in: grid), from: colors.track, to: colors.ink))
    }
    height += grid.height + layout.layerGap
  }

  /// The units of a dense layer as squares: one colour above 0, another below.
  private mutating func addUnits(_ layer: Explanation.LayerOutput) {
    let grid = layout.grid(of: layer)
    addTitle("\(layer.title) · \(layer.values.count) values")
    let largest = layer.values.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    for (index, value) in layer.values.enumerated() {
      let tile = tile(index, in: grid)
      commands.append(.fill(tile, colors.track))
      let color = value < 0 ? colors.speaksAgainst : colors.speaksFor
      commands.append(.fill(tile, color.faded(Double(abs(value) / largest))))
      let size = layout.textSize * 0.9
      if index < layer.names.count, Double(grid.tile) > size * 1.2 {
        let spot = PicturePoint(Double(tile.x) + size / 3, Double(tile.y) + size * 1.2)
        commands.append(.text(layer.names[index], spot, size: size, colors.text))
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
    commands.append(
      .text(text, PicturePoint(Double(x), baseline.rounded()), size: layout.textSize, colors.quiet))
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
