// The window's content as named parts: the difference of two scenes is what must be painted again.

package import Basics
package import Graphics
package import Ink

/// The content of the window.
package struct Scene: Sendable, Equatable {
  /// A part of the window that is repainted as one.
  package struct Part: Sendable, Equatable {
    /// The name, unique in the scene.
    package let name: String
    /// The rectangle that contains all pixels of the part.
    package let bounds: Rectangle
    /// The draw commands, in the order of painting.
    package let marks: [DrawCommand]
    /// Whether the page is painted below the marks.
    package let holdsPage: Bool
    /// A picture below the marks, at the top left corner of the bounds.
    package let picture: Bitmap?

    /// Makes a part.
    package init(
      _ name: String, _ bounds: Rectangle, holdsPage: Bool = false, picture: Bitmap? = nil,
      _ marks: [DrawCommand]
    ) {
      self.name = name
      self.bounds = bounds
      self.marks = marks
      self.holdsPage = holdsPage
      self.picture = picture
    }
  }

  /// The window.
  package let window: Rectangle
  /// The colours of the page.
  package let theme: Palette
  /// The page's rectangle.
  package let page: Rectangle
  /// The parts, in the order of painting.
  package let parts: [Part]

  /// Makes a scene.
  package init(window: Rectangle, theme: Palette, page: Rectangle, parts: [Part]) {
    self.window = window
    self.theme = theme
    self.page = page
    self.parts = parts
  }

  /// The rectangles that must be painted again when this scene follows another, except for changes of the page.
  package func damage(after other: Scene) -> [Rectangle] {
    guard window == other.window, theme == other.theme, page == other.page else { return [window] }
    var before: [String: Part] = [:]
    for part in other.parts { before[part.name] = part }
    var damage: [Rectangle] = []
    for part in parts {
      let old = before.removeValue(forKey: part.name)
      if old == part { continue }
      damage.append(part.bounds.union(old?.bounds ?? .empty))
    }
    damage += before.values.map(\.bounds)
    return damage.filter { !$0.isEmpty }
  }

  /// The pixels of the whole window, with a page.
  package func picture(of page: Page, renderer: TextRenderer) -> Bitmap {
    let raster = PageRaster(page, width: self.page.width, height: self.page.height)
    var bitmap = Bitmap(width: window.width, height: window.height)
    paint(into: &bitmap, clip: bitmap.bounds, ink: raster, renderer: renderer)
    return bitmap
  }

  /// Paints the content of a rectangle.
  package func paint(into bitmap: inout Bitmap, clip: Rectangle, ink: PageRaster, renderer: TextRenderer) {
    for part in parts {
      let area = part.bounds.intersection(clip)
      if area.isEmpty { continue }
      if part.holdsPage { ink.show(in: &bitmap, at: page, theme: theme, clip: area) }
      if let picture = part.picture {
        bitmap.show(picture, x: part.bounds.x, y: part.bounds.y, clip: area)
      }
      for mark in part.marks { bitmap.paint(mark, clip: area, textRenderer: renderer) }
    }
  }
}
