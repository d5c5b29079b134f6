// Pages of exercises in arithmetic, made of symbols that people wrote.

import Basics
package import Formats
package import Ink

/// A page of exercises whose answers are known to be right or wrong.
package struct SumsPage: Sendable {
  /// An exercise and its place.
  package struct Item: Sendable {
    /// The exercise.
    package let exercise: SyntheticExercise
    /// The box around its ink on the page, in page units.
    package let box: Box
    /// The box around its ink in the picture, in pixels.
    package let pictureBox: Box
  }

  /// The page as a picture.
  package let picture: GrayImage
  /// The page as strokes.
  package let page: Page
  /// The exercises, line by line.
  package let items: [Item]
}

/// Makes pages of exercises; the same seed makes the same pages.
package enum SyntheticSums {
  /// The width of the writing on a sheet, in heights of a digit: 17 cm of A4 with digits of 5 mm.
  private static let sheetWidth = 34.0

  /// A page, spaced or a photo, of single characters; nil where a digit is missing.
  package static func page(_ kind: PageKind, of characters: [LabelledDrawing], seed: UInt64) -> SumsPage? {
    page(kind, WrittenSigns(characters), seed: seed)
  }

  static func page(_ kind: PageKind, _ signs: WrittenSigns, seed: UInt64) -> SumsPage? {
    guard signs.isUsable else { return nil }
    var random = Xoshiro256(seed: seed, stream: 9)
    // Lengths are in pixels. One person writes a page.
    let height = random.number(in: 40...60)
    let writer = signs.writers.isEmpty ? nil : signs.writers[random.index(signs.writers.count)]
    var writing = PageWriter(
      signs: signs, writer: writer, height: height, pen: height * random.number(in: 0.06...0.11),
      random: random)
    let (columns, rows) = (1 + writing.random.index(3), 4 + writing.random.index(4))
    let isNumbered = writing.random.index(4) == 0
    var written = (0..<rows).map { row in
      (0..<columns).map { column -> WrittenExercise in
        let number = isNumbered ? row * columns + column + 1 : nil
        let exercise = SyntheticExercise(at: &writing.random)
        return writing.write(exercise, number: number)
      }
    }
    let gap = height * writing.random.number(in: 2.4...4)
    // As many columns as fit onto a sheet of paper.
    let widths = (0..<columns).map { column in written.map { $0[column].width }.max() ?? 0 }
    var (kept, across) = (1, widths[0])
    while kept < columns, across + gap + widths[kept] <= sheetWidth * height {
      across += gap + widths[kept]
      kept += 1
    }
    written = written.map { Array($0.prefix(kept)) }
    let lineGap = height * writing.random.number(in: 0.9...1.6)
    var top = 60.0
    for row in written.indices {
      let ascent = written[row].map(\.ascent).max() ?? height
      let descent = written[row].map(\.descent).max() ?? 0
      var left = 60.0
      for column in written[row].indices {
        written[row][column].move(by: SIMD2(left, top + ascent))
        left += widths[column] + gap
      }
      top += ascent + descent + lineGap
    }
    return page(kind, written.flatMap(\.self), writing.random)
  }

  private static func page(
    _ kind: PageKind, _ written: [WrittenExercise], _ random: Xoshiro256
  ) -> SumsPage {
    let strokes = written.flatMap(\.strokes)
    let width = (strokes.compactMap { $0.bounds?.right }.max() ?? 0) + 60
    let height = (strokes.compactMap { $0.bounds?.bottom }.max() ?? 0) + 60
    let rendered = RenderedPage(strokes, width: width, height: height, kind, random: random)
    let picture = rendered.picture
    let pixels = kind.isPhoto ? 1 : Double(max(picture.width, picture.height)) / max(width, height)
    return SumsPage(
      picture: picture, page: rendered.page,
      items: written.map { item in
        let points = item.strokes[item.firstStroke...].flatMap { $0.samples.map(\.point) }
        let box = Box(around: points) ?? Box(x: 0, y: 0, width: 0, height: 0)
        let placed = kind.isPhoto ? points.map { rendered.photo.place(of: $0) } : points
        let pictureBox = Box(around: placed) ?? box
        return SumsPage.Item(
          exercise: item.exercise, box: box.scaled(by: rendered.unit),
          pictureBox: pictureBox.scaled(by: pixels))
      })
  }
}

/// An exercise as strokes around the base line y = 0, beginning at x = 0.
private struct WrittenExercise {
  let exercise: SyntheticExercise
  var strokes: [Stroke] = []
  /// The first stroke behind the numbering.
  var firstStroke = 0

  var width: Double { strokes.compactMap { $0.bounds?.right }.max() ?? 0 }
  var ascent: Double { -(strokes.compactMap { $0.bounds?.y }.min() ?? 0) }
  var descent: Double { strokes.compactMap { $0.bounds?.bottom }.max() ?? 0 }

  mutating func move(by offset: SIMD2<Double>) {
    strokes = strokes.map { $0.mapped { Point(x: $0.x + offset.x, y: $0.y + offset.y) } }
  }
}

/// Writes the exercises of a page as one person does.
private struct PageWriter {
  let signs: WrittenSigns
  let writer: Writer?
  /// The height of digits.
  let height: Double
  let pen: Double
  var random: Xoshiro256
  var strokes: [Stroke] = []

  mutating func write(_ exercise: SyntheticExercise, number: Int?) -> WrittenExercise {
    strokes = []
    var x = 0.0
    if let number {
      x = write("\(number))", from: x, base: 0, size: height) + height * random.number(in: 0.6...1.2)
    }
    let first = strokes.count
    x = write(exercise.solved.before, from: x)
    if exercise.solved.form == .gap {
      let start = x + 0.2 * height
      let end = write(exercise.answer, from: start)
      let line = WrittenSigns.line(
        SIMD2(start - 0.25 * height, 0.2 * height), SIMD2(end + 0.1 * height, 0.2 * height),
        vary: 0.04 * height,
        at: &random)
      add([line], at: .zero, scale: 1)
      x = end + 0.35 * height
    } else {
      x = write(exercise.answer, from: x)
    }
    _ = write(exercise.solved.after, from: x)
    // Each exercise has its own slant.
    let slope = random.number(in: -0.035...0.035)
    let slanted = strokes.map { $0.mapped { Point(x: $0.x, y: $0.y + slope * $0.x) } }
    return WrittenExercise(exercise: exercise, strokes: slanted, firstStroke: first)
  }

  private mutating func write(_ parts: [SyntheticExercise.Part], from start: Double) -> Double {
    parts.reduce(start) { x, part in
      switch part {
      case .signs(let text): return write(text, from: x, base: 0, size: height)
      case .power(let text):
        return write(text, from: x - 0.05 * height, base: -0.62 * height, size: 0.55 * height)
      case .fraction(let top, let bottom): return writeFraction(top, bottom, from: x)
      }
    }
  }

  private mutating func writeFraction(_ top: String, _ bottom: String, from start: Double) -> Double {
    let size = 0.85 * height
    let left = start + 0.25 * height
    let first = strokes.count
    let topEnd = write(top, from: left, base: -0.5 * height - 0.3 * height, size: size)
    let middle = strokes.count
    let bottomEnd = write(bottom, from: left, base: -0.5 * height + 0.3 * height + size, size: size)
    let end = max(topEnd, bottomEnd)
    move(strokes: first..<middle, by: (end - topEnd) / 2)
    move(strokes: middle..<strokes.count, by: (end - bottomEnd) / 2)
    let bar = WrittenSigns.line(
      SIMD2(left - 0.15 * height, -0.5 * height), SIMD2(end + 0.02 * height, -0.5 * height),
      vary: 0.03 * height, at: &random)
    add([bar], at: .zero, scale: 1)
    return end + 0.3 * height
  }

  private mutating func move(strokes range: Range<Int>, by offset: Double) {
    for index in range { strokes[index] = strokes[index].mapped { Point(x: $0.x + offset, y: $0.y) } }
  }

  /// Writes signs in a line; gives where the next sign may begin.
  private mutating func write(_ text: String, from start: Double, base: Double, size: Double) -> Double {
    var x = start
    for label in text {
      let place = SignPlace(label)
      let sign = signs.sign(label, by: writer, at: &random).limited(to: place.sizes)
      let isDigit = label.isNumber
      let before = isDigit ? 0 : place.gap * random.number(in: 0.7...1.3) * size
      let top = place.top(of: sign.height) * size + random.number(in: -0.04...0.04) * size
      add(sign.strokes, at: SIMD2(x + before, base + top), scale: size)
      let after =
        isDigit ? random.number(in: 0.1...0.25) * size : place.gap * random.number(in: 0.7...1.3) * size
      x += before + sign.width * size + pen + after
    }
    return x
  }

  private mutating func add(_ lines: [[SIMD2<Double>]], at origin: SIMD2<Double>, scale: Double) {
    strokes += lines.map { line in
      Stroke(
        line.map {
          let point = origin + $0 * scale
          return Stroke.Sample(Point(x: point.x, y: point.y))
        }, width: pen)
    }
  }
}

/// How large a sign is and where it stands, in heights of a digit; the base line is 0 and the tops of digits are −1.
private struct SignPlace {
  /// The longer side.
  let sizes: ClosedRange<Double>
  /// The height of the middle; nil for signs that stand on the base line.
  let middle: Double?
  /// The space before and after it.
  let gap: Double

  init(_ label: Character) {
    switch label {
    case "+", "×", "÷", "±": (sizes, middle, gap) = (0.4...0.8, -0.5, 0.3)
    case "-", "=": (sizes, middle, gap) = (0.35...0.75, -0.5, 0.35)
    case "<", ">", "≤", "≥", "≠": (sizes, middle, gap) = (0.4...0.8, -0.5, 0.35)
    case "(", ")", "[", "]", "{", "}": (sizes, middle, gap) = (1.05...1.4, -0.5, 0.12)
    case "/": (sizes, middle, gap) = (1...1.4, -0.5, 0.2)
    case ":": (sizes, middle, gap) = (0.3...0.6, -0.45, 0.25)
    case "·": (sizes, middle, gap) = (0.02...0.1, -0.5, 0.3)
    case ".": (sizes, middle, gap) = (0.02...0.1, nil, 0.08)
    case ",": (sizes, middle, gap) = (0.15...0.35, 0.05, 0.08)
    case "R": (sizes, middle, gap) = (0.85...1.2, nil, 0.3)
    default: (sizes, middle, gap) = (0.8...1.15, nil, 0.1)
    }
  }

  /// The top of a sign of a height.
  func top(of height: Double) -> Double { middle.map { $0 - height / 2 } ?? -height }
}
