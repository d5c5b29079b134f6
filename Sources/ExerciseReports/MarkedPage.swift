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
  /// The exercises, with boxes in pixels of the picture.
  package let exercises: [CheckedExercise]
  /// Pixels of the picture in one unit of the boxes.
  private let scale: Double
  /// The height of the marks in pixels.
  private let markHeight: Double

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
    self.picture =
      factor < 1
      ? picture.resized(
        width: max(1, Int(clamping: (Double(picture.width) * factor).rounded())),
        height: max(1, Int(clamping: (Double(picture.height) * factor).rounded())))
      : picture
    self.exercises = exercises
    let scale = Double(self.picture.width) / max(unitsAcross, 1e-9)
    self.scale = scale
    // The boxes of slanted lines are high; those of their symbols are not.
    let heights = exercises.flatMap { $0.symbolBoxes.isEmpty ? [$0.box] : $0.symbolBoxes }
      .map { $0.height * scale }.sorted()
    let shorter = Double(min(self.picture.width, self.picture.height))
    let usual = heights.isEmpty ? shorter / 20 : heights[heights.count * 2 / 3]
    markHeight = min(max(usual, shorter / 60, 10), max(shorter / 10, 10))
  }

  /// The box of an exercise in pixels of the picture.
  package func box(of exercise: CheckedExercise) -> Box { exercise.box.scaled(by: scale) }

  /// The part of the page with an exercise.
  package func crop(of exercise: CheckedExercise) -> GrayImage {
    let box = box(of: exercise).grown(by: markHeight * 0.35)
    let left = min(max(0, Int(clamping: box.x.rounded(.down))), picture.width - 1)
    let top = min(max(0, Int(clamping: box.y.rounded(.down))), picture.height - 1)
    let right = min(picture.width, max(left + 1, Int(clamping: box.right.rounded(.up))))
    let bottom = min(picture.height, max(top + 1, Int(clamping: box.bottom.rounded(.up))))
    var result = GrayImage(width: max(0, right - left), height: max(0, bottom - top))
    for y in 0..<result.height {
      for x in 0..<result.width { result[x, y] = picture[left + x, top + y] }
    }
    return result
  }

  // MARK: - Marks

  /// The marks as draw commands.
  package func commands(_ colors: MarkPalette, textRenderer: TextRenderer) -> [DrawCommand] {
    var taken = exercises.flatMap { $0.symbolBoxes.isEmpty ? [$0.box] : $0.symbolBoxes }.map {
      $0.scaled(by: scale)
    }
    return exercises.indices.flatMap { index -> [DrawCommand] in
      let mark = Mark(exercises[index])
      guard mark.shape != nil || mark.answer != nil else { return [] }
      let textSize = markHeight * 0.95
      let textWidth = mark.answer.map { textRenderer.width(of: $0, size: textSize) } ?? 0
      let markWidth = mark.shape == nil ? 0 : markHeight
      let gap = markHeight * 0.25
      let width = markWidth + (mark.answer == nil ? 0 : textWidth + (markWidth > 0 ? gap : 0))
      let place = place(for: width, beside: exercises[index], gap: gap, avoiding: taken)
      taken.append(place)
      var commands: [DrawCommand] = []
      if let shape = mark.shape {
        commands += shape.commands(at: place, side: markHeight, colors, textRenderer)
      }
      if let answer = mark.answer {
        let x = place.x + markWidth + (markWidth > 0 ? gap : 0)
        let y = place.y + (place.height + textRenderer.capitalHeight(size: textSize)) / 2
        commands.append(.text(answer, PicturePoint(x, y), size: textSize, colors.wrong))
      }
      return commands
    }
  }

  /// A place beside an exercise that covers no symbol: behind it, below or above its end, or before it.
  private func place(
    for width: Double, beside exercise: CheckedExercise, gap: Double, avoiding others: [Box]
  ) -> Box {
    let (across, down) = (Double(picture.width), Double(picture.height))
    let last = exercise.lastBox.scaled(by: scale)
    let first = (exercise.symbolBoxes.min { $0.x < $1.x } ?? exercise.box).scaled(by: scale)
    func top(_ box: Box) -> Double { box.y + (box.height - markHeight) / 2 }
    let candidates = [
      (last.right + gap, top(last)), (last.right - width, last.bottom + gap / 2),
      (last.right - width, last.y - markHeight - gap / 2), (first.x - width - gap, top(first)),
    ].map { Box(x: $0.0, y: $0.1, width: width, height: markHeight) }
    let free = candidates.first { place in
      place.x >= 0 && place.y >= 0 && place.right <= across && place.bottom <= down
        && !others.contains { $0.touches(place) }
    }
    if let free { return free }
    var place = candidates[0]
    place.x = max(0, min(place.x, across - width))
    place.y = max(0, min(place.y, down - markHeight))
    return place
  }

  /// The page with its marks.
  package func bitmap(_ textRenderer: TextRenderer) -> Bitmap {
    var bitmap = Bitmap(
      width: picture.width, height: picture.height,
      pixels: picture.pixels.map { UInt32($0) << 16 | UInt32($0) << 8 | UInt32($0) })
    for command in commands(.light, textRenderer: textRenderer) {
      bitmap.paint(command, clip: bitmap.bounds, textRenderer: textRenderer)
    }
    return bitmap
  }

  /// The file of the page with its marks: PNG with a palette, which keeps photos small.
  package func png(_ textRenderer: TextRenderer) -> [UInt8] { MarkedPalette.png(of: bitmap(textRenderer)) }
}

/// What is drawn beside an exercise.
private struct Mark {
  let shape: MarkShape?
  /// The right answer, where the exercise has another one or none.
  let answer: String?

  init(_ exercise: CheckedExercise) {
    let kind = exercise.verdict.kind
    switch kind {
    case .right: shape = .tick
    case .wrong: shape = .cross
    case .unsure: shape = .question
    case .open, .noExercise: shape = nil
    }
    answer = kind == .wrong || kind == .open ? exercise.expected.map(AnswerText.written) : nil
  }
}

/// The shapes of marks.
private enum MarkShape {
  case tick
  case cross
  case question

  func commands(
    at place: Box, side: Double, _ colors: MarkPalette, _ textRenderer: TextRenderer
  ) -> [DrawCommand] {
    let pen = max(1.5, side * 0.12)
    func point(_ x: Double, _ y: Double) -> PicturePoint {
      PicturePoint(place.x + x * side, place.y + y * side)
    }
    switch self {
    case .tick:
      return [.line([point(0.08, 0.55), point(0.36, 0.88), point(0.92, 0.1)], width: pen, colors.right)]
    case .cross:
      return [
        .line([point(0.14, 0.14), point(0.86, 0.86)], width: pen, colors.wrong),
        .line([point(0.86, 0.14), point(0.14, 0.86)], width: pen, colors.wrong),
      ]
    case .question:
      let size = side * 1.2
      let baseline = place.y + (side + textRenderer.capitalHeight(size: size)) / 2
      let left = place.x + (side - textRenderer.width(of: "?", size: size)) / 2
      return [.text("?", PicturePoint(left, baseline), size: size, colors.unsure)]
    }
  }
}

/// Answers as people write them.
enum AnswerText {
  /// A plain text with fractions as 3/4.
  static func written(_ plain: String) -> String {
    guard plain.contains(")/(") else { return plain }
    return plain.replacing(")/(", with: "/").replacing("(", with: plain.first == "(" ? "" : " ").replacing(
      ")", with: "")
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
