// Tests of gestures: those that a person teaches, and the panel's own.

import Basics
import Formats
import Foundation
import Gestures
import Ink
import Testing

@Suite("Gestures")
struct GestureTests {
  /// A stroke through points, with steps between them and a hand that is not quite steady.
  private static func stroke(_ points: [(Double, Double)], shaking: Double = 0, seed: UInt64 = 1) -> Stroke {
    var random = SplitMix64(seed: seed)
    var samples: [Stroke.Sample] = []
    for (a, b) in zip(points, points.dropFirst()) {
      for step in 0...12 {
        let part = Double(step) / 12
        func shake() -> Double { shaking * Double.random(in: -1...1, using: &random) }
        samples.append(
          .init(Point(x: a.0 + part * (b.0 - a.0) + shake(), y: a.1 + part * (b.1 - a.1) + shake())))
      }
    }
    return Stroke(samples)
  }

  private static let shapes: [(name: String, strokes: [[(Double, Double)]])] = [
    ("vee", [[(0, 0), (50, 100), (100, 0)]]), ("caret", [[(0, 100), (50, 0), (100, 100)]]),
    ("right", [[(0, 0), (100, 0)]]), ("left", [[(100, 0), (0, 0)]]),
    ("plus", [[(50, 0), (50, 100)], [(0, 50), (100, 50)]]),
    ("cross", [[(0, 0), (100, 100)], [(100, 0), (0, 100)]]),
    ("equals", [[(0, 0), (100, 0)], [(0, 40), (100, 40)]]),
  ]

  private static func drawing(_ shape: [[(Double, Double)]], seed: UInt64) -> [Stroke] {
    shape.enumerated().map { stroke($1, shaking: 3, seed: seed &* 31 &+ UInt64($0)) }
  }

  private static let recognizer = GestureRecognizer(
    shapes.flatMap { shape in
      (1...5).map { GestureExample(name: shape.name, strokes: drawing(shape.strokes, seed: $0)) }
    })

  @Test("shapes of one and of several strokes are recognised at any size and place")
  func recognises() {
    for shape in Self.shapes {
      for seed in 10..<15 {
        let moved = shape.strokes.map { $0.map { ($0.0 * 0.3 + 700, $0.1 * 0.3 - 90) } }
        let drawing = moved.enumerated().map {
          Self.stroke($1, shaking: 1, seed: UInt64(seed) &* 7 &+ UInt64($0))
        }
        #expect(Self.recognizer.answer(for: drawing) == .gesture(shape.name))
      }
    }
  }

  @Test("the order and the direction of several strokes do not matter")
  func strokeOrder() {
    let plus = Self.drawing([[(100, 50), (0, 50)], [(50, 100), (50, 0)]], seed: 3)
    #expect(Self.recognizer.answer(for: plus) == .gesture("plus"))
  }

  @Test("another shape is none of them, and one that is between two is refused")
  func refuses() {
    let spiral = Stroke(
      (0..<200).map { step in
        let angle = Double(step) / 12
        return .init(Point(x: angle * cos(angle), y: angle * sin(angle)))
      })
    let paths = GestureRecognizer(
      Self.shapes.filter { $0.strokes.count == 1 }.flatMap { shape in
        (1...5).map { GestureExample(name: shape.name, strokes: Self.drawing(shape.strokes, seed: $0)) }
      })
    #expect(paths.answer(for: [spiral]) == .unknown)
    let dot = Stroke([.init(Point(x: 1, y: 1))])
    #expect(Self.recognizer.answer(for: [dot]) == .unknown && Self.recognizer.answer(for: []) == .unknown)
    let twins = GestureRecognizer(
      ["one", "two"].map { GestureExample(name: $0, strokes: [Self.stroke([(0, 0), (50, 100), (100, 0)])]) })
    #expect(twins.answer(for: [Self.stroke([(0, 0), (50, 95), (100, 0)])]) == .ambiguous("one", "two"))
  }

  @Test("a person's shapes are recognised after five examples", .enabled(if: GestureTests.gestureData != nil))
  func publicGestures() throws {
    let path = try #require(Self.gestureData)
    let drawings = try File.read(path, as: Document.drawings)
    var byWriter: [Writer: [String: [[Stroke]]]] = [:]
    for drawing in drawings {
      guard let writer = drawing.writer, let label = drawing.label else { continue }
      byWriter[writer, default: [:]][label, default: []].append(drawing.drawing.strokes)
    }
    var (right, refused, count) = (0, 0, 0)
    for shapes in byWriter.values {
      let recognizer = GestureRecognizer(
        shapes.flatMap { label, drawings in
          drawings.prefix(5).map { GestureExample(name: label, strokes: $0) }
        })
      for (label, drawings) in shapes {
        for drawing in drawings.dropFirst(5) {
          count += 1
          switch recognizer.answer(for: drawing) {
          case .gesture(let name): right += name == label ? 1 : 0
          case .ambiguous, .unknown: refused += 1
          }
        }
      }
    }
    print("taught gestures: \(right) of \(count) right, \(refused) refused")
    #expect(count > 3000)
    #expect(Double(right) >= 0.98 * Double(count))
  }

  /// The public data set of gestures, where `INKLING_DATA` has it.
  fileprivate static let gestureData = dataFile("dollar1-gestures/strokes.jsonl.gz")
  fileprivate static let characterData = dataFile("unipen-chars/strokes.jsonl.gz")

  /// A file of the data sets, where they are present and the build can decompress them.
  private static func dataFile(_ name: String) -> String? {
    #if Codecs
    guard let folder = ProcessInfo.processInfo.environment["INKLING_DATA"] else { return nil }
    let path = folder + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
    #else
    return nil
    #endif
  }

  @Test(
    "the panel's gestures are recognised",
    arguments: [
      ([(0.0, 0.0), (250, 10)], PenGesture.space), ([(250, 0), (0, -20)], .backspace),
      ([(0, 0), (160, 5), (10, 15), (170, 25), (0, 35)], .strikeOut),
      ([(0, 60), (90, 0), (20, 60), (110, 0), (40, 60), (130, 0)], .strikeOut),
      ([(200, 0), (200, 80), (40, 85)], .enter),
    ])
  func penGestures(points: [(Double, Double)], gesture: PenGesture) {
    for seed in 1..<6 {
      let stroke = Self.stroke(points, shaking: 2, seed: UInt64(seed))
      #expect(PenGesture(stroke, height: 100) == gesture)
    }
  }

  @Test(
    "letters and signs are none of the panel's gestures",
    arguments: [
      [(0.0, 0.0), (60, 0)], [(0, 0), (0, 100)], [(0, 0), (0, 100), (60, 100)],
      [(50, 0), (50, 90), (20, 100)],
      [(0, 0), (70, 0), (0, 100), (70, 100)], [(0, 0), (20, 100), (40, 30), (60, 100), (80, 0)],
      [(60, 0), (0, 30), (60, 70), (0, 100)], [(0, 0)],
    ])
  func letters(points: [(Double, Double)]) {
    #expect(PenGesture(Self.stroke(points.count > 1 ? points : points + points), height: 100) == nil)
    #expect(PenGesture(Stroke(), height: 100) == nil)
    #expect(PenGesture(Self.stroke([(0, 0), (250, 10)]), height: 0) == nil)
  }

  @Test(
    "at most 1 % of people's letters are taken for a gesture", .enabled(if: GestureTests.characterData != nil)
  )
  func publicLetters() throws {
    let path = try #require(Self.characterData)
    let drawings = try File.read(path, as: Document.drawings)
    var taken: [PenGesture: Int] = [:]
    var count = 0
    for drawing in drawings {
      guard let label = drawing.label, label.count == 1, label.allSatisfy({ $0.isLetter || $0.isNumber }),
        let scale = drawing.sourceScale
      else { continue }
      count += 1
      // Capitals and digits are 200 units high in the collection.
      let gestures = drawing.drawing.strokes.compactMap { PenGesture($0, height: 200 * scale) }
      if let gesture = gestures.first { taken[gesture, default: 0] += 1 }
    }
    print("letters and digits taken for gestures: \(taken) of \(count)")
    #expect(count > 50_000)
    #expect(taken.values.reduce(0, +) * 100 <= count)
  }
}
