// An image in memory, in the pixel format of X servers of depth 24.

package import Basics

/// An image in colour.
package struct Bitmap: Sendable, Equatable {
  /// The number of columns.
  package let width: Int
  /// The number of rows.
  package let height: Int
  /// The pixels, 0x00RRGGBB, row after row from the top.
  package private(set) var pixels: [UInt32]

  /// Makes an image of one colour.
  package init(width: Int, height: Int, color: Color = Color(0xFF_FFFF)) {
    precondition(width >= 0 && height >= 0, "an image's sides cannot be negative")
    self.init(width: width, height: height, pixels: [UInt32](repeating: color.rgb, count: width * height))
  }

  /// Makes an image from `width * height` pixels.
  package init(width: Int, height: Int, pixels: [UInt32]) {
    precondition(width >= 0 && height >= 0 && pixels.count == width * height, "pixels must fill the image")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The whole image.
  package var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// The pixel at a column and a row.
  package subscript(x: Int, y: Int) -> UInt32 { pixels[y * width + x] }

  /// Calls `body` with the first pixel and the number of each row of a rectangle.
  mutating func withRows(of area: Rectangle, _ body: (UnsafeMutablePointer<UInt32>, Int) -> Void) {
    let width = width
    pixels.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for row in area.rows { body(base + row * width, row) }
    }
  }

  /// Calls `body` with the first pixel; nil where there is none.
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
        for x in area.columns { row[x] = blended(row[x], rgb, alpha) }
      }
    }
  }

  /// Blends a colour into a rectangle with a weight from 0 to 1 that is a function of the pixel's middle.
  mutating func cover(_ area: Rectangle, _ color: Color, clip: Rectangle, weight: (Double, Double) -> Double)
  {
    let area = area.intersection(clip).intersection(bounds)
    guard !area.isEmpty, color.alpha > 0 else { return }
    let (rgb, alpha) = (color.rgb, Double(color.alpha))
    withRows(of: area) { row, y in
      for x in area.columns {
        let level = UInt32(clamping: min(1, max(0, weight(Double(x) + 0.5, Double(y) + 0.5))) * alpha + 0.5)
        if level > 0 { row[x] = blended(row[x], rgb, level) }
      }
    }
  }

  /// Blends a colour in through a mask of weights from 0 to 255 whose top left corner is at `x` and `y`.
  mutating func blend(
    _ color: Color, mask: UnsafePointer<UInt8>, width: Int, height: Int, x: Int, y: Int, clip: Rectangle
  ) {
    let whole = Rectangle(x: x, y: y, width: width, height: height)
    let area = whole.intersection(clip).intersection(bounds)
    guard !area.isEmpty, color.alpha > 0 else { return }
    let (rgb, alpha) = (color.rgb, UInt32(color.alpha))
    withRows(of: area) { row, rowNumber in
      let weights = mask + (rowNumber - y) * width
      for column in area.columns {
        let weight = UInt32(weights[column - x])
        if weight == 0 { continue }
        row[column] = blended(row[column], rgb, (weight &* alpha &+ 127) / 255)
      }
    }
  }

  /// Copies another image, whose top left corner comes to `x` and `y`.
  package mutating func show(_ other: Bitmap, x: Int, y: Int, clip: Rectangle) {
    let area = other.bounds.moved(x: x, y: y).intersection(clip).intersection(bounds)
    if area.isEmpty { return }
    _ = other.withPixels { pixels in
      withRows(of: area) { row, rowNumber in
        (row + area.x).update(from: pixels + (rowNumber - y) * other.width + area.x - x, count: area.width)
      }
    }
  }

  /// Copies levels as mixtures of two colours (0 is the first, 255 the second); the top left corner comes to `x` and
  /// `y`.
  package mutating func show(
    _ levels: UnsafePointer<UInt8>, width: Int, height: Int, x: Int, y: Int, from first: Color,
    to second: Color, clip: Rectangle
  ) {
    let whole = Rectangle(x: x, y: y, width: width, height: height)
    let area = whole.intersection(clip).intersection(bounds)
    guard !area.isEmpty else { return }
    let table = (0...255).map { blended(first.rgb, second.rgb, UInt32($0)) }
    table.withUnsafeBufferPointer { table in
      withRows(of: area) { row, rowNumber in
        let levels = levels + (rowNumber - y) * width
        for column in area.columns { row[column] = table[Int(levels[column - x])] }
      }
    }
  }
}
