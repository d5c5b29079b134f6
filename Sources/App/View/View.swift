// The window's look: a function of the session, and of nothing else.

import Basics
package import Graphics
import Ink
import Recognition

/// Turns a session into a scene, and a scene into pixels.
package struct View {
  let session: WindowState
  let layout: Layout
  let theme: Palette
  let lettering: TextRenderer

  /// The scene of a session; `lettering` only measures here.
  package static func scene(of session: WindowState, lettering: TextRenderer) -> Scene {
    let view = View(
      session: session, layout: session.layout, theme: session.theme.palette, lettering: lettering)
    return Scene(
      window: view.layout.window, theme: view.theme, page: view.layout.page, parts: view.parts())
  }

  /// The whole window's pixels, painted afresh.
  package static func picture(of session: WindowState, lettering: TextRenderer) -> Bitmap {
    let scene = scene(of: session, lettering: lettering)
    let raster = PageRaster(session.page, width: scene.page.width, height: scene.page.height)
    var bitmap = Bitmap(width: scene.window.width, height: scene.window.height)
    scene.paint(into: &bitmap, clip: bitmap.bounds, ink: raster, lettering: lettering)
    return bitmap
  }

  private func parts() -> [Scene.Part] {
    var parts = [Scene.Part("ground", layout.window, [.fill(layout.window, theme.window)])]
    parts.append(pagePart())
    parts += symbolBoxes()
    parts += panelParts()
    parts += Control.allCases.map(controlPart)
    parts.append(statusPart())
    parts += overlayParts()
    return parts
  }

  private func pagePart() -> Scene.Part {
    let page = layout.page
    let border = page.inset(-layout.hairline)
    return Scene.Part(
      "page", border, holdsPage: true,
      [
        .frame(
          border, radius: 0, width: Double(layout.hairline),
          session.isDropHovering ? theme.accent : theme.line)
      ])
  }

  /// Where the symbols are, when there are several.
  private func symbolBoxes() -> [Scene.Part] {
    guard let reading = session.reading, reading.symbols.count > 1, session.gesture == .none else {
      return []
    }
    let scale = Double(layout.page.width) / session.page.width
    let margin = Double(layout.gap) / 2
    return reading.symbols.enumerated().flatMap { index, symbol in
      let box = symbol.box
      let x = Int(clamping: (box.x * scale - margin).rounded(.down))
      let y = Int(clamping: (box.y * scale - margin).rounded(.down))
      let area = Rectangle(
        x: x, y: y, width: Int(clamping: ((box.x + box.width) * scale + margin).rounded(.up)) - x,
        height: Int(clamping: ((box.y + box.height) * scale + margin).rounded(.up)) - y
      ).moved(x: layout.page.x, y: layout.page.y).intersection(layout.page)
      let color = symbol.refused ? theme.unsure : theme.accent
      var frames = [
        DrawCommand.frame(area, radius: layout.radius, width: Double(layout.hairline), color.faded(0.7))
      ]
      // On a picture, which may be as dark as the lines, they have the paper beside and under them.
      let isOnPicture = session.page.picture != nil
      if isOnPicture {
        let inner = area.inset(layout.hairline)
        frames.append(
          .frame(inner, radius: layout.radius, width: Double(layout.hairline), theme.paper.faded(0.7)))
      }
      // Each side is a part of its own, and the number too: what comes and goes is not the whole page.
      let sides = area.subtracting(area.inset(Int(clamping: layout.radius) + 1)).enumerated().map {
        side, bounds in
        Scene.Part("box\(index).\(side)", bounds, frames)
      }
      let size = layout.smallSize
      let width = lettering.width(of: symbol.text, size: size)
      // The number stands above its box, clear of the ink; where the page ends there, inside.
      let height = Int(clamping: size * 1.3)
      let above = area.y - height >= layout.page.y
      let label = Rectangle(
        x: area.x + Int(clamping: margin), y: above ? area.y - height : area.y + Int(clamping: margin),
        width: Int(clamping: width) + 2,
        height: height)
      let number = DrawCommand.text(
        symbol.text, Spot(Double(label.x), Double(label.y) + size * 0.95), size: size, color)
      let ground = isOnPicture ? [DrawCommand.fill(label, theme.paper.faded(0.7))] : []
      return sides + [Scene.Part("box\(index)", label.intersection(layout.page), ground + [number])]
    }
  }

  /// Text on a line, from the left edge of a rectangle and in the middle of its height.
  func text(_ string: String, in area: Rectangle, size: Double, _ color: Color, from x: Double = 0)
    -> DrawCommand
  {
    let room = Double(area.width) - x
    let fitting = lettering.shortened(string, to: room, size: size)
    return .text(fitting, Spot(Double(area.x) + x, baseline(in: area, size: size)), size: size, color)
  }

  /// Text that ends at the right edge of a rectangle.
  func text(_ string: String, endingIn area: Rectangle, size: Double, _ color: Color) -> DrawCommand {
    let width = lettering.width(of: string, size: size)
    return .text(
      string, Spot(Double(area.right) - width, baseline(in: area, size: size)), size: size, color)
  }

  /// Text in the middle of a rectangle.
  func text(_ string: String, centeredIn area: Rectangle, size: Double, _ color: Color) -> DrawCommand {
    let fitting = lettering.shortened(string, to: Double(area.width), size: size)
    let width = lettering.width(of: fitting, size: size)
    return .text(
      fitting, Spot(area.centerX - width / 2, baseline(in: area, size: size)), size: size, color)
  }

  /// Lines of text below each other, from the top of a rectangle, as many as it has room for.
  func lines(_ string: String, in area: Rectangle, size: Double, _ color: Color) -> [DrawCommand] {
    let step = size * 1.4
    let room = max(1, Int(clamping: (Double(area.height) + step - size) / step))
    return lettering.lines(of: string, width: Double(area.width), size: size).prefix(room).enumerated()
      .map { index, line in
        let y = Double(area.y) + lettering.capitalHeight(size: size) * 1.1 + step * Double(index)
        return .text(line, Spot(Double(area.x), y.rounded()), size: size, color)
      }
  }

  private func baseline(in area: Rectangle, size: Double) -> Double {
    (area.centerY + lettering.capitalHeight(size: size) / 2).rounded()
  }
}
