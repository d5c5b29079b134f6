// The rectangles of the window, computed from its size: scripts, tests and the view use the same ones.

package import Basics
import Graphics
package import Ink
import Preprocessing
package import Recognition

/// The window's rectangles, in pixels.
///
/// The page and the panel are side by side, in a high window below each other, above a bar of controls and a line for
/// messages; the four are centred as one block. Lengths are interpolated between those of the smallest and of the usual window; in a very large
/// window they grow with the square root of its size.
package struct Layout: Sendable, Equatable {
  /// A rectangle with the name that scripts use.
  package struct Part: Sendable {
    /// The name.
    package let name: String
    /// The rectangle.
    package let area: Rectangle
  }

  /// The page's width over its height.
  package let proportion: Double
  /// The window.
  package let window: Rectangle
  /// Pixels per pixel of 96 dpi; reduced where the window is too small.
  package let scale: Double
  /// The size of ordinary text.
  package let textSize: Double
  /// The size of small text.
  package let smallSize: Double
  /// The distance between parts that belong together.
  package let gap: Int
  /// The radius of the corners.
  package let radius: Double
  /// The width of the thinnest visible line.
  package let hairline: Int

  /// The area for the page and the overlays.
  package let desk: Rectangle
  /// The paper.
  package let page: Rectangle
  /// The column beside the page.
  package let panel: Rectangle
  /// The answer in large text.
  package let answer: Rectangle
  /// The certainty of the answer, and its alternatives.
  package let certainty: Rectangle
  /// The bars: one for each digit, and the last for "no digit"; none in other modes than that for digits.
  package let bars: [Rectangle]
  /// The network's input, enlarged.
  package let input: Rectangle
  /// The text beside the input.
  package let caption: Rectangle
  /// The inspection, which replaces the panel except the model's controls; empty while it is not shown.
  package let inside: Rectangle
  /// The line of messages and of the name field.
  package let status: Rectangle
  private let controls: [Control: Rectangle]

  /// A control's rectangle.
  package subscript(control: Control) -> Rectangle { controls[control] ?? .empty }

  /// Lays out a window of a size in pixels.
  ///
  /// `scale` is the screen's dots per inch over 96; `proportion` is the page's width over its height. With the
  /// inspection (`isLooking`) the panel is wider and the page is smaller. `isMirrored` puts the panel to the left, for
  /// the left hand.
  package init(
    width: Int, height: Int, scale: Double = 1, proportion: Double = 1, isLooking: Bool = false,
    mode: ReadingMode = .digits, isMirrored: Bool = false
  ) {
    let width = max(width, 1)
    let height = max(height, 1)
    let measure = Measure(width: width, height: height, scale: scale)
    self.proportion = proportion
    window = Rectangle(x: 0, y: 0, width: width, height: height)
    self.scale = measure.unit
    textSize = measure.size(12, 14)
    smallSize = measure.size(10.5, 12)
    gap = measure(6, 10)
    radius = Double(measure(5, 7))
    hairline = max(1, Int(clamping: measure.unit))

    let margin = measure(12, 28)
    let gutter = measure(14, 32)
    let usualPanel = measure(176, 296)
    let barHeight = measure(28, 38)
    let statusHeight = measure(20, 24)
    let barGap = measure(10, 18)
    let statusGap = measure(5, 12)

    // The block is as high and as wide as the window allows.
    let below = barGap + barHeight + statusGap + statusHeight
    let availableHeight = height - margin - below - measure(6, 14)
    let blockWidth: Int
    let left: Int
    if Self.isPortrait(width: width, height: height) {
      // The panel is below the page; the page shrinks where the panel would be too low.
      blockWidth = max(1, width - 2 * margin)
      left = max(0, (width - blockWidth) / 2)
      let room = max(2, availableHeight - gutter)
      let least = min(room - 1, isLooking ? room * 11 / 20 : measure(272, 340))
      let panelHeight = max(1, least, room - blockWidth)
      desk = Rectangle(x: left, y: margin, width: blockWidth, height: max(1, room - panelHeight))
      panel = Rectangle(x: left, y: desk.bottom + gutter, width: blockWidth, height: panelHeight)
    } else {
      // Width that the page cannot use goes to the panel, which shows more there.
      let spare = width - 2 * margin - gutter - Int(clamping: Double(availableHeight) * max(1, proportion))
      let panelWidth =
        isLooking
        ? max(usualPanel, (width - 2 * margin - gutter) * 11 / 20)
        : max(usualPanel, min(usualPanel * 17 / 10, spare))
      let availableWidth = width - 2 * margin - gutter - panelWidth
      let square = max(1, min(availableWidth, availableHeight))
      let side = isLooking ? max(1, availableHeight) : square
      let deskWidth =
        isLooking
        ? square : proportion > 1 ? min(availableWidth, Int(clamping: Double(side) * proportion)) : side
      blockWidth = deskWidth + gutter + panelWidth
      left = max(0, (width - blockWidth) / 2)
      let top = margin + max(0, (availableHeight - side) / 2)
      let (deskX, panelX) =
        isMirrored ? (left + panelWidth + gutter, left) : (left, left + deskWidth + gutter)
      desk = Rectangle(x: deskX, y: top, width: deskWidth, height: side)
      panel = Rectangle(x: panelX, y: top, width: panelWidth, height: side)
    }
    page = Self.fit(proportion, into: desk)
    let (panelWidth, side, top) = (panel.width, panel.height, panel.y)
    let isWide = panelWidth > usualPanel * 5 / 4
    let rowHeight = measure(18, 26)
    var controls: [Control: Rectangle] = [:]
    // The switch of the mode has three parts of equal width; beside it is the button that copies.
    let switchHeight = measure(20, 28)
    var modeRow = Row(rest: panel.strip(y: top, height: switchHeight))
    controls[.copy] = modeRow.fromRight(measure(24, 34), gap: measure(4, 8))
    let modeWidth = min(modeRow.rest.width, measure(172, 246))
    for (index, control) in [Control.digits, .sums, .text].enumerated() {
      let (start, end) = (modeWidth * index / 3, modeWidth * (index + 1) / 3)
      controls[control] = Rectangle(x: panel.x + start, y: top, width: end - start, height: switchHeight)
    }
    let contentTop = top + switchHeight + measure(5, 12)
    if isLooking {
      (answer, certainty, bars, input, caption) = (.empty, .empty, [], .empty, .empty)
      var row = Row(rest: panel.strip(y: panel.bottom - rowHeight, height: rowHeight))
      controls[.look] = row.fromRight(measure(60, 76), gap: measure(6, 12))
      controls[.askAll] = row.fromRight(measure(70, 88), gap: measure(6, 12))
      controls[.model] = row.fromLeft(min(row.rest.width, usualPanel), gap: 0)
      inside = panel.strip(y: contentTop, height: panel.bottom - rowHeight - gap - contentTop)
    } else {
      inside = .empty
      // A pixel of the input is a whole number of screen pixels, so that all have the same size.
      let cells = InputNormalizer.side
      let inputSide = max(1, min(side * (isWide ? 27 : 22) / 100, panelWidth * 2 / 5) / cells) * cells
      input = Rectangle(x: panel.x, y: panel.bottom - inputSide, width: inputSide, height: inputSide)
      let rowHeight = min(rowHeight, inputSide / 2)
      let captionX = input.right + measure(10, 16)
      let beside = input.column(x: captionX, width: panel.right - captionX)
      caption = beside.strip(y: input.y, height: max(0, inputSide - 2 * rowHeight))
      controls[.model] = beside.strip(y: input.bottom - 2 * rowHeight, height: rowHeight)
      var row = Row(rest: beside.strip(y: input.bottom - rowHeight, height: rowHeight))
      controls[.look] = row.fromRight(beside.width * 9 / 20, gap: measure(4, 6))
      controls[.askAll] = row.rest

      // The answer above its certainty; in the mode for digits above the bars, else down to the input.
      let contentBottom = input.y - measure(7, 22)
      let certaintyHeight = measure(31, 48)
      let certaintyGap = measure(2, 6)
      let barCount = mode == .digits ? 11 : 0
      let usualAnswer = max(measure(42, 104), min(side / (isWide ? 5 : 6), measure(56, isWide ? 200 : 150)))
      let barsSpace = Int(clamping: smallSize.rounded(.up)) * barCount + measure(4, 14)
      let most = contentBottom - contentTop - certaintyHeight - certaintyGap
      let answerHeight = max(1, mode == .digits ? min(usualAnswer, most - barsSpace) : most)
      answer = panel.strip(y: contentTop, height: answerHeight)
      certainty = panel.strip(y: answer.bottom + certaintyGap, height: max(1, certaintyHeight))
      let barsTop = certainty.bottom + measure(4, 14)
      let step = max(1, min((contentBottom - barsTop) / max(1, barCount), measure(15, isWide ? 38 : 30)))
      let column = panel
      bars = (0..<barCount).map { column.strip(y: barsTop + $0 * step, height: step) }
    }

    // The bar of controls fills from both ends.
    let barTop = max(desk.bottom, panel.bottom) + barGap
    var row = Row(rest: Rectangle(x: left, y: barTop, width: blockWidth, height: barHeight))
    controls[.predict] = row.fromLeft(measure(60, 100), gap: measure(4, 10))
    controls[.clear] = row.fromLeft(measure(46, 78), gap: measure(4, 10))
    controls[.save] = row.fromLeft(measure(47, 78), gap: measure(4, 18))
    controls[.undo] = row.fromLeft(measure(25, 38), gap: measure(2, 4))
    controls[.redo] = row.fromLeft(measure(25, 38), gap: measure(4, 18))
    controls[.open] = row.fromLeft(measure(46, 78), gap: 0)
    controls[.help] = row.fromRight(measure(24, 38), gap: measure(4, 8))
    controls[.live] = row.fromRight(measure(54, 118), gap: measure(4, 14))
    controls[.pen] = row.fromRight(measure(44, 110), gap: measure(3, 6))
    controls[.eraser] = row.fromRight(measure(25, 38), gap: measure(2, 4))
    controls[.frame] = row.fromRight(measure(25, 38), gap: 0)
    self.controls = controls
    status = Rectangle(x: left, y: barTop + barHeight + statusGap, width: blockWidth, height: statusHeight)
  }

  /// The rectangles that scripts can use, in reading order.
  package var named: [Part] {
    var panel = [Part(name: "inside", area: inside)]
    if inside.isEmpty {
      panel = [Part(name: "answer", area: answer), Part(name: "certainty", area: certainty)]
      panel += bars.enumerated().map { Part(name: "bar\($0.offset)", area: $0.element) }
      panel += [Part(name: "input", area: input), Part(name: "caption", area: caption)]
    }
    return [Part(name: "window", area: window), Part(name: "page", area: page)] + panel
      + Control.allCases.map { Part(name: $0.rawValue, area: self[$0]) }
      + [Part(name: "status", area: status)]
  }

  /// Lays out the window of a state.
  package init(of state: WindowState) {
    self.init(
      width: state.size.width, height: state.size.height, scale: state.scale,
      proportion: state.page.width / state.page.height, isLooking: state.inspection.isShown,
      mode: state.mode, isMirrored: state.isMirrored)
  }

  /// The rectangle in which the knob of the pen's slider moves.
  var sliderTrack: Rectangle { self[.pen].inset(x: self[.pen].height / 3, y: 0) }

  /// The pixels of a box on a page, with a margin in pixels; what lies outside the page is left out.
  package func area(of box: Box, on page: Page, margin: Double = 0) -> Rectangle {
    let scale = Double(self.page.width) / page.width
    let x = Int(clamping: (box.x * scale - margin).rounded(.down))
    let y = Int(clamping: (box.y * scale - margin).rounded(.down))
    return Rectangle(
      x: x, y: y, width: Int(clamping: (box.right * scale + margin).rounded(.up)) - x,
      height: Int(clamping: (box.bottom * scale + margin).rounded(.up)) - y
    ).moved(x: self.page.x, y: self.page.y).intersection(self.page)
  }

  /// The inspection picture that fits; nil while the inspection is not shown.
  package func inspectionRequest(theme: Theme, language: Language = .english) -> InspectionRequest? {
    inside.isEmpty
      ? nil
      : InspectionRequest(
        width: inside.width, height: inside.height, textSize: smallSize, theme: theme, language: language)
  }

  /// Whether the panel is below the page, as in a window that is higher than it is wide.
  private static func isPortrait(width: Int, height: Int) -> Bool { height > width * 13 / 10 }

  private static func fit(_ proportion: Double, into area: Rectangle) -> Rectangle {
    let width = min(Double(area.width), Double(area.height) * proportion)
    let size = (max(1, Int(clamping: width.rounded())), max(1, Int(clamping: (width / proportion).rounded())))
    return Rectangle(
      x: area.x + (area.width - size.0) / 2, y: area.y + (area.height - size.1) / 2, width: size.0,
      height: size.1)
  }
}

/// Interpolates lengths at 96 dpi between those of the smallest and of the usual window, in pixels.
private struct Measure {
  /// Pixels per pixel of 96 dpi.
  let unit: Double
  /// 0 in the smallest window, 1 from the usual one on.
  let comfort: Double
  /// The factor of all lengths in a very large window.
  let growth: Double

  init(width: Int, height: Int, scale: Double) {
    let fit = min(
      Double(width) / Double(WindowSize.smallest.width), Double(height) / Double(WindowSize.smallest.height))
    unit = max(0.1, min(scale, fit))
    let across = Double(width) / unit
    let down = Double(height) / unit
    let spare = min(
      (across - Double(WindowSize.smallest.width))
        / Double(WindowSize.usual.width - WindowSize.smallest.width),
      (down - Double(WindowSize.smallest.height))
        / Double(WindowSize.usual.height - WindowSize.smallest.height))
    comfort = min(1, max(0, spare))
    let excess = min(across / Double(WindowSize.usual.width), down / Double(WindowSize.usual.height))
    growth = min(1.8, max(1, excess.squareRoot()))
  }

  func size(_ smallest: Double, _ usual: Double) -> Double {
    // Text sizes are multiples of a quarter of a pixel, which keeps the glyph cache small while a window is resized.
    ((smallest + (usual - smallest) * comfort) * unit * growth * 4).rounded() / 4
  }

  func callAsFunction(_ smallest: Double, _ usual: Double) -> Int {
    Int(clamping: size(smallest, usual).rounded())
  }
}

/// A row of controls that fills from both ends.
private struct Row {
  /// The part that is still empty.
  var rest: Rectangle

  mutating func fromLeft(_ width: Int, gap: Int) -> Rectangle {
    defer { rest = rest.column(x: rest.x + width + gap, width: rest.width - width - gap) }
    return rest.column(x: rest.x, width: width)
  }

  mutating func fromRight(_ width: Int, gap: Int) -> Rectangle {
    defer { rest.width -= width + gap }
    return rest.column(x: rest.right - width, width: width)
  }
}
