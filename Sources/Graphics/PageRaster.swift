// The page in pixels: its picture and its ink as one raster, updated while the page is drawn on.

package import Basics
package import Ink

/// The page's pixels at one size: 0 paper, 255 ink.
package struct PageRaster: Sendable {
  /// Pixels in a row.
  package let width: Int
  /// Number of rows.
  package let height: Int
  private var ink: IncrementalRaster
  private var picture: GrayImage?
  /// The opened picture at this size, as ink; empty where there is none.
  private var backdrop: [UInt8] = []
  /// Picture and ink together; empty where there is no picture.
  private var levels: [UInt8] = []

  /// Paints a page at a size.
  package init(_ page: Page, width: Int, height: Int) {
    self.width = width
    self.height = height
    ink = IncrementalRaster(
      rasterizer: StrokeRasterizer(scale: Double(width) / page.width), width: width, height: height)
    show(page)
  }

  /// Updates the raster to a page; returns the rectangle that has changed.
  @discardableResult
  package mutating func show(_ page: Page) -> Rectangle {
    var changed = ink.update(page.drawing.strokes)
    if page.picture != picture {
      picture = page.picture
      backdrop = page.picture?.resized(width: width, height: height).pixels.map { 255 - $0 } ?? []
      levels = backdrop
      changed = Rectangle(x: 0, y: 0, width: width, height: height)
    }
    if !levels.isEmpty { compose(changed) }
    return changed
  }

  /// Multiplies the ink and the picture.
  private mutating func compose(_ area: Rectangle) {
    for y in area.y..<area.bottom {
      for index in (y * width + area.x)..<(y * width + area.right) {
        let paper = (255 - Int(backdrop[index])) * (255 - Int(ink.coverage.levels[index]))
        levels[index] = UInt8(255 - (paper + 127) / 255)
      }
    }
  }

  /// Copies a part of the page into the window.
  package func show(in bitmap: inout Bitmap, at area: Rectangle, theme: Palette, clip: Rectangle) {
    (levels.isEmpty ? ink.coverage.levels : levels).withUnsafeBufferPointer { levels in
      guard let base = levels.baseAddress else { return }
      bitmap.show(
        base, width: width, height: height, x: area.x, y: area.y,
        from: theme.paper, to: theme.ink, clip: clip)
    }
  }
}
