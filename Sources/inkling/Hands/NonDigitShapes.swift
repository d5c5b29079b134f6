// Drawings that are no digit, made otherwise than those that a training run makes: what it should refuse.

import Basics
import Formats
import Ink
import NeuralNetwork

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Kinds of drawings that are no digit.
enum NonDigitShapes: String, CaseIterable {
  case scribbles
  case hearts
  case flatLines = "flat lines"
  case dots
  case halfDigits = "half-erased digits"

  /// Draws one on a page; half-erased digits are made of one of these.
  func page(of digits: [LabelledDrawing], at random: inout Xoshiro256) -> Page {
    let trails: [[(Double, Double)]]
    switch self {
    case .scribbles: trails = [Self.scribble(&random)]
    case .hearts: trails = [Self.heart(&random)]
    case .flatLines:
      let tilt = random.uniform(in: -0.12..<0.12)
      trails = [(0...10).map { (Double($0) / 10 - 0.5, tilt * (Double($0) / 10 - 0.5)) }]
    case .dots: return Self.dot(&random)
    case .halfDigits: trails = Self.half(of: digits, &random)
    }
    let size = random.uniform(in: 350..<700)
    let middle = Page.longerSide / 2
    return Page(
      drawing: Drawing(
        trails.map { trail in
          Stroke(trail.map { Stroke.Sample(Point(x: middle + $0.0 * size, y: middle + $0.1 * size)) })
        }))
  }

  /// Waves of several lengths across and down: a hand going about without aim.
  private static func scribble(_ random: inout Xoshiro256) -> [(Double, Double)] {
    let waves = (0..<6).map { _ in
      (random.uniform(in: 1..<7), random.uniform(in: 0..<6.28), random.uniform(in: 0.1..<0.3))
    }
    return (0...160).map { step in
      let t = Double(step) / 160 * 6.28
      let values = waves.map { $0.2 * sin($0.0 * t + $0.1) }
      return (values.prefix(3).reduce(0, +), values.suffix(3).reduce(0, +))
    }
  }

  /// Two arcs and a point, begun in the dent.
  private static func heart(_ random: inout Xoshiro256) -> [(Double, Double)] {
    let width = random.uniform(in: 0.8..<1.2)
    let point = random.uniform(in: 0.4..<0.6)
    let lean = random.uniform(in: -0.06..<0.06)
    let side = (0...20).map { step -> (Double, Double) in
      let angle = Double.pi * (1 + Double(step) / 20)
      return (0.25 + 0.25 * cos(angle), -0.2 + 0.25 * sin(angle))
    }
    let half = side + (1...10).map { (0.5 * (1 - Double($0) / 10), -0.2 + (point + 0.2) * Double($0) / 10) }
    let whole = half + half.dropLast().reversed().map { (-$0.0, $0.1) }
    return whole.map { (($0.0 + lean * $0.1) * width, $0.1) }
  }

  /// A dot or two as a pen makes them: where it came down, and where it slipped to.
  private static func dot(_ random: inout Xoshiro256) -> Page {
    let count = random.uniform() < 0.7 ? 1 : 2
    return Page(
      drawing: Drawing(
        (0..<count).map { _ in
          let (x, y) = (random.uniform(in: 300..<700), random.uniform(in: 300..<700))
          return Stroke(
            (0...random.index(below: 3)).map { _ in
              Stroke.Sample(Point(x: x + random.uniform(in: -6..<6), y: y + random.uniform(in: -6..<6)))
            })
        }))
  }

  /// What stays of digits of which half is erased, where that is none: by the digit, the halves that stay.
  private static let halves: [String: [@Sendable (Double, Double) -> Bool]] = {
    let (upper, lower, left) = (
      { @Sendable (x: Double, y: Double) in y <= 0 }, { @Sendable (x: Double, y: Double) in y >= 0 },
      { @Sendable (x: Double, y: Double) in x <= 0 }
    )
    return [
      "0": [upper, lower, left], "2": [lower], "3": [left, lower], "5": [upper, lower], "4": [upper],
    ]
  }()

  private static func half(
    of digits: [LabelledDrawing], _ random: inout Xoshiro256
  ) -> [[(Double, Double)]] {
    let able = digits.filter { halves[$0.label ?? ""] != nil }
    guard !able.isEmpty else { return [scribble(&random)] }
    let digit = able[random.index(below: able.count)]
    let choices = halves[digit.label ?? ""] ?? []
    let stays = choices[random.index(below: choices.count)]
    guard let box = digit.drawing.bounds else { return [] }
    let size = max(box.width, box.height, 1)
    var trails: [[(Double, Double)]] = []
    for stroke in digit.drawing.strokes {
      var trail: [(Double, Double)] = []
      for sample in stroke.samples {
        let place = (
          (sample.point.x - box.x - box.width / 2) / size, (sample.point.y - box.y - box.height / 2) / size
        )
        if stays(place.0, place.1) {
          trail.append(place)
        } else if !trail.isEmpty {
          trails.append(trail)
          trail = []
        }
      }
      if !trail.isEmpty { trails.append(trail) }
    }
    return trails
  }
}
