// Text on guide lines, made of the characters of one writer.

import Basics
import Datasets
import Formats
import Ink
import Preprocessing
import Recognition

/// Makes words and lines on guide lines of the single characters that a writer wrote.
///
/// The collection of characters keeps no baseline: all stand on it, but g j p q y reach 40 % of their height below.
struct WrittenText: Sendable {
  /// A text with its ink.
  struct Sample: Sendable {
    let text: String
    let writer: Writer
    let page: Page
    let guides: [GuideLine]
  }

  /// A character; its upper left corner is at 0, and capitals are 1 high.
  private struct Glyph {
    var strokes: [[SIMD2<Double>]]
    var width: Double
    var height: Double
  }

  /// The height of capitals in the collection's units.
  private static let capitals = 200.0
  private static let descending: Set<Character> = ["g", "j", "p", "q", "y"]
  /// What of a descending letter's height lies below the baseline.
  private static let belowBaseline = 0.4
  /// Gaps between letters and between words, as shares of the height of capitals, and how unsteadily letters stand.
  private static let letterGaps = 0.08..<0.22
  private static let wordGaps = 0.55..<0.9
  private static let unsteadiness = 0.02
  /// The height of capitals on the page, unless the line is too long for that.
  private static let usualHeight = 64.0
  private static let lineWidth = 960.0
  private static let pen = 0.05

  private let drawings: [LabelledDrawing]
  private var byWriter: [Writer: [Character: [Int]]] = [:]

  /// - Parameter drawings: the characters of unipen-chars by the writers to use.
  init(_ drawings: [LabelledDrawing]) {
    self.drawings = drawings
    for (index, drawing) in drawings.enumerated() {
      guard let writer = drawing.writer, let label = drawing.label, label.count == 1,
        !drawing.drawing.isEmpty,
        let character = label.first
      else { continue }
      byWriter[writer, default: [:]][character, default: []].append(index)
    }
  }

  /// The writers who wrote at least 20 of the small letters.
  var writersOfWords: [Writer] {
    byWriter.filter { entry in
      "abcdefghijklmnopqrstuvwxyz".count { entry.value[$0] != nil } >= 20
    }.keys.sorted()
  }

  /// The characters that a writer wrote.
  func characters(of writer: Writer) -> Set<Character> { Set((byWriter[writer] ?? [:]).keys) }

  /// A text in a writer's hand; nil where the writer lacks a character.
  ///
  /// - Parameters:
  ///   - text: words divided by blanks, lines divided by newlines.
  ///   - writer: the writer.
  ///   - random: chooses the samples and the gaps.
  /// - Returns: the strokes; nil where the writer has no sample of a character.
  func sample(of text: String, by writer: Writer, at random: inout Xoshiro256) -> Sample? {
    var strokes: [[SIMD2<Double>]] = []
    var width = 0.0
    let lines = text.split(separator: "\n")
    for (number, line) in lines.enumerated() {
      var x = 0.0
      for character in line {
        if character == " " {
          x += random.uniform(in: Self.wordGaps)
          continue
        }
        guard let glyph = glyph(character, by: writer, at: &random) else { return nil }
        let below = Self.descending.contains(character) ? Self.belowBaseline * glyph.height : 0
        let top = 2 * Double(number) + below - glyph.height + Self.unsteadiness * random.normal()
        strokes += glyph.strokes.map { $0.map { $0 + SIMD2(x, top) } }
        x += glyph.width + random.uniform(in: Self.letterGaps)
      }
      width = max(width, x)
    }
    let unit = min(Self.usualHeight, Self.lineWidth / max(width, 1))
    let origin = SIMD2(
      (Page.longerSide - unit * width) / 2, Page.longerSide / 2 - unit * Double(lines.count - 1))
    let pen = min(max(Self.pen * unit, Stroke.widths.lowerBound), Stroke.widths.upperBound)
    let drawing = Drawing(
      strokes.map { stroke in
        Stroke(
          stroke.map { point in
            let place = origin + unit * point
            return Stroke.Sample(Point(x: place.x, y: place.y), time: nil)
          }, width: pen)
      })
    return Sample(
      text: text, writer: writer, page: Page(drawing: drawing),
      guides: lines.indices.map { GuideLine(baseline: origin.y + unit * 2 * Double($0), height: unit) })
  }

  private func glyph(_ character: Character, by writer: Writer, at random: inout Xoshiro256) -> Glyph? {
    guard let choices = byWriter[writer]?[character], !choices.isEmpty else { return nil }
    let drawing = drawings[choices[random.index(below: choices.count)]]
    let unit = Self.capitals * (drawing.sourceScale ?? 1)
    let strokes = drawing.drawing.strokes.map { stroke in
      stroke.samples.map { SIMD2($0.point.x, $0.point.y) / unit }
    }
    let points = strokes.joined()
    let (left, top) = (points.map(\.x).min() ?? 0, points.map(\.y).min() ?? 0)
    return Glyph(
      strokes: strokes.map { $0.map { $0 - SIMD2(left, top) } },
      width: (points.map(\.x).max() ?? 0) - left, height: (points.map(\.y).max() ?? 0) - top)
  }
}
