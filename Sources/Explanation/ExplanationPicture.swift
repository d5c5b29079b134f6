// The picture of a reading: a pure function from an explanation to marks, for a file, a page or the window.

import Basics
package import Graphics
import NeuralNetwork
import Recognition

/// The picture of a reading.
package struct ExplanationPicture: Sendable {
  /// What to paint, in order.
  package private(set) var marks: [DrawCommand] = []
  /// How wide it is.
  package let width: Int
  /// How high it became.
  package private(set) var height = 0
  private let colors: Palette
  private let measures: ExplanationLayout

  /// Lays out an explanation in a width; the height follows.
  package init(_ explanation: Explanation, width: Int = 960, colors: Palette = .lightFile) {
    self.init(explanation, ExplanationLayout(width: max(360, width)), colors)
    height += measures.margin
    cover(height)
  }

  /// Lays out as much of an explanation as a place beside a page has room for, with words of a size.
  package init(
    _ explanation: Explanation, width: Int, height: Int, textSize: Double, colors: Palette = .lightFile
  ) {
    self.init(
      explanation,
      ExplanationLayout(explanation, width: width, height: height, textSize: textSize), colors)
    self.height = height
    cover(height)
  }

  private init(_ explanation: Explanation, _ measures: ExplanationLayout, _ colors: Palette) {
    self.measures = measures
    width = measures.width
    self.colors = colors
    head(explanation)
    if measures.hasHeading, explanation.networkCount > 1 {
      heading("inside the first of the \(explanation.networkCount) networks that answered together")
    }
    for layer in explanation.layers where measures.shows(layer) {
      if layer.shape.height * layer.shape.width > 1 { maps(layer) } else { units(layer) }
    }
  }

  private mutating func cover(_ height: Int) {
    marks.insert(.fill(Rectangle(x: 0, y: 0, width: width, height: height), colors.window), at: 0)
  }

  private mutating func head(_ explanation: Explanation) {
    let (side, margin, top) = (measures.side, measures.margin, measures.top)
    let baseline = Double(top) - measures.textSize * 0.6
    if measures.hasHeadTitles { title("input", x: margin, baseline: baseline) }
    let input = Levels(width: 28, height: 28, values: explanation.symbol.input.map(Self.level))
    marks.append(
      .levels(
        input, Rectangle(x: margin, y: top, width: side, height: side), from: colors.track, to: colors.ink))
    let second = margin + side + measures.gap
    if measures.hasHeadTitles { title("for and against", x: second, baseline: baseline) }
    influence(explanation, Rectangle(x: second, y: top, width: side, height: side))
    let third = second + side + measures.gap
    answers(explanation, x: third, top: margin, bottom: top + side)
    height = measures.headHeight
  }

  private mutating func influence(_ explanation: Explanation, _ area: Rectangle) {
    let faint = Levels(
      width: 28, height: 28,
      values: explanation.symbol.input.map { UInt8(clamping: min(255, max(0, $0 * 90))) })
    marks.append(.levels(faint, area, from: colors.track, to: colors.ink))
    let most = explanation.influence.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    for (index, value) in explanation.influence.enumerated() where abs(value) > most / 64 {
      let (column, row) = (index % 28, index / 28)
      let left = area.x + column * area.width / 28
      let up = area.y + row * area.height / 28
      let cell = Rectangle(
        x: left, y: up, width: area.x + (column + 1) * area.width / 28 - left,
        height: area.y + (row + 1) * area.height / 28 - up)
      let color = value > 0 ? colors.speaksFor : colors.speaksAgainst
      marks.append(.fill(cell, color.faded(Double(abs(value) / most).squareRoot())))
    }
  }

  private mutating func answers(_ explanation: Explanation, x: Int, top: Int, bottom: Int) {
    let symbol = explanation.symbol
    let size = measures.textSize
    let refusal = symbol.isNone ? "no digit" : "not sure"
    let verdict = symbol.refused ? refusal : "reads \(symbol.text)"
    var y = Double(top) + size * 1.5
    marks.append(.text(verdict, Spot(Double(x), y), size: size * 1.8, colors.text))
    if measures.hasDetails {
      y += size * 1.7
      let sureness = symbol.isNone ? symbol.background : symbol.confidence
      let words = "\(Chances.percent(sureness)) sure, by \(explanation.model)"
      marks.append(.text(words, Spot(Double(x), y), size: size, colors.quiet))
    }
    // As many rows as there is room for, the likeliest; in the order of the labels.
    let first = Int(clamping: y + size * 0.7)
    let rows = max(1, min(symbol.candidates.count, Int(clamping: Double(bottom - first) / (size * 0.92))))
    let step = min(Double(bottom - first) / Double(rows), size * 2)
    let start = x + Int(clamping: size * 1.3)
    let reach = max(8, width - start - measures.margin - Int(clamping: size * 4.6))
    for (row, candidate) in symbol.candidates.prefix(rows).sorted(by: { $0.label < $1.label }).enumerated() {
      let middle = Double(first) + (Double(row) + 0.5) * step
      let thick = max(2, Int(clamping: step * 0.6))
      let bar = Rectangle(x: start, y: Int(clamping: middle) - thick / 2, width: reach, height: thick)
      let isBest = candidate.label == symbol.candidates.first?.label
      let baseline = middle + size * 0.34
      marks.append(.text(candidate.label, Spot(Double(x), baseline), size: size * 0.85, colors.text))
      marks.append(.fill(bar, colors.track))
      let probability = candidate.probability * (1 - symbol.background)
      guard probability >= 0.001 else { continue }
      let filled = Int(clamping: (Double(reach) * probability).rounded())
      marks.append(
        .fill(
          Rectangle(x: bar.x, y: bar.y, width: filled, height: bar.height),
          isBest ? colors.speaksFor : colors.quiet))
      marks.append(
        .text(
          Chances.percent(probability),
          Spot(Double(bar.right) + size * 0.5, baseline), size: size * 0.85, colors.quiet))
    }
  }

  /// A convolution's or pool's maps, each by its own shades of one common scale.
  private mutating func maps(_ layer: Explanation.LayerView) {
    let channels = layer.shape.channels
    let grid = measures.grid(of: layer)
    title("\(layer.title) · \(channels) maps of \(layer.shape.height)×\(layer.shape.width)")
    let most = layer.values.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    let pixels = layer.shape.height * layer.shape.width
    for channel in 0..<channels {
      let values = (0..<pixels).map { Self.level(abs(layer.values[$0 * channels + channel]) / most) }
      marks.append(
        .levels(
          Levels(width: layer.shape.width, height: layer.shape.height, values: values),
          place(channel, in: grid), from: colors.track, to: colors.ink))
    }
    height += grid.height + measures.layerGap
  }

  /// A dense layer's units as squares: one colour above 0, another below.
  private mutating func units(_ layer: Explanation.LayerView) {
    let grid = measures.grid(of: layer)
    title("\(layer.title) · \(layer.values.count) values")
    let most = layer.values.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    for (index, value) in layer.values.enumerated() {
      let place = place(index, in: grid)
      marks.append(.fill(place, colors.track))
      let color = value < 0 ? colors.speaksAgainst : colors.speaksFor
      marks.append(.fill(place, color.faded(Double(abs(value) / most))))
      let size = measures.textSize * 0.9
      if index < layer.names.count, Double(grid.tile) > size * 1.2 {
        let spot = Spot(Double(place.x) + size / 3, Double(place.y) + size * 1.2)
        marks.append(.text(layer.names[index], spot, size: size, colors.text))
      }
    }
    height += grid.height + measures.layerGap
  }

  private func place(_ index: Int, in grid: ExplanationLayout.Grid) -> Rectangle {
    Rectangle(
      x: measures.margin + index % grid.across * grid.step, y: height + index / grid.across * grid.step,
      width: grid.tile, height: grid.tile)
  }

  private mutating func title(_ text: String) {
    if measures.hasTitles { heading(text) }
  }

  private mutating func heading(_ text: String) {
    height += measures.titleHeight
    title(text, x: measures.margin, baseline: Double(height) - measures.textSize * 0.6)
  }

  private mutating func title(_ text: String, x: Int, baseline: Double) {
    marks.append(.text(text, Spot(Double(x), baseline.rounded()), size: measures.textSize, colors.quiet))
  }

  /// A share as a level, small ones made easier to see.
  private static func level(_ share: Float) -> UInt8 {
    UInt8(clamping: 255 * min(1, max(0, share)).squareRoot())
  }

  /// The picture as SVG.
  package var svg: String { SVGWriter.svg(of: marks, width: width, height: height) }

  /// The picture in pixels.
  package func bitmap(_ lettering: TextRenderer) -> Bitmap {
    var bitmap = Bitmap(width: width, height: height)
    for mark in marks { bitmap.paint(mark, clip: bitmap.bounds, lettering: lettering) }
    return bitmap
  }
}
