// The picture of a reading: a pure function from an explanation to marks, for a file, a page or the window.

import Neural
public import Paint
import Recognition

/// The picture of a reading.
public struct ExplanationPicture: Sendable {
  /// The colours that it is painted with.
  public struct Colors: Sendable {
    /// Behind everything, and what no ink is.
    public var ground = Color(0xFF_FFFF)
    /// Ink, and what a layer answers strongly to.
    public var ink = Color(0x16_1A22)
    /// Words.
    public var text = Color(0x22_252B)
    /// Words that explain.
    public var quiet = Color(0x66_6A72)
    /// The ground of tiles and bars.
    public var track = Color(0xEE_EBE4)
    /// What spoke for the answer.
    public var speaksFor = Color(0xD9_5B10)
    /// What spoke against it.
    public var speaksAgainst = Color(0x1F_6F_D6)

    /// The colours of a light room.
    public init() {}

    /// The colours of a dark room.
    public static var dark: Colors {
      var colors = Colors()
      colors.ground = Color(0x16_181B)
      colors.ink = Color(0xF1_EDE4)
      colors.text = Color(0xE7_E5DF)
      colors.quiet = Color(0x9B_9FA8)
      colors.track = Color(0x26_2A30)
      colors.speaksFor = Color(0xF3_9A63)
      colors.speaksAgainst = Color(0x6D_B3F2)
      return colors
    }
  }

  /// What to paint, in order.
  public private(set) var marks: [Mark] = []
  /// How wide it is.
  public let width: Int
  /// How high it became.
  public private(set) var height = 0
  private let colors: Colors
  private static let margin = 24

  /// Lays out an explanation in a width; the height follows.
  public init(_ explanation: Explanation, width: Int = 960, colors: Colors = Colors()) {
    self.width = max(360, width)
    self.colors = colors
    head(explanation)
    for layer in explanation.layers {
      if layer.shape.height * layer.shape.width > 1 { maps(layer) } else { units(layer) }
    }
    height += Self.margin
    marks.insert(.fill(Rectangle(x: 0, y: 0, width: self.width, height: height), colors.ground), at: 0)
  }

  private mutating func head(_ explanation: Explanation) {
    let side = min(224, (width - 4 * Self.margin) / 3 / 28 * 28)
    let top = Self.margin + 22
    title("input", x: Self.margin, y: Self.margin + 8)
    let input = Levels(width: 28, height: 28, values: explanation.symbol.input.map(Self.level))
    marks.append(
      .levels(
        input, Rectangle(x: Self.margin, y: top, width: side, height: side), from: colors.track,
        to: colors.ink))
    let second = Self.margin * 2 + side
    title("for and against", x: second, y: Self.margin + 8)
    influence(explanation, Rectangle(x: second, y: top, width: side, height: side))
    let third = second + side + Self.margin
    title("answer", x: third, y: Self.margin + 8)
    answers(explanation, x: third, top: top, bottom: top + side)
    height = top + side + 14
  }

  private mutating func influence(_ explanation: Explanation, _ area: Rectangle) {
    let faint = Levels(
      width: 28, height: 28, values: explanation.symbol.input.map { UInt8(min(255, max(0, $0 * 90))) })
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
    let verdict = symbol.refused ? "no digit, or too unsure" : "reads \(symbol.text)"
    marks.append(.text(verdict, Spot(Double(x), Double(top + 22)), size: 24, colors.text))
    marks.append(
      .text(
        "\(Words.fixed(symbol.confidence * 100, 1)) % sure, by \(explanation.model)",
        Spot(Double(x), Double(top + 44)), size: 13, colors.quiet))
    let ordered = symbol.candidates.sorted { $0.label < $1.label }
    let step = max(9, (bottom - top - 56) / max(1, ordered.count))
    let reach = max(40, width - x - Self.margin - 76)
    for (index, candidate) in ordered.enumerated() {
      let y = top + 56 + index * step
      let bar = Rectangle(x: x + 18, y: y + 2, width: reach, height: step - 5)
      let isBest = candidate.label == symbol.candidates.first?.label
      marks.append(.text(candidate.label, Spot(Double(x), Double(y + step - 4)), size: 12, colors.text))
      marks.append(.fill(bar, colors.track))
      let filled = Int((Double(reach) * candidate.probability).rounded())
      marks.append(
        .fill(
          Rectangle(x: bar.x, y: bar.y, width: filled, height: bar.height),
          isBest ? colors.speaksFor : colors.quiet))
      marks.append(
        .text(
          Words.fixed(candidate.probability * 100, 1) + " %",
          Spot(Double(bar.right + 8), Double(y + step - 4)), size: 11, colors.quiet))
    }
  }

  /// A convolution's or pool's maps, each by its own shades of one common scale.
  private mutating func maps(_ layer: Explanation.LayerView) {
    let channels = layer.shape.channels
    let across = channels <= 16 ? 16 : channels <= 64 ? 32 : 64
    let room = width - 2 * Self.margin
    let tile = max(6, room / across - 2)
    title("\(layer.title) · \(channels) maps of \(layer.shape.height)×\(layer.shape.width)")
    let most = layer.values.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    let pixels = layer.shape.height * layer.shape.width
    for channel in 0..<channels {
      let values = (0..<pixels).map { Self.level(abs(layer.values[$0 * channels + channel]) / most) }
      let place = Rectangle(
        x: Self.margin + channel % across * (tile + 2), y: height + channel / across * (tile + 2),
        width: tile,
        height: tile)
      marks.append(
        .levels(
          Levels(width: layer.shape.width, height: layer.shape.height, values: values), place,
          from: colors.track, to: colors.ink))
    }
    height += (channels + across - 1) / across * (tile + 2) + 8
  }

  /// A dense layer's units as squares: one colour above 0, another below.
  private mutating func units(_ layer: Explanation.LayerView) {
    let count = layer.values.count
    title("\(layer.title) · \(count) values")
    let room = width - 2 * Self.margin
    // Rows of equal length, of 64 units at most, and shorter where those would be too small.
    let rows = (count + 63) / 64
    let tile = max(7, min(28, room / max(1, (count + rows - 1) / max(1, rows)) - 2))
    let across = max(1, min((count + rows - 1) / max(1, rows), room / (tile + 2)))
    let most = layer.values.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    for (index, value) in layer.values.enumerated() {
      let place = Rectangle(
        x: Self.margin + index % across * (tile + 2), y: height + index / across * (tile + 2), width: tile,
        height: tile)
      marks.append(.fill(place, colors.track))
      let color = value < 0 ? colors.speaksAgainst : colors.speaksFor
      marks.append(.fill(place, color.faded(Double(abs(value) / most))))
      if index < layer.names.count {
        marks.append(
          .text(
            layer.names[index], Spot(Double(place.x) + 4, Double(place.y) + 15), size: 12, colors.text))
      }
    }
    height += (count + across - 1) / across * (tile + 2) + 8
  }

  private mutating func title(_ text: String) {
    height += 26
    title(text, x: Self.margin, y: height - 8)
  }

  private mutating func title(_ text: String, x: Int, y: Int) {
    marks.append(.text(text, Spot(Double(x), Double(y)), size: 13, colors.quiet))
  }

  /// A share as a level, small ones made easier to see.
  private static func level(_ share: Float) -> UInt8 { UInt8(255 * min(1, max(0, share)).squareRoot()) }

  /// The picture in pixels.
  public func bitmap(_ lettering: Lettering) -> Bitmap {
    var bitmap = Bitmap(width: width, height: height)
    for mark in marks { bitmap.paint(mark, clip: bitmap.bounds, lettering: lettering) }
    return bitmap
  }
}
