// A picture in memory, as X11 servers of depth 24 show it: one word a pixel, 0xRRGGBB.

package import Basics

/// A picture in colour, painted by the processor.
package struct Bitmap: Sendable, Equatable {
  /// Pixels in a row.
  package let width: Int
  /// Number of rows.
  package let height: Int
  /// One word a pixel, 0x00RRGGBB, row after row from the top.
  package private(set) var pixels: [UInt32]

  /// Makes a picture of one colour.
  package init(width: Int, height: Int, color: Color = Color(0xFF_FFFF)) {
    precondition(width >= 0 && height >= 0, "a picture's sides cannot be negative")
    self.width = width
    self.height = height
    self.pixels = [UInt32](repeating: color.rgb, count: width * height)
  }

  /// Makes a picture from `width * height` pixels.
  package init(width: Int, height: Int, pixels: [UInt32]) {
    precondition(width >= 0 && height >= 0 && pixels.count == width * height, "pixels must fill the picture")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The whole picture.
  package var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// The pixel at a column and a row.
  package subscript(x: Int, y: Int) -> UInt32 { pixels[y * width + x] }

  /// Lends the rows that a rectangle meets: its pixels, and where each row starts.
  mutating func withRows(of area: Rectangle, _ body: (UnsafeMutablePointer<UInt32>, Int) -> Void) {
    let width = width
    pixels.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for row in area.y..<area.bottom { body(base + row * width, row) }
    }
  }

  /// Lends the pixels to a reader.
  package func withPixels<R>(_ body: (UnsafePointer<UInt32>) -> R) -> R? {
    pixels.withUnsafeBufferPointer { $0.baseAddress.map(body) }
  }

  /// Fills a rectangle.
  package mutating func fill(_ area: Rectangle, _ color: Color, clip: Rectangle) {
    let area = area.intersection(clip).intersection(bounds)
    guard !area.isEmpty, color.alpha > 0 else { return }
    let (rgb, alpha) = (color.rgb, UInt32(color.alpha))
    withRows(of: area) { row, _ in
      if alpha == 255 {
        (row + area.x).update(repeating: rgb, count: area.width)
      } else {
        for x in area.x..<area.right { row[x] = blend(row[x], rgb, alpha) }
      }
    }
  }

  /// Lays a colour on a rectangle as much as a function of the place says, 0…1 at each pixel's middle.
  mutating func cover(_ area: Rectangle, _ color: Color, clip: Rectangle, by part: (Double, Double) -> Double)
  {
    let area = area.intersection(clip).intersection(bounds)
    guard !area.isEmpty, color.alpha > 0 else { return }
    let (rgb, alpha) = (color.rgb, Double(color.alpha))
    withRows(of: area) { row, y in
      for x in area.x..<area.right {
        let weight = UInt32(clamping: min(1, max(0, part(Double(x) + 0.5, Double(y) + 0.5))) * alpha + 0.5)
        if weight > 0 { row[x] = blend(row[x], rgb, weight) }
      }
    }
  }

  /// Lays a colour through a mask of levels (0 nothing, 255 all), whose corner stands at a place.
  package mutating func blitGlyph(
    _ mask: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int, x: Int, y: Int, _ color: Color,
    clip: Rectangle
  ) {
    let whole = Rectangle(x: x, y: y, width: width, height: height)
    let area = whole.intersection(clip).intersection(bounds)
    guard !area.isEmpty, color.alpha > 0 else { return }
    let (rgb, alpha) = (color.rgb, UInt32(color.alpha))
    withRows(of: area) { row, rowNumber in
      let levels = mask + (rowNumber - y) * stride
      for column in area.x..<area.right {
        let level = UInt32(levels[column - x])
        if level == 0 { continue }
        row[column] = blend(row[column], rgb, (level &* alpha &+ 127) / 255)
      }
    }
  }

  /// Shows another picture, whose corner stands at a place.
  package mutating func show(_ other: Bitmap, x: Int, y: Int, clip: Rectangle) {
    let area = other.bounds.moved(x: x, y: y).intersection(clip).intersection(bounds)
    if area.isEmpty { return }
    _ = other.withPixels { pixels in
      withRows(of: area) { row, rowNumber in
        (row + area.x).update(from: pixels + (rowNumber - y) * other.width + area.x - x, count: area.width)
      }
    }
  }

  /// Shows levels between two colours (0 the first, 255 the second), whose corner stands at a place.
  package mutating func show(
    _ levels: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int, x: Int, y: Int,
    from first: Color, to second: Color, clip: Rectangle
  ) {
    let whole = Rectangle(x: x, y: y, width: width, height: height)
    let area = whole.intersection(clip).intersection(bounds)
    guard !area.isEmpty else { return }
    let table = (0...255).map { blend(first.rgb, second.rgb, UInt32($0)) }
    table.withUnsafeBufferPointer { table in
      withRows(of: area) { row, rowNumber in
        let levels = levels + (rowNumber - y) * stride
        for column in area.x..<area.right { row[column] = table[Int(levels[column - x])] }
      }
    }
  }
}
