// A checked page as a picture: ticks, crosses, the right answers in red, and question marks.

import Arithmetic
import Basics
package import Exercises
package import Graphics
package import Ink

/// The picture of a page with the marks of its exercises.
package struct MarkedPage: Sendable {
  /// The page in greys.
  package let picture: GrayImage
  /// Pixels of the picture in one unit of the boxes.
  private let scale: Double
  private let marks: PageMarks

  /// Lays out the marks.
  ///
  /// - Parameters:
  ///   - picture: the page.
  ///   - exercises: its exercises.
  ///   - unitsAcross: the width of the page in the units of the exercises' boxes.
  ///   - longestSide: a larger picture is reduced to this size.
  package init(
    _ picture: GrayImage, _ exercises: [CheckedExercise], unitsAcross: Double, longestSide: Int = 2000
  ) {
    let side = max(picture.width, picture.height, 1)
    let factor = min(1, Double(longestSide) / Double(side))
    self.picture = factor < 1 ? picture.reduced(by: factor) : picture
    scale = Double(self.picture.width) / max(unitsAcross, 1e-9)
    marks = PageMarks(exercises, width: self.picture.width, height: self.picture.height, scale: scale)
  }

  /// The box of an exercise in pixels of the picture.
  package func box(of exercise: CheckedExercise) -> Box { exercise.box.scaled(by: scale) }

  /// The part of the page with an exercise.
  package func crop(of exercise: CheckedExercise) -> GrayImage {
    let box = box(of: exercise).grown(by: marks.markHeight * 0.35)
    let left = min(max(0, Int(clamping: box.x.rounded(.down))), picture.width - 1)
    let top = min(max(0, Int(clamping: box.y.rounded(.down))), picture.height - 1)
    let right = min(picture.width, max(left + 1, Int(clamping: box.right.rounded(.up))))
    let bottom = min(picture.height, max(top + 1, Int(clamping: box.bottom.rounded(.up))))
    return picture.cropped(to: Rectangle(x: left, y: top, width: right - left, height: bottom - top))
  }

  /// The page with its marks.
  package func bitmap(_ textRenderer: TextRenderer) -> Bitmap {
    var bitmap = Bitmap(
      width: picture.width, height: picture.height,
      pixels: picture.pixels.map { UInt32($0) << 16 | UInt32($0) << 8 | UInt32($0) })
    for command in marks.marks(.light, textRenderer: textRenderer).flatMap(\.commands) {
      bitmap.paint(command, clip: bitmap.bounds, textRenderer: textRenderer)
    }
    return bitmap
  }

  /// The file of the page with its marks: PNG with a palette, which keeps photos small.
  package func png(_ textRenderer: TextRenderer) -> [UInt8] { MarkedPalette.png(of: bitmap(textRenderer)) }
}

extension GrayImage {
  /// The picture reduced in both directions.
  func reduced(by factor: Double) -> GrayImage {
    resized(
      width: max(1, Int(clamping: (Double(width) * factor).rounded())),
      height: max(1, Int(clamping: (Double(height) * factor).rounded())))
  }
}

/// A palette for pages in greys with coloured marks.
private enum MarkedPalette {
  /// Levels of grey: more cannot be told apart on a page, and would double the file of a photo.
  private static let greys = 64
  /// Steps from a mark's colour to white, for soft edges.
  private static let steps = 16

  private static let colors: [Color] =
    (0..<greys).map { index in
      let level = UInt32(index * 255 / (greys - 1))
      return Color(level << 16 | level << 8 | level)
    }
    + [MarkPalette.light.right, MarkPalette.light.wrong, MarkPalette.light.unsure].flatMap { color in
      (0..<steps).map { color.mixed(Color(0xFF_FFFF), Double($0) / Double(steps)) }
    }

  static func png(of bitmap: Bitmap) -> [UInt8] {
    var known: [UInt32: UInt8] = [:]
    let indices = bitmap.pixels.map { pixel -> UInt8 in
      let (red, green, blue) = (pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255)
      if red == green, green == blue { return UInt8(clamping: Int(red) * (greys - 1) / 255) }
      if let index = known[pixel] { return index }
      let index = nearest(Int(red), Int(green), Int(blue))
      known[pixel] = index
      return index
    }
    return PNGEncoder.encode(indices: indices, palette: colors, width: bitmap.width, height: bitmap.height)
  }

  private static func nearest(_ red: Int, _ green: Int, _ blue: Int) -> UInt8 {
    func distance(_ color: Color) -> Int {
      let (r, g, b) = (
        red - Int(color.rgb >> 16 & 255), green - Int(color.rgb >> 8 & 255), blue - Int(color.rgb & 255)
      )
      return r * r + g * g + b * b
    }
    return UInt8(clamping: colors.indices.min { distance(colors[$0]) < distance(colors[$1]) } ?? 0)
  }
}
