// The whole window as a value: named parts, so that two of them tell what must be painted again.

package import Basics
package import Graphics

/// What the window shows.
package struct Scene: Sendable, Equatable {
  /// A part of the window that is repainted as one.
  package struct Part: Sendable, Equatable {
    /// What it is called; no other part of the scene is called so.
    package let name: String
    /// All pixels that it may touch.
    package let bounds: Rectangle
    /// What it consists of, in the order of painting.
    package let marks: [DrawCommand]
    /// Whether the page's ink belongs under these marks.
    package let holdsPage: Bool
    /// A picture under these marks, its corner in the bounds' corner.
    package let picture: Bitmap?

    init(
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
  /// The colours that the page is shown in.
  package let theme: Palette
  /// Where the page is.
  package let page: Rectangle
  /// The parts, in the order of painting.
  package let parts: [Part]

  /// What must be painted again when this scene follows another; the page's ink tells its own changes.
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

  /// Paints what is inside a rectangle.
  package func paint(into bitmap: inout Bitmap, clip: Rectangle, ink: PageRaster, lettering: TextRenderer) {
    for part in parts {
      let area = part.bounds.intersection(clip)
      if area.isEmpty { continue }
      if part.holdsPage { ink.show(in: &bitmap, at: page, theme: theme, clip: area) }
      if let picture = part.picture {
        bitmap.show(picture, x: part.bounds.x, y: part.bounds.y, clip: area)
      }
      for mark in part.marks { bitmap.paint(mark, clip: area, lettering: lettering) }
    }
  }
}
