// The pixels of a window, of which only what has changed is painted again.

package import Basics
package import Graphics
package import Ink

/// The pixels of a window with a page.
package struct ScenePicture {
  /// The pixels.
  package private(set) var bitmap = Bitmap(width: 0, height: 0)
  private var scene: Scene?
  private var raster: PageRaster?

  /// Makes a picture without pixels.
  package init() {}

  /// Paints what differs from the scene and the page that were shown last.
  ///
  /// - Parameters:
  ///   - scene: The parts of the window.
  ///   - page: The page in it.
  ///   - renderer: Paints texts.
  /// - Returns: The rectangles that were painted; they do not overlap.
  package mutating func show(_ scene: Scene, of page: Page, renderer: TextRenderer) -> [Rectangle] {
    var damage: [Rectangle]
    if bitmap.width == scene.window.width, bitmap.height == scene.window.height, let before = self.scene {
      damage = scene.damage(after: before)
    } else {
      bitmap = Bitmap(width: scene.window.width, height: scene.window.height)
      damage = [scene.window]
    }
    self.scene = scene
    var ink: PageRaster
    if let raster, raster.width == scene.page.width, raster.height == scene.page.height {
      // Without a second owner the raster is changed in place.
      ink = raster
      self.raster = nil
      let changed = ink.show(page)
      if !changed.isEmpty { damage.append(changed.moved(x: scene.page.x, y: scene.page.y)) }
    } else {
      ink = PageRaster(page, width: scene.page.width, height: scene.page.height)
      damage.append(scene.page)
    }
    damage = Self.merged(damage)
    for area in damage { scene.paint(into: &bitmap, clip: area, ink: ink, renderer: renderer) }
    raster = ink
    return damage
  }

  /// Joins rectangles that overlap, so that no pixel is painted twice.
  private static func merged(_ areas: [Rectangle]) -> [Rectangle] {
    var merged: [Rectangle] = []
    for area in areas where !area.isEmpty {
      var area = area
      while let index = merged.firstIndex(where: { !$0.intersection(area).isEmpty }) {
        area = area.union(merged.remove(at: index))
      }
      merged.append(area)
    }
    return merged
  }
}
