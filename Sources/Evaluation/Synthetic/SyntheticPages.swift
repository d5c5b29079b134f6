// Synthetic pages of several digits, made of digits that people drew.

import Basics
package import Formats
package import Ink

/// The kinds of synthetic pages.
package enum PageKind: String, CaseIterable, Sendable {
  case spaced
  case touching
  case lines
  case photo
  case tilted
  case form
  case empty

  /// Whether a page of this kind is a photo.
  package var isPhoto: Bool { self == .photo || self == .tilted }
}

/// A synthetic page.
package struct SyntheticPage: Sendable {
  /// The page as a picture.
  package let picture: GrayImage
  /// The page as strokes.
  package let page: Page
  /// The text, with a blank between lines.
  package let text: String
}

/// Makes pages of several digits; the same seed makes the same pages.
package struct SyntheticPages {
  private let digits: [LabelledDrawing]
  private var random: Xoshiro256

  /// A page of some of the digits.
  package static func page(_ kind: PageKind, of digits: [LabelledDrawing], seed: UInt64) -> SyntheticPage {
    var pages = SyntheticPages(digits: digits, random: Xoshiro256(seed: seed, stream: 7))
    guard kind == .form || kind == .empty else { return pages.page(kind) }
    var form = SyntheticForm(digits: digits, random: pages.random)
    return form.page(isEmpty: kind == .empty)
  }

  private mutating func page(_ kind: PageKind) -> SyntheticPage {
    // All digits of a page have about the same size and pen, as one person's digits have. Lengths are in pixels.
    let height = random.number(in: 110...170)
    let pen = height * random.number(in: 0.05...0.11)
    let writer = digits[random.index(digits.count)].writer
    var strokes: [Stroke] = []
    var texts: [String] = []
    for line in 0..<(kind == .lines ? 2 : 1) {
      texts.append(addLine(line, kind, height: height, pen: pen, writer: writer, to: &strokes))
    }
    let width = Self.right(of: strokes, or: 0) + 70
    let bottom = strokes.compactMap { $0.bounds?.bottom }.max() ?? 0
    let rendered = RenderedPage(
      strokes, width: width, height: max(bottom + 70, width * 0.4), kind, longerSide: 1400, random: random)
    return SyntheticPage(
      picture: rendered.picture, page: rendered.page, text: texts.joined(separator: " "))
  }

  /// Adds a line of digits; gives its text.
  private mutating func addLine(
    _ line: Int, _ kind: PageKind, height: Double, pen: Double, writer: Writer?, to strokes: inout [Stroke]
  ) -> String {
    let most = kind == .lines ? 4 : kind.isPhoto ? 5 : 7
    let count = 2 + random.index(most)
    let touching = kind == .touching ? 1 + random.index(count - 1) : nil
    var left = random.number(in: 30...60)
    var text = ""
    for index in 0..<count {
      let digit = digit(by: writer)
      guard let box = digit.drawing.bounds else { continue }
      let scale = height * random.number(in: 0.85...1.1) / max(box.height, box.width * 0.8, 1)
      let top = 60 + Double(line) * height * 1.6 + random.number(in: -0.06...0.06) * height
      var placed = digit.drawing.strokes.map { stroke in
        stroke.mapped(width: pen) {
          Point(x: ($0.x - box.x) * scale + left, y: ($0.y - box.y) * scale + top)
        }
      }
      if index == touching {
        let gap = gap(from: strokes, to: placed, pen: pen)
        placed = placed.map { $0.mapped { Point(x: $0.x - gap, y: $0.y) } }
      }
      strokes += placed
      text += digit.label ?? ""
      left = Self.right(of: placed, or: left) + pen + height * random.number(in: 0.12...0.4)
    }
    return text
  }

  /// A digit by the writer, or by another one where 200 trials find none.
  private mutating func digit(by writer: Writer?) -> LabelledDrawing {
    for _ in 0..<200 {
      let digit = digits[random.index(digits.count)]
      if digit.writer == writer { return digit }
    }
    return digits[random.index(digits.count)]
  }

  private static func right(of strokes: [Stroke], or other: Double) -> Double {
    strokes.compactMap { $0.bounds?.right }.max() ?? other
  }

  /// The distance by which strokes must move to the left so that they just touch those before them.
  private func gap(from before: [Stroke], to strokes: [Stroke], pen: Double) -> Double {
    // Round pens touch where their centres are a little less than a width apart.
    let touch = 0.9 * pen
    let others = strokes.flatMap { points(along: $0, spacing: pen / 4) }
    var gap = Double.infinity
    for a in before.suffix(6).flatMap({ points(along: $0, spacing: pen / 4) }) {
      for b in others where abs(a.y - b.y) < touch {
        let reach = (touch * touch - (a.y - b.y) * (a.y - b.y)).squareRoot()
        gap = min(gap, b.x - a.x - reach)
      }
    }
    return gap.isFinite ? max(gap, 0) : 0
  }

  /// Points along a stroke with at most this distance between neighbours.
  private func points(along stroke: Stroke, spacing: Double) -> [SIMD2<Double>] {
    let points = stroke.samples.map(\.point)
    return zip(points, points.dropFirst() + points.suffix(1)).flatMap {
      (a: Point, b: Point) -> [SIMD2<Double>] in
      let (x, y) = (b.x - a.x, b.y - a.y)
      let steps = Int(clamping: (x * x + y * y).squareRoot() / spacing) + 1
      return (0..<steps).map { (step: Int) -> SIMD2<Double> in
        SIMD2(x: a.x + x * Double(step) / Double(steps), y: a.y + y * Double(step) / Double(steps))
      }
    }
  }
}

/// Strokes whose lengths are in pixels as a page, and a picture of it.
struct RenderedPage {
  /// Page units in a pixel.
  let unit: Double
  let page: Page
  let picture: GrayImage
  private(set) var photo: SyntheticPhoto

  /// - Parameters:
  ///   - strokes: the strokes.
  ///   - width: the width of the page in pixels.
  ///   - height: its height in pixels.
  ///   - kind: whether the picture is a photo.
  ///   - longerSide: the most pixels on a side of a picture that is no photo.
  ///   - random: makes the photo.
  init(
    _ strokes: [Stroke], width: Double, height: Double, _ kind: PageKind, longerSide: Int = .max,
    random: Xoshiro256
  ) {
    let size = max(width, height)
    let unit = Page.longerSide / size
    let scaled = strokes.map { $0.mapped(width: $0.width * unit) { Point(x: $0.x * unit, y: $0.y * unit) } }
    self.unit = unit
    page = Page(proportion: width, to: height, drawing: Drawing(scaled))
    photo = SyntheticPhoto(random: random)
    picture =
      kind.isPhoto
      ? photo.picture(of: scaled, width: width, height: height, unit: unit, isTilted: kind == .tilted)
      : page.image(longerSide: min(Int(clamping: size), longerSide))
  }
}

extension Stroke {
  /// A stroke without times whose points are mapped, of the same width or of another one.
  func mapped(width newWidth: Double? = nil, _ map: (Point) -> Point) -> Stroke {
    Stroke(samples.map { Stroke.Sample(map($0.point)) }, width: newWidth ?? width)
  }
}

extension Xoshiro256 {
  /// A number from a closed range.
  mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// An index below a count.
  mutating func index(_ count: Int) -> Int { min(Int(clamping: uniform() * Double(count)), count - 1) }
}
