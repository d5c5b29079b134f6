// Pages that nobody wrote: digits of real hands, set side by side as a person would.

import Basics
import Formats
import Ink
import NeuralNetwork

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A page that was made, as a picture and as it was drawn, with its text: lines apart by a blank.
struct MadePage {
  let picture: GrayImage
  let page: Page
  let text: String
}

/// Makes pages of several digits; the same seed makes the same page.
struct SyntheticPages {
  private let digits: [LabelledDrawing]
  private var random: Xoshiro256

  init(digits: [LabelledDrawing], seed: UInt64) {
    self.digits = digits
    random = Xoshiro256(seed: seed, stream: 7)
  }

  /// The next page.
  mutating func page(_ kind: PageKind) -> MadePage {
    var strokes: [Stroke] = []
    var texts: [String] = []
    let lines = kind == .lines ? 2 : 1
    // A hand keeps its size and pen over a page, more or less.
    let height = number(in: 110...170)
    let pen = height * number(in: 0.05...0.11)
    let writer = digits[index(digits.count)].writer
    for line in 0..<lines {
      let count = 2 + index(lines == 2 ? 4 : kind == .photo ? 5 : 7)
      let touching = kind == .touching ? 1 + index(count - 1) : -1
      var x = number(in: 30...60)
      var text = ""
      for i in 0..<count {
        let digit = chosen(of: writer)
        guard let box = digit.drawing.bounds else { continue }
        let scale = height * number(in: 0.85...1.1) / max(box.height, box.width * 0.8, 1)
        let top = 60 + Double(line) * height * 1.6 + number(in: -0.06...0.06) * height
        var placed = moved(digit.drawing.strokes, from: box, to: (x, top), scale: scale, pen: pen)
        if i == touching {
          let shift = reach(of: strokes, toThe: placed, pen: pen)
          placed = placed.map { shifted($0, by: shift) }
        }
        strokes += placed
        text += digit.label ?? ""
        let right = placed.compactMap { $0.bounds?.right }.max() ?? x
        x = right + pen + height * number(in: 0.12...0.4)
      }
      texts.append(text)
    }
    let right = strokes.compactMap { $0.bounds?.right }.max() ?? 0
    let bottom = strokes.compactMap { $0.bounds?.bottom }.max() ?? 0
    let width = right + 70
    let tall = max(bottom + 70, width * 0.4)
    let size = max(width, tall)
    // Everything was set in pixels of some size; a page is 1024 units on its longer side.
    let unit = Page.longerSide / size
    let scaled = strokes.map { stroke in
      Stroke(
        stroke.samples.map { Stroke.Sample(Point(x: $0.point.x * unit, y: $0.point.y * unit)) },
        width: stroke.width * unit)
    }
    let page = Page(proportion: width, to: tall, drawing: Drawing(scaled))
    var photo = SyntheticPhoto(random: random)
    return MadePage(
      picture: kind == .photo
        ? photo.picture(of: scaled, width: width, height: tall, unit: unit)
        : page.image(longerSide: min(Int(clamping: size), 1400)),
      page: page, text: texts.joined(separator: " "))
  }

  /// A digit, of one writer where there are enough.
  private mutating func chosen(of writer: Int?) -> LabelledDrawing {
    for _ in 0..<200 {
      let digit = digits[index(digits.count)]
      if digit.writer == writer { return digit }
    }
    return digits[index(digits.count)]
  }

  private func moved(
    _ strokes: [Stroke], from box: Box, to place: (x: Double, y: Double), scale: Double, pen: Double
  ) -> [Stroke] {
    strokes.map { stroke in
      Stroke(
        stroke.samples.map {
          Stroke.Sample(
            Point(x: ($0.point.x - box.x) * scale + place.x, y: ($0.point.y - box.y) * scale + place.y))
        }, width: pen)
    }
  }

  private func shifted(_ stroke: Stroke, by x: Double) -> Stroke {
    Stroke(
      stroke.samples.map { Stroke.Sample(Point(x: $0.point.x + x, y: $0.point.y)) }, width: stroke.width)
  }

  /// How far to the left strokes must go until they just touch those before them.
  private func reach(of before: [Stroke], toThe strokes: [Stroke], pen: Double) -> Double {
    // Round pens touch where their middles are a little less than a width apart.
    let touch = 0.9 * pen
    let others = strokes.flatMap { places(along: $0, apart: pen / 4) }
    var gap = Double.infinity
    for a in before.suffix(6).flatMap({ places(along: $0, apart: pen / 4) }) {
      for b in others where abs(a.y - b.y) < touch {
        gap = min(gap, b.x - a.x - (touch * touch - (a.y - b.y) * (a.y - b.y)).squareRoot())
      }
    }
    return gap.isFinite ? -max(gap, 0) : 0
  }

  /// Places along a stroke, no farther apart than that.
  private func places(along stroke: Stroke, apart: Double) -> [(x: Double, y: Double)] {
    let points = stroke.samples.map(\.point)
    return zip(points, points.dropFirst() + points.suffix(1)).flatMap { a, b in
      let (x, y) = (b.x - a.x, b.y - a.y)
      let steps = Int(clamping: (x * x + y * y).squareRoot() / apart) + 1
      return (0..<steps).map { (a.x + x * Double($0) / Double(steps), a.y + y * Double($0) / Double(steps)) }
    }
  }

  private mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
  }

  private mutating func index(_ count: Int) -> Int {
    min(Int(clamping: random.uniform() * Double(count)), count - 1)
  }
}
