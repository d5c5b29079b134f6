// Drawings that are no digit, made by other rules than those of the training data: a model should refuse them.

import Basics
import CLibrary
import Formats
import Ink

/// Kinds of drawings that are no digit.
enum NonDigitShapes: String, CaseIterable {
  case scribbles
  case hearts
  case flatLines = "flat lines"
  case dots
  case halfDigits = "half-erased digits"

  /// Points of a stroke around the origin, about one unit wide and high.
  private typealias Trail = [SIMD2<Double>]

  /// Draws one on a page; half-erased digits are made from one of these digits.
  func page(of digits: [LabelledDrawing], at random: inout Xoshiro256) -> Page {
    let trails: [Trail]
    switch self {
    case .scribbles: trails = [Self.scribble(&random)]
    case .hearts: trails = [Self.heart(&random)]
    case .flatLines:
      let tilt = random.uniform(in: -0.12..<0.12)
      trails = [
        (0...10).map { (step: Int) -> SIMD2<Double> in
          let x = Double(step) / 10 - 0.5
          return SIMD2(x: x, y: tilt * x)
        }
      ]
    case .dots: return Self.dots(&random)
    case .halfDigits: trails = Self.half(of: digits, &random)
    }
    let size = random.uniform(in: 350..<700)
    let middle = Page.longerSide / 2
    let strokes = trails.map { trail in
      Stroke(
        trail.map { (point: SIMD2<Double>) -> Stroke.Sample in
          Stroke.Sample(Point(x: middle + point.x * size, y: middle + point.y * size))
        })
    }
    return Page(drawing: Drawing(strokes))
  }

  /// A sum of three waves for each coordinate.
  private static func scribble(_ random: inout Xoshiro256) -> Trail {
    // Of the three numbers of a wave the last is unused; figures were measured with this sequence of numbers.
    let waves = (0..<6).map { _ -> (frequency: Double, phase: Double) in
      let frequency = random.uniform(in: 1..<7)
      let phase = random.uniform(in: 0..<6.28)
      _ = random.uniform()
      return (frequency, phase)
    }
    return (0...160).map { (step: Int) -> SIMD2<Double> in
      let t = Double(step) / 160 * 6.28
      let values = waves.map { wave -> Double in 0.2 * sin(wave.frequency * t + wave.phase) }
      return SIMD2(x: values.prefix(3).reduce(0, +), y: values.suffix(3).reduce(0, +))
    }
  }

  /// Two arcs that meet above, and two straight lines to the point below.
  private static func heart(_ random: inout Xoshiro256) -> Trail {
    let width = random.uniform(in: 0.8..<1.2)
    let bottom = random.uniform(in: 0.4..<0.6)
    let shear = random.uniform(in: -0.06..<0.06)
    let arc = (0...20).map { (step: Int) -> SIMD2<Double> in
      let angle = Double.pi * (1 + Double(step) / 20)
      return SIMD2(x: 0.25 + 0.25 * cos(angle), y: -0.2 + 0.25 * sin(angle))
    }
    let side = (1...10).map { (step: Int) -> SIMD2<Double> in
      let share = Double(step) / 10
      return SIMD2(x: 0.5 * (1 - share), y: -0.2 + (bottom + 0.2) * Double(step) / 10)
    }
    let half = arc + side
    let mirrored = half.dropLast().reversed().map { SIMD2(x: -$0.x, y: $0.y) }
    return (half + mirrored).map { SIMD2(x: ($0.x + shear * $0.y) * width, y: $0.y) }
  }

  /// One or two dots, each a few samples close together.
  private static func dots(_ random: inout Xoshiro256) -> Page {
    let count = random.uniform() < 0.7 ? 1 : 2
    let strokes = (0..<count).map { _ -> Stroke in
      let (x, y) = (random.uniform(in: 300..<700), random.uniform(in: 300..<700))
      let samples = (0...random.index(below: 3)).map { _ -> Stroke.Sample in
        Stroke.Sample(Point(x: x + random.uniform(in: -6..<6), y: y + random.uniform(in: -6..<6)))
      }
      return Stroke(samples)
    }
    return Page(drawing: Drawing(strokes))
  }

  /// Whether a point is in a half of a digit's box.
  private typealias Half = @Sendable (SIMD2<Double>) -> Bool
  private static let upper: Half = { $0.y <= 0 }
  private static let lower: Half = { $0.y >= 0 }
  private static let left: Half = { $0.x <= 0 }

  /// The halves of digits that are no digit.
  private static let halves: [String: [Half]] = [
    "0": [upper, lower, left], "2": [lower], "3": [left, lower], "5": [upper, lower], "4": [upper],
  ]

  /// One half of a digit; a scribble where no digit has such a half.
  private static func half(of digits: [LabelledDrawing], _ random: inout Xoshiro256) -> [Trail] {
    let suitable = digits.filter { halves[$0.label ?? ""] != nil }
    guard !suitable.isEmpty else { return [scribble(&random)] }
    let digit = suitable[random.index(below: suitable.count)]
    let choices = halves[digit.label ?? ""] ?? []
    let isInHalf = choices[random.index(below: choices.count)]
    guard let box = digit.drawing.bounds else { return [] }
    let size: Double = max(box.width, box.height, 1)
    let (middleX, middleY) = (box.width / 2, box.height / 2)
    return digit.drawing.strokes.flatMap { stroke -> [Trail] in
      let points = stroke.samples.map { (sample: Stroke.Sample) -> SIMD2<Double> in
        let x: Double = sample.point.x - box.x - middleX
        let y: Double = sample.point.y - box.y - middleY
        return SIMD2(x: x / size, y: y / size)
      }
      return points.split { !isInHalf($0) }.map(Array.init)
    }
  }
}
