// Where everything stands in a window of some size: one function, so that scripts, tests and the view agree.

package import Basics
import Graphics

/// The window's rectangles, in pixels.
///
/// A page and a panel stand side by side over a bar of controls and a line for messages; the four are centred
/// as one block. Measures run from those of the smallest window to those of a usual one, and on a very large
/// screen they grow again, more slowly than the window.
package struct Layout: Sendable, Equatable {
  /// The smallest window, in pixels at 96 dpi.
  package static let smallest = (width: 480, height: 360)
  /// The window that a first start opens, in pixels at 96 dpi.
  package static let usual = (width: 960, height: 680)

  /// The size of a first start's window on a screen of some dots per inch over 96.
  package static func usualSize(scale: Double) -> (width: Int, height: Int) {
    (Int(clamping: Double(usual.width) * scale), Int(clamping: Double(usual.height) * scale))
  }

  /// The page's width over its height.
  package let proportion: Double
  /// The window.
  package let window: Rectangle
  /// Pixels to one of 96 dpi, less where the window is too small for that.
  package let scale: Double
  /// The size of ordinary text.
  package let textSize: Double
  /// The size of small text.
  package let smallSize: Double
  /// The distance between things that belong together.
  package let gap: Int
  /// How round the corners are.
  package let radius: Double
  /// The line that is as thin as can be seen.
  package let hairline: Int

  /// The place for the page, and for what is laid over it.
  package let desk: Rectangle
  /// The paper.
  package let page: Rectangle
  /// The column beside the page.
  package let panel: Rectangle
  /// The answer, large.
  package let answer: Rectangle
  /// How sure the answer is, and what else it could be.
  package let certainty: Rectangle
  /// The ten bars, one a digit.
  package let bars: [Rectangle]
  /// The network's input, enlarged.
  package let input: Rectangle
  /// The words beside the input.
  package let caption: Rectangle
  /// The look inside, which takes the place of all of the panel's parts but the model; empty while nobody looks.
  package let inside: Rectangle
  /// The line of messages and of the name field.
  package let status: Rectangle
  private let controls: [Control: Rectangle]

  /// A control's rectangle.
  package subscript(control: Control) -> Rectangle { controls[control] ?? .empty }

  /// Lays out a window of a size in pixels.
  ///
  /// `scale` is the screen's dots per inch over 96; `proportion` is the page's width over its height. Who looks inside
  /// the model has a wider panel and a smaller page.
  package init(width: Int, height: Int, scale: Double = 1, proportion: Double = 1, isLooking: Bool = false) {
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
    let panelWidth =
      isLooking ? max(usualPanel, (width - 2 * margin - gutter) * 11 / 20) : usualPanel
    let barHeight = measure(28, 38)
    let statusHeight = measure(20, 24)
    let barGap = measure(10, 18)
    let statusGap = measure(5, 12)

    // The block: as high and as wide as the window lets it be.
    let below = barGap + barHeight + statusGap + statusHeight
    let roomWidth = width - 2 * margin - gutter - panelWidth
    let roomHeight = height - margin - below - measure(6, 14)
    let square = max(1, min(roomWidth, roomHeight))
    let side = isLooking ? max(1, roomHeight) : square
    let deskWidth =
      isLooking ? square : proportion > 1 ? min(roomWidth, Int(clamping: Double(side) * proportion)) : side
    let blockWidth = deskWidth + gutter + panelWidth
    let left = max(0, (width - blockWidth) / 2)
    let top = margin + max(0, (roomHeight - side) / 2)
    desk = Rectangle(x: left, y: top, width: deskWidth, height: side)
    page = Self.fit(proportion, into: desk)

    panel = Rectangle(x: desk.right + gutter, y: top, width: panelWidth, height: side)
    let rowHeight = measure(18, 26)
    var controls: [Control: Rectangle] = [:]
    if isLooking {
      (answer, certainty, bars, input, caption) = (.empty, .empty, [], .empty, .empty)
      var row = Row(top: panel.bottom - rowHeight, height: rowHeight, left: panel.x, right: panel.right)
      controls[.look] = row.fromRight(measure(60, 76), gap: measure(6, 12))
      controls[.askAll] = row.fromRight(measure(70, 88), gap: measure(6, 12))
      controls[.model] = row.fromLeft(min(row.right - row.left, usualPanel), gap: 0)
      inside = Rectangle(x: panel.x, y: top, width: panelWidth, height: side - rowHeight - gap)
    } else {
      inside = .empty
      let answerHeight = max(measure(58, 112), min(side / 5, measure(70, 170)))
      let answerWidth = panelWidth * 9 / 20
      answer = Rectangle(x: panel.x, y: top, width: answerWidth, height: answerHeight)
      certainty = Rectangle(
        x: answer.right + gap, y: top, width: panel.right - answer.right - gap, height: answerHeight)

      // A cell of the input is a whole number of pixels, so that every cell is the same.
      let inputSide = max(1, min(side * 22 / 100, panelWidth * 2 / 5) / 28) * 28
      input = Rectangle(x: panel.x, y: panel.bottom - inputSide, width: inputSide, height: inputSide)
      let rowHeight = min(rowHeight, inputSide / 2)
      let captionX = input.right + measure(10, 16)
      let captionWidth = panel.right - captionX
      caption = Rectangle(
        x: captionX, y: input.y, width: captionWidth, height: max(0, inputSide - 2 * rowHeight))
      controls[.model] = Rectangle(
        x: captionX, y: input.bottom - 2 * rowHeight, width: captionWidth, height: rowHeight)
      var row = Row(
        top: input.bottom - rowHeight, height: rowHeight, left: captionX, right: panel.right)
      controls[.look] = row.fromRight(captionWidth * 9 / 20, gap: measure(4, 6))
      controls[.askAll] = row.fromLeft(row.right - row.left, gap: 0)

      let barsTop = answer.bottom + measure(8, 20)
      let barsRoom = input.y - measure(10, 22) - barsTop
      let step = max(1, min(barsRoom / 10, measure(15, 30)))
      let x = panel.x
      bars = (0..<10).map { Rectangle(x: x, y: barsTop + $0 * step, width: panelWidth, height: step) }
    }

    // The bar of controls, from both ends.
    let barTop = desk.bottom + barGap
    var row = Row(top: barTop, height: barHeight, left: left, right: left + blockWidth)
    controls[.predict] = row.fromLeft(measure(60, 100), gap: measure(4, 10))
    controls[.clear] = row.fromLeft(measure(46, 78), gap: measure(4, 10))
    controls[.save] = row.fromLeft(measure(44, 78), gap: measure(7, 18))
    controls[.undo] = row.fromLeft(measure(26, 38), gap: measure(2, 4))
    controls[.redo] = row.fromLeft(measure(26, 38), gap: measure(6, 18))
    controls[.open] = row.fromLeft(measure(46, 78), gap: 0)
    controls[.help] = row.fromRight(measure(24, 38), gap: measure(4, 8))
    controls[.live] = row.fromRight(measure(54, 78), gap: measure(4, 14))
    controls[.pen] = row.fromRight(measure(60, 110), gap: measure(3, 6))
    controls[.eraser] = row.fromRight(measure(26, 38), gap: 0)
    self.controls = controls
    status = Rectangle(x: left, y: barTop + barHeight + statusGap, width: blockWidth, height: statusHeight)
  }

  /// Every rectangle that scripts may ask for, by name, in the order of reading.
  package var named: [(name: String, area: Rectangle)] {
    var panel = [("inside", inside)]
    if inside.isEmpty {
      panel = [("answer", answer), ("certainty", certainty)]
      panel += bars.enumerated().map { ("bar\($0.offset)", $0.element) }
      panel += [("input", input), ("caption", caption)]
    }
    return [("window", window), ("page", page)] + panel
      + Control.allCases.map { ($0.rawValue, self[$0]) } + [("status", status)]
  }

  private static func fit(_ proportion: Double, into area: Rectangle) -> Rectangle {
    let width = min(Double(area.width), Double(area.height) * proportion)
    let size = (max(1, Int(clamping: width.rounded())), max(1, Int(clamping: (width / proportion).rounded())))
    return Rectangle(
      x: area.x + (area.width - size.0) / 2, y: area.y + (area.height - size.1) / 2, width: size.0,
      height: size.1)
  }
}

/// Turns measures at 96 dpi into pixels: one for the smallest window, one for a usual window.
private struct Measure {
  /// Pixels to one of 96 dpi.
  let unit: Double
  /// 0 in the smallest window, 1 from the usual one on.
  let comfort: Double
  /// How much larger everything is on a very large screen.
  let growth: Double

  init(width: Int, height: Int, scale: Double) {
    let fit = min(
      Double(width) / Double(Layout.smallest.width), Double(height) / Double(Layout.smallest.height))
    unit = max(0.1, min(scale, fit))
    let across = Double(width) / unit
    let down = Double(height) / unit
    let spare = min(
      (across - Double(Layout.smallest.width)) / Double(Layout.usual.width - Layout.smallest.width),
      (down - Double(Layout.smallest.height)) / Double(Layout.usual.height - Layout.smallest.height))
    comfort = min(1, max(0, spare))
    let excess = min(across / Double(Layout.usual.width), down / Double(Layout.usual.height))
    growth = min(1.8, max(1, excess.squareRoot()))
  }

  func size(_ smallest: Double, _ usual: Double) -> Double {
    // Text sizes in quarters of a pixel keep the glyph cache small while a window is being resized.
    ((smallest + (usual - smallest) * comfort) * unit * growth * 4).rounded() / 4
  }

  func callAsFunction(_ smallest: Double, _ usual: Double) -> Int {
    Int(clamping: size(smallest, usual).rounded())
  }
}

/// A row of controls that fills from both ends.
private struct Row {
  let top: Int
  let height: Int
  var left: Int
  var right: Int

  mutating func fromLeft(_ width: Int, gap: Int) -> Rectangle {
    defer { left += width + gap }
    return Rectangle(x: left, y: top, width: width, height: height)
  }

  mutating func fromRight(_ width: Int, gap: Int) -> Rectangle {
    defer { right -= width + gap }
    return Rectangle(x: right - width, y: top, width: width, height: height)
  }
}
