// The view of the frame on a picture: a line around what is read, and a veil over the rest.

import Basics
import Graphics
import Ink

extension View {
  /// The frame that is read or being marked.
  func frameParts() -> [Scene.Part] {
    guard let frame = state.shownFrame else { return [] }
    let line = max(2, layout.hairline * 3 / 2)
    // At the edge of the page the line is inside the frame.
    let inside = layout.area(of: frame, on: state.page).intersection(layout.page.inset(line))
    if inside.isEmpty { return [] }
    let border = inside.inset(-line)
    // Paper and ink come closer to each other and darker than the inside.
    let veil = (state.theme == .light ? theme.window.mixed(theme.line, 0.4) : theme.sunken).faded(0.5)
    // Each side is a part of its own, so that a moving edge repaints only what is beside it.
    let veils = layout.page.subtracting(border).enumerated().map { side, area in
      Scene.Part("veil\(side)", area, [.fill(area, veil)])
    }
    let edges = border.subtracting(inside).enumerated().map { side, area in
      Scene.Part("frame\(side)", area, [.fill(area, theme.accent)])
    }
    return veils + edges
  }
}
