// Drawing of strokes: accuracy against a slow reference, and incremental drawing.

import Basics
import Foundation
import Ink
import Testing

@Suite struct StrokeRasterizerTests {
  /// Errors against the reference, in the pixels with ink in either.
  private struct Errors {
    var touched = 0
    var sum = 0
    var over16 = 0
    var largest = 0

    mutating func add(_ a: Coverage, _ b: Coverage) {
      for (x, y) in zip(a.levels, b.levels) where x != 0 || y != 0 {
        let error = abs(Int(x) - Int(y))
        touched += 1
        sum += error
        over16 += error > 16 ? 1 : 0
        largest = max(largest, error)
      }
    }
  }

  #if DEBUG
  private let drawingCount = 6
  private let growingCount = 2
  #else
  private let drawingCount = 500
  private let growingCount = 40
  #endif

  @Test func itAgreesWithTheSupersampledReference() {
    var all = Errors()
    var worstMean = 0.0
    for seed in 1...drawingCount {
      var random = RandomStrokes(UInt64(seed))
      let side = 44
      let width = 1 + 39 * Double(seed - 1) / Double(max(drawingCount - 1, 1))
      let scale = random.next(in: 0.25...4)
      let strokes = (0..<Int(clamping: random.next(in: 1...4))).map { _ in
        random.stroke(count: Int(clamping: random.next(in: 1...24)), within: 44 / scale, width: width / scale)
      }
      let ours = StrokeRasterizer(scale: scale).coverage(of: strokes, width: side, height: side)
      let reference = Supersampled.coverage(of: strokes, width: side, height: side, scale: scale)
      var errors = Errors()
      errors.add(ours, reference)
      all.add(ours, reference)
      worstMean = max(worstMean, Double(errors.sum) / Double(max(errors.touched, 1)))
    }
    if ProcessInfo.processInfo.environment["INKLING_FIGURES"] != nil {
      let (mean, over) = (Double(all.sum) / Double(all.touched), Double(all.over16) / Double(all.touched))
      print("rasterizer: mean \(mean), over 16 \(over), largest \(all.largest), worst drawing \(worstMean)")
    }
    #expect(Double(all.sum) <= Double(all.touched))
    #expect(Double(all.over16) <= 0.001 * Double(all.touched))
    #expect(all.largest <= 96)
    #expect(worstMean <= 1)
  }

  @Test func aGrowingDrawingHasThePixelsOfOneDrawnAtOnce() {
    for seed in 1...growingCount {
      var random = RandomStrokes(UInt64(seed))
      let rasterizer = StrokeRasterizer(scale: 0.25, x: 3.25, y: -2.5)
      let width = random.next(in: 0.5...30)
      var raster = IncrementalRaster(rasterizer: rasterizer, width: 45, height: 40)
      var drawing = Drawing()
      for _ in 0..<3 {
        let stroke = random.stroke(count: 12, within: 180, width: width)
        drawing.add(Stroke([], width: width))
        for sample in stroke.samples {
          drawing.extend(with: sample)
          if random.next() < 0.2 { drawing.extend(with: sample) }
          let before = raster.coverage
          let changed = raster.update(drawing.strokes)
          let fresh = rasterizer.coverage(of: drawing.strokes, width: 45, height: 40)
          #expect(raster.coverage == fresh)
          for y in 0..<40 {
            for x in 0..<45 where !(changed.columns.contains(x) && changed.rows.contains(y)) {
              if before[x, y] != fresh[x, y] { Issue.record("a pixel changed outside the returned box") }
            }
          }
        }
      }
      drawing.erase(along: [Point(x: 0, y: 90), Point(x: 180, y: 80)], width: 10)
      raster.update(drawing.strokes)
      #expect(raster.coverage == rasterizer.coverage(of: drawing.strokes, width: 45, height: 40))
      drawing.undo()
      raster.update(drawing.strokes)
      #expect(raster.coverage == rasterizer.coverage(of: drawing.strokes, width: 45, height: 40))
      drawing.clear()
      raster.update(drawing.strokes)
      #expect(raster.coverage == Coverage(width: 45, height: 40))
    }
  }

  @Test func anAddedPointRedrawsOnlyItsSurroundings() {
    var random = RandomStrokes(5)
    var stroke = random.stroke(count: 400, within: 1024, width: 20)
    var raster = IncrementalRaster(rasterizer: StrokeRasterizer(longerSide: 448), width: 448, height: 448)
    raster.update([stroke])
    let last = stroke.samples[399].point
    stroke.samples.append(Stroke.Sample(Point(x: last.x + 5, y: last.y + 5)))
    let changed = raster.update([stroke])
    #expect(!changed.isEmpty)
    let near = Box(around: stroke.samples.suffix(5).map(\.point))?.grown(by: 40)
    let scale = 448.0 / 1024
    #expect(Double(changed.width) <= (near?.width ?? 0) * scale + 4)
    #expect(Double(changed.height) <= (near?.height ?? 0) * scale + 4)
  }

  @Test func aPointAloneIsADisc() {
    let dot = Stroke([Stroke.Sample(Point(x: 10, y: 10))], width: 10)
    let levels = StrokeRasterizer(scale: 1).coverage(of: [dot], width: 20, height: 20)
    let area = levels.levels.reduce(0) { $0 + Double($1) / 255 }
    #expect(abs(area - 78.54) < 0.2)
    #expect(levels[10, 10] == 255)
    #expect(levels[5, 5] == 0)
  }

  @Test func inkOverInkIsNoDarker() {
    var random = RandomStrokes(3)
    let stroke = random.stroke(count: 30, within: 60, width: 3)
    let rasterizer = StrokeRasterizer(scale: 1)
    let once = rasterizer.coverage(of: [stroke], width: 64, height: 64)
    #expect(rasterizer.coverage(of: [stroke, stroke], width: 64, height: 64) == once)
  }

  @Test func theThinnestLineStillCoversItsShare() {
    let line = Stroke(
      [Stroke.Sample(Point(x: 5, y: 2)), Stroke.Sample(Point(x: 9, y: 62))], width: 0.1)
    let levels = StrokeRasterizer(scale: 1).coverage(of: [line], width: 16, height: 64)
    let area = levels.levels.reduce(0) { $0 + Double($1) / 255 }
    #expect(abs(area - 0.3 * 60.2) < 1)
  }

  @Test func theCurvePassesThroughEverySample() {
    var random = RandomStrokes(9)
    let stroke = random.stroke(count: 50, within: 500, width: 4)
    let pieces = StrokeSpline(stroke).pieces
    #expect(pieces.count == 49)
    for (piece, sample) in zip(pieces, stroke.samples) {
      #expect(piece.start == StrokeSpline.Position(sample.point.x, sample.point.y))
    }
    for (a, b) in zip(pieces, pieces.dropFirst()) {
      #expect(a.end == b.start)
      let u = a.end - a.control2
      let v = b.control1 - b.start
      #expect(abs(u.x * v.y - u.y * v.x) < 1e-6)
    }
  }

  @Test func aFewSamplesOfACircleLookRound() {
    // A fast stroke: one sample every 30 degrees.
    let samples = [
      (100.0, 0.0), (86.603, 50.0), (50.0, 86.603), (0.0, 100.0), (-50.0, 86.603), (-86.603, 50.0),
      (-100.0, 0.0),
    ]
    .map { Stroke.Sample(Point(x: 200 + $0.0, y: 200 + $0.1)) }
    for piece in StrokeSpline(Stroke(samples)).pieces.dropFirst().dropLast() {
      let offset = piece.position(at: 0.5) - StrokeSpline.Position(200, 200)
      #expect(abs((offset * offset).sum().squareRoot() - 100) < 0.3)
    }
  }

  @Test func emptyAndFarAwayStrokesDrawNothing() {
    let far = Stroke([Stroke.Sample(Point(x: 1e9, y: -1e9)), Stroke.Sample(Point(x: .nan, y: 1e7))])
    for stroke in [Stroke([]), far] {
      for size in 0...3 {
        let levels = StrokeRasterizer(scale: 3, x: -2000).coverage(of: [stroke], width: size, height: size)
        #expect(levels == Coverage(width: size, height: size))
      }
    }
  }
}
