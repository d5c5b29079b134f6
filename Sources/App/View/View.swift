// The look of the window: a function of its state and its layout.

import Basics
import ExerciseReports
package import Graphics
import Ink
import Recognition
package import X11

/// Turns a state into a scene, and a scene into pixels.
package struct View: TextView {
  let state: WindowState
  let window: WindowLayout
  package let renderer: TextRenderer
  var layout: Layout { window.areas }
  var theme: Palette { state.theme.palette }

  /// A text in the language of the window.
  func localized(_ english: String) -> String { state.language.text(english) }

  /// The scene of a state; the renderer only measures text here.
  package static func scene(of state: WindowState, layout: WindowLayout, renderer: TextRenderer) -> Scene {
    let view = View(state: state, window: layout, renderer: renderer)
    return Scene(
      window: view.layout.window, theme: view.theme, page: view.layout.page, parts: view.parts())
  }

  /// The scene of a state in its own layout.
  package static func scene(of state: WindowState, renderer: TextRenderer) -> Scene {
    scene(of: state, layout: WindowLayout(of: state, measuring: renderer), renderer: renderer)
  }

  /// The pixels of the whole window.
  package static func picture(of state: WindowState, renderer: TextRenderer) -> Bitmap {
    scene(of: state, renderer: renderer).picture(of: state.page, renderer: renderer)
  }

  /// The shape of the pointer.
  package static func pointerShape(of state: WindowState, layout: Layout) -> PointerShape {
    let hovered = state.focus.hovered
    if hovered == .pen || state.overlay == .keys { return .arrow }
    if let hovered { return state.isEnabled(hovered) ? .hand : .arrow }
    switch state.overlay {
    case .saveAs, nil: break
    case .open(let choice): return choice.hoveredButton == nil && choice.hovered == nil ? .arrow : .hand
    case .keys, .models, .choices: return .arrow
    }
    guard state.focus.isOverPage else { return .arrow }
    if state.isMarkingFrame { return .cross }
    let width = state.isErasing ? state.pen.eraserWidth : state.pen.width
    let scale = Double(layout.page.width) / state.page.width
    return .ring(diameter: max(3, Int(clamping: (width * scale).rounded())))
  }

  private func parts() -> [Scene.Part] {
    let ground = Scene.Part("ground", layout.window, [.fill(layout.window, theme.window)])
    let page = [ground, pagePart()] + frameParts() + hintParts() + symbolBoxes() + exerciseMarks()
    let controls = Control.allCases.map(controlPart) + [statusPart()]
    return page + panelParts() + controls + overlayParts() + tooltipParts()
  }

  private func pagePart() -> Scene.Part {
    let page = layout.page
    let border = page.inset(-layout.hairline)
    return Scene.Part(
      "page", border, holdsPage: true,
      [
        .frame(
          border, radius: 0, width: Double(layout.hairline),
          state.focus.isDropHovering ? theme.accent : theme.line)
      ])
  }

  /// Where to draw, on a page on which nothing was drawn yet.
  private func hintParts() -> [Scene.Part] {
    guard state.page.isEmpty, !state.page.canUndo, !state.page.canRedo, !state.hasGesture else { return [] }
    let size = layout.textSize * 1.3
    let area = layout.page.inset(layout.gap)
    let height = Int(clamping: size * 1.6)
    let line = area.strip(y: Int(clamping: area.centerY) - height / 2, height: height)
    let label = localized(state.mode == .digits ? "Draw here" : "Write here")
    return [Scene.Part("hint", line, [text(label, centeredIn: line, size: size, theme.faint)])]
  }

  /// The boxes around the symbols, where there are several; of exercises and of text only around those in doubt.
  private func symbolBoxes() -> [Scene.Part] {
    guard let reading = state.reading, !state.hidesMarks else { return [] }
    let isDigits = state.mode == .digits
    let doubted = state.doubtedSymbols
    if isDigits, reading.symbols.count <= 1 { return [] }
    let margin = Double(layout.gap) / 2
    return reading.symbols.enumerated().flatMap { index, symbol -> [Scene.Part] in
      let isDoubted = doubted.contains(index)
      let isSelected = state.status.selectedSymbol == index
      guard isDigits || isDoubted || isSelected else { return [] }
      let area = layout.area(of: symbol.box, on: state.page, margin: margin)
      let color = isDoubted ? theme.unsure : theme.accent
      let width = Double(layout.hairline) * (isSelected || isDoubted ? 2 : 1)
      var frames = [
        DrawCommand.frame(
          area, radius: layout.radius, width: width, isSelected || isDoubted ? color : color.faded(0.7))
      ]
      // A picture may be as dark as the lines: they get a second line and a background in the paper's colour.
      let isOnPicture = state.page.picture != nil
      if isOnPicture {
        let inner = area.inset(layout.hairline)
        frames.append(
          .frame(inner, radius: layout.radius, width: Double(layout.hairline), theme.paper.faded(0.7)))
      }
      // Each side and the label are parts of their own, so that not the whole page is repainted.
      let sides = area.subtracting(area.inset(Int(clamping: layout.radius) + 1)).enumerated().map {
        side, bounds in
        Scene.Part("box\(index).\(side)", bounds, frames)
      }
      // In other modes the symbols stand in the answer, and a label would cover the marks.
      if !isDigits { return sides }
      let size = layout.smallSize
      let labelWidth = renderer.width(of: symbol.text, size: size)
      // The label is above its box, off the ink, or inside where the page ends above.
      let height = Int(clamping: size * 1.3)
      let above = area.y - height >= layout.page.y
      let label = Rectangle(
        x: area.x + Int(clamping: margin), y: above ? area.y - height : area.y + Int(clamping: margin),
        width: Int(clamping: labelWidth) + 2,
        height: height)
      let text = DrawCommand.text(
        symbol.text, PicturePoint(Double(label.x), Double(label.y) + size * 0.95), size: size, color)
      let background = isOnPicture ? [DrawCommand.fill(label, theme.paper.faded(0.7))] : []
      return sides + [Scene.Part("box\(index)", label.intersection(layout.page), background + [text])]
    }
  }

  /// The marks of checked exercises, and the answers to those that have none yet.
  private func exerciseMarks() -> [Scene.Part] {
    guard !state.exercises.isEmpty, !state.hidesMarks else { return [] }
    let page = layout.page
    let colors: MarkPalette = state.theme == .light ? .light : .dark
    let marks = PageMarks(
      state.exercises, width: page.width, height: page.height, scale: Double(page.width) / state.page.width)
    return marks.marks(colors.suggesting(theme.accent), textRenderer: renderer).map { mark in
      let margin = 3 + mark.box.height * 0.25
      let (x, y) = (Int(clamping: mark.box.x - margin), Int(clamping: mark.box.y - margin))
      let bounds = Rectangle(
        x: x, y: y, width: Int(clamping: mark.box.right + margin) - x,
        height: Int(clamping: mark.box.bottom + margin) - y
      ).moved(x: page.x, y: page.y).intersection(page)
      return Scene.Part(
        "mark\(mark.exercise)", bounds,
        mark.commands.map { $0.moved(x: Double(page.x), y: Double(page.y)) })
    }
  }

  /// A box with a border some hairlines wide.
  func card(
    _ area: Rectangle, _ ground: Color, border: Color, radius: Double? = nil, hairlines: Int = 1
  ) -> [DrawCommand] {
    let radius = radius ?? layout.radius
    return [
      .box(area, radius: radius, ground),
      .frame(area, radius: radius, width: Double(hairlines * layout.hairline), border),
    ]
  }

  /// Lines of text below each other, from the top of a rectangle, as many as fit.
  func lines(_ string: String, in area: Rectangle, size: Double, _ color: Color) -> [DrawCommand] {
    let step = size * 1.4
    let count = max(1, Int(clamping: (Double(area.height) + step - size) / step))
    return renderer.lines(of: string, width: Double(area.width), size: size).prefix(count).enumerated()
      .map { index, line in
        let y = Double(area.y) + renderer.capitalHeight(size: size) * 1.1 + step * Double(index)
        return .text(line, PicturePoint(Double(area.x), y.rounded()), size: size, color)
      }
  }
}
