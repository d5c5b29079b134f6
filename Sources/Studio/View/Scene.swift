// The whole window as a value: named parts, so that two of them tell what must be painted again.

public import Paint

/// What the window shows.
public struct Scene: Sendable, Equatable {
  /// A part of the window that is repainted as one.
  public struct Part: Sendable, Equatable {
    /// What it is called; no other part of the scene is called so.
    public let name: String
    /// All pixels that it may touch.
    public let bounds: Rectangle
    /// What it consists of, in the order of painting.
    public let marks: [Mark]
    /// Whether the page's ink belongs under these marks.
    public let holdsPage: Bool
    /// A picture under these marks, its corner in the bounds' corner.
    public let picture: Bitmap?

    init(
      _ name: String, _ bounds: Rectangle, holdsPage: Bool = false, picture: Bitmap? = nil, _ marks: [Mark]
    ) {
      self.name = name
      self.bounds = bounds
      self.marks = marks
      self.holdsPage = holdsPage
      self.picture = picture
    }
  }

  /// The window.
  public let window: Rectangle
  /// The theme that the page is shown in.
  public let theme: Theme
  /// Where the page is.
  public let page: Rectangle
  /// The parts, in the order of painting.
  public let parts: [Part]

  /// What must be painted again when this scene follows another; the page's ink tells its own changes.
  public func damage(after other: Scene) -> [Rectangle] {
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
  public func paint(into bitmap: inout Bitmap, clip: Rectangle, ink: PageRaster, lettering: Lettering) {
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
