// Drawings: history and eraser.

import Ink
import Testing

@Suite struct DrawingTests {
  private func line(_ y: Double) -> Stroke {
    Stroke(
      (0...10).map { Stroke.Sample(Point(x: Double($0) * 50, y: y), time: Double($0) / 100) }, width: 20)
  }

  @Test func undoAndRedoRestoreEveryState() {
    var drawing = Drawing()
    var states = [drawing]
    for y in 1...5 {
      drawing.add(line(Double(y) * 100))
      states.append(drawing)
    }
    drawing.erase(along: [Point(x: 225, y: 0), Point(x: 225, y: 600)], width: 10)
    states.append(drawing)
    drawing.clear()
    states.append(drawing)
    for state in states.dropLast().reversed() {
      do {
        let did = drawing.undo()
        #expect(did)
      }
      #expect(drawing == state)
    }
    do {
      let did = drawing.undo()
      #expect(!did)
    }
    for state in states.dropFirst() {
      do {
        let did = drawing.redo()
        #expect(did)
      }
      #expect(drawing == state)
    }
    do {
      let did = drawing.redo()
      #expect(!did)
    }
  }

  @Test func aNewStrokeClearsTheRedoHistory() {
    var drawing = Drawing()
    drawing.add(line(100))
    drawing.undo()
    drawing.add(line(200))
    #expect(!drawing.canRedo)
    #expect(drawing.strokes == [line(200)])
  }

  @Test func extendingIsPartOfTheStrokesStep() {
    var drawing = Drawing()
    drawing.add(Stroke([line(0).samples[0]], width: 20))
    for sample in line(0).samples.dropFirst() { drawing.extend(with: sample) }
    #expect(drawing.strokes == [line(0)])
    drawing.undo()
    #expect(drawing.isEmpty)
    drawing.redo()
    #expect(drawing.strokes == [line(0)])
  }

  @Test func clearingNothingIsNoStep() {
    var drawing = Drawing()
    drawing.clear()
    #expect(!drawing.canUndo)
  }

  @Test func theEraserCutsAStrokeWhereItsEdgeMeetsTheInk() throws {
    var drawing = Drawing([line(100)])
    do {
      let did = drawing.erase(along: [Point(x: 225, y: 0), Point(x: 225, y: 300)], width: 30)
      #expect(did)
    }
    try #require(drawing.strokes.count == 2)
    let left = try #require(drawing.strokes[0].samples.last)
    let right = try #require(drawing.strokes[1].samples.first)
    #expect(abs(left.point.x - 200) < 0.02)
    #expect(abs(right.point.x - 250) < 0.02)
    #expect(abs((left.time ?? 0) - 0.04) < 0.001)
    let again = drawing
    do {
      let did = drawing.erase(along: [Point(x: 225, y: 0), Point(x: 225, y: 300)], width: 30)
      #expect(!did)
    }
    #expect(drawing == again)
  }

  @Test func theEraserRemovesDotsWholeAndKeepsOtherInk() {
    let dot = Stroke([Stroke.Sample(Point(x: 500, y: 500))], width: 20)
    var drawing = Drawing([dot, line(100)])
    do {
      let did = drawing.erase(along: [Point(x: 500, y: 521)], width: 20)
      #expect(!did)
    }
    do {
      let did = drawing.erase(along: [Point(x: 500, y: 519)], width: 20)
      #expect(did)
    }
    #expect(drawing.strokes == [line(100)])
  }

  @Test func aDragOfTheEraserIsOneStep() {
    var drawing = Drawing([line(100), line(200), line(300)])
    drawing.erase(along: [Point(x: 100, y: 100)], width: 30)
    for y in 2...3 { drawing.erase(along: [Point(x: 100, y: Double(y) * 100)], width: 30, continuing: true) }
    #expect(drawing.strokes.count == 6)
    drawing.undo()
    #expect(drawing.strokes.count == 3)
  }

  @Test func samplesKeepTheirTimesAndStaySmall() {
    for time in [0, 0.0167, 12.3456, -1, 200_000] {
      #expect(Stroke.Sample(Point(x: 1, y: 2), time: time).time == time)
    }
    #expect(Stroke.Sample(Point(x: 1, y: 2)).time == nil)
    #expect(MemoryLayout<Stroke.Sample>.stride <= 16)
  }

  @Test func everyNumberGivesAPoint() {
    #expect(Point(x: .nan, y: .infinity).x == 0)
    #expect(Point(x: -.infinity, y: 1e300).y > 8_000_000)
  }
}
