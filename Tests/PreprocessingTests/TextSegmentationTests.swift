// Segmentation of text: guide lines, and cuts of drawn strokes.

import Basics
import Ink
import Preprocessing
import Testing

@Suite struct TextSegmentationTests {
  private let segmentation = Segmentation(normalizer: .usual, costs: .text)

  private func stroke(_ points: [(Double, Double)]) -> Stroke {
    Stroke(points.map { Stroke.Sample(Point(x: $0.0, y: $0.1)) }, width: 8)
  }

  /// Two bars that one stroke draws, with a low line between them.
  private var joined: Stroke {
    let corners = [(100.0, 100.0), (100, 200), (105, 300), (150, 310), (195, 300), (200, 200), (200, 100)]
    // As many points as a pen gives.
    return stroke(
      zip(corners, corners.dropFirst()).flatMap { a, b in
        (0..<10).map { (a.0 + (b.0 - a.0) * Double($0) / 10, a.1 + (b.1 - a.1) * Double($0) / 10) }
      } + corners.suffix(1))
  }

  @Test func piecesGoToTheNearestGuideLine() {
    let strokes = [
      stroke([(300, 410), (300, 500)]), stroke([(100, 100), (100, 200)]), stroke([(200, 470), (200, 540)]),
      stroke([(200, 100), (200, 190)]),
    ]
    let guides = [500.0, 200, 800].map { GuideLine(baseline: $0, height: 100) }
    let lines = segmentation.lattice(of: strokes, guides: guides).lines
    #expect(lines.map { $0.guide?.baseline } == [200, 500])
    #expect(lines.map(\.height) == [100, 100])
    #expect(lines.map { $0.pieces.map(\.box.x) }.map { $0 == $0.sorted() } == [true, true])
    #expect(lines.map(\.pieces.count) == [2, 2])
  }

  @Test func aFullStopIsNoDust() {
    let strokes = [
      stroke([(100, 100), (100, 200)]), stroke([(130, 196), (133, 199)]), stroke([(170, 100), (170, 200)]),
    ]
    let guide = GuideLine(baseline: 200, height: 100)
    #expect(segmentation.lattice(of: strokes, guides: [guide]).lines.map(\.pieces.count) == [3])
  }

  @Test func aDotAboveTheNextLetterBelongsToItsStem() throws {
    let strokes = [
      stroke([(100, 150), (100, 200)]), stroke([(120, 150), (120, 200), (160, 200), (160, 150)]),
      stroke([(144, 118), (148, 120)]),
    ]
    let guide = GuideLine(baseline: 200, height: 100)
    let line = try #require(segmentation.lattice(of: strokes, guides: [guide]).lines.first)
    #expect(line.pieces.count == 2)
    let first = try #require(line.pieces.first)
    #expect(first.strokes.count == 2 && first.box.x < 100 && first.box.y < 120)
  }

  @Test func drawnStrokesAreCutIntoPartsWithAPath() throws {
    let line = try #require(
      segmentation.lattice(of: [joined], guides: [GuideLine(baseline: 300, height: 200)]).lines.first)
    let refinement = try #require(segmentation.refinement(of: line, cutting: [0]))
    let cut = refinement.lattice
    #expect(cut.pieces.count > 1)
    #expect(cut.pieces.allSatisfy { $0.patch == nil && !$0.strokes.isEmpty })
    for hypothesis in cut.hypotheses {
      #expect(segmentation.input(of: hypothesis, in: cut).trajectory != nil)
    }
    // The parts together are the whole stroke, with its answer.
    let whole = try #require(cut.hypotheses.firstIndex { $0.pieces == 0..<cut.pieces.count })
    #expect(refinement.unchanged[whole] != nil)
    let before = segmentation.input(of: line.hypotheses[0], in: line)
    let after = segmentation.input(of: cut.hypotheses[whole], in: cut)
    let differing = zip(before.picture.levels, after.picture.levels).filter { abs(Int($0) - Int($1)) > 40 }
    #expect(differing.count < 20)
  }

  /// Pairs of strokes of random shape that stand close to each other, as the stem and the arms of a k.
  private static let pairs = (0..<8).map { seed in
    var random = SplitMix64(seed: UInt64(seed))
    return (0..<2).map { index in
      let corners = (0..<4).map { _ in
        (x: 100 + 70 * Double(index) + Double(random.uniform(0, 100)), y: Double(random.uniform(100, 300)))
      }
      return Stroke(
        zip(corners, corners.dropFirst()).flatMap { a, b in
          (0..<12).map { step in
            let share = Double(step) / 12
            return Stroke.Sample(Point(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share))
          }
        }, width: 8)
    }
  }

  /// Whether the line was cut.
  private func expectTheSame(of line: SymbolLattice, seed: Int) -> Bool {
    let everywhere = line.pieces.indices
    guard let refinement = segmentation.refinement(of: line, cutting: everywhere) else { return false }
    let kept = Dictionary(uniqueKeysWithValues: refinement.unchanged.map { ($1, $0) })
    for (index, hypothesis) in line.hypotheses.enumerated() {
      guard let same = kept[index] else {
        Issue.record("hypothesis \(hypothesis.pieces) of pair \(seed) is lost")
        continue
      }
      #expect(abs(refinement.lattice.hypotheses[same].cost - hypothesis.cost) < 1e-9)
    }
    return true
  }

  /// Whether it may be one letter does not depend on where ink is cut.
  @Test func cutsLoseNoHypothesisOfWholePieces() throws {
    var cut = 0
    for (seed, pair) in Self.pairs.enumerated() {
      let guide = GuideLine(baseline: 300, height: 200)
      let line = try #require(segmentation.lattice(of: pair, guides: [guide]).lines.first)
      if expectTheSame(of: line, seed: seed) { cut += 1 }
    }
    #expect(cut > 3)
  }

  @Test func cutsOfPixelsLoseNoHypothesisOfWholePieces() {
    var cut = 0
    for (seed, pair) in Self.pairs.prefix(4).enumerated() {
      let ink = StrokeRasterizer(scale: 0.25).coverage(of: pair, width: 100, height: 100)
      for line in segmentation.lattice(of: ink).lines where expectTheSame(of: line, seed: seed) { cut += 1 }
    }
    #expect(cut > 0)
  }
}
