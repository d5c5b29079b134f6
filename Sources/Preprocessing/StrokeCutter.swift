// Cuts drawn strokes along cut paths, so that the parts keep the path of the pen.

import Basics
import Ink

/// Cuts the strokes of a piece along the cut paths through its picture.
struct StrokeCutter {
  private let cuts: [CutPaths.Path]
  /// Pixels for a unit of the page.
  private let scale: Double
  /// The upper left corner of the picture on the page.
  private let corner: Point

  /// The distance of the points of a stroke that are assigned to a part, in pixels.
  private static let step = 1.5
  /// A part of a stroke with fewer points stays with its neighbour.
  private static let minPoints = 4

  init(_ cuts: [CutPaths.Path], scale: Double, corner: Point) {
    (self.cuts, self.scale, self.corner) = (cuts, scale, corner)
  }

  /// The parts of a piece from left to right, or the piece alone where no cut divides its strokes.
  func parts(of piece: Piece) -> [Piece] {
    var parts: [Piece?] = Array(repeating: nil, count: cuts.count + 1)
    for (number, stroke) in piece.strokes.enumerated() {
      let dense = dense(stroke)
      for run in runs(of: dense.samples) {
        // The part goes up to the first point of the next one, so that no ink is lost.
        let range = run.samples.lowerBound...min(run.samples.upperBound + 1, dense.samples.count - 1)
        let part = Stroke(Array(dense.samples[range]), width: stroke.width)
        guard let box = part.bounds?.grown(by: stroke.width / 2) else { continue }
        var own = parts[run.part] ?? Piece(box: box, strokes: [], patch: nil)
        own.box = own.box.union(box)
        own.strokes.append(part)
        // The position of the piece makes the numbers of different pieces different.
        own.fragments.append(
          Piece.Fragment(stroke: Int(clamping: piece.box.x * 64) << 20 | number, samples: range))
        parts[run.part] = own
      }
    }
    // Two cuts may have no point of a stroke between them.
    var result = parts.compactMap(\.self)
    if result.count < 2 { return [piece] }
    for index in result.indices.dropLast() { result[index].isCutFromNext = true }
    return result
  }

  /// The stroke with points at small distances.
  private func dense(_ stroke: Stroke) -> Stroke {
    guard var last = stroke.samples.first else { return stroke }
    var samples = [last]
    for sample in stroke.samples.dropFirst() {
      let (x, y) = (sample.point.x - last.point.x, sample.point.y - last.point.y)
      let count = max(1, Int(clamping: ((x * x + y * y).squareRoot() * scale / Self.step).rounded(.up)))
      for index in 1...count {
        let share = Double(index) / Double(count)
        let time = last.time.flatMap { start in sample.time.map { start + share * ($0 - start) } }
        samples.append(
          index == count
            ? sample
            : Stroke.Sample(Point(x: last.point.x + share * x, y: last.point.y + share * y), time: time))
      }
      last = sample
    }
    return Stroke(samples, width: stroke.width)
  }

  /// Neighbouring points in one part.
  private struct Run {
    var part: Int
    var samples: ClosedRange<Int>
  }

  private func runs(of samples: [Stroke.Sample]) -> [Run] {
    var runs: [Run] = []
    for (index, sample) in samples.enumerated() {
      let part = part(at: sample.point)
      if let last = runs.last, last.part == part {
        runs[runs.count - 1].samples = last.samples.lowerBound...index
      } else {
        runs.append(Run(part: part, samples: index...index))
      }
    }
    var result: [Run] = []
    for run in runs {
      if let last = result.last, last.part == run.part || run.samples.count < Self.minPoints {
        result[result.count - 1].samples = last.samples.lowerBound...run.samples.upperBound
      } else {
        result.append(run)
      }
    }
    return result
  }

  private func part(at point: Point) -> Int {
    let x = (point.x - corner.x) * scale
    let row = Int(clamping: ((point.y - corner.y) * scale).rounded(.down))
    return cuts.count { cut in
      cut.isEmpty ? false : Double(cut[min(max(row, 0), cut.count - 1)]) <= x
    }
  }
}
