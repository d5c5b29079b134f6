// Pages and their history.

import Ink
import Testing

@Suite struct PageTests {
  private let stroke = Stroke([Stroke.Sample(Point(x: 10, y: 20)), Stroke.Sample(Point(x: 30, y: 40))])

  @Test func theLongerSideIsAlwaysTheSame() {
    #expect(Page(picture: GrayImage(width: 200, height: 100)).height == 512)
    #expect(Page(proportion: 3, to: 4).width == 768)
    #expect(Page(proportion: 3, to: 4).pixelSize(longerSide: 448) == (336, 448))
    #expect(Page(picture: GrayImage(width: 0, height: 0)).width == 1024)
  }

  @Test func undoCoversPictureAndDrawing() {
    var page = Page()
    var states = [page]
    page.add(stroke)
    states.append(page)
    page.open(GrayImage(width: 4, height: 2, level: 9))
    states.append(page)
    page.add(stroke)
    states.append(page)
    page.erase(along: [Point(x: 10, y: 20)], width: 2)
    states.append(page)
    page.clear()
    states.append(page)
    page.open(Drawing([stroke]))
    states.append(page)
    for state in states.dropLast().reversed() {
      do {
        let did = page.undo()
        #expect(did)
      }
      #expect(page == state)
    }
    #expect(!page.canUndo)
    for state in states.dropFirst() {
      do {
        let did = page.redo()
        #expect(did)
      }
      #expect(page == state)
    }
    #expect(!page.canRedo)
  }

  @Test func withoutHistoryThePageIsTheSame() {
    var page = Page(picture: GrayImage(width: 4, height: 2, level: 9))
    page.add(Stroke([.init(Point(x: 1, y: 2))]))
    page.undo()
    page.add(Stroke([.init(Point(x: 3, y: 2))]))
    var plain = page.withoutHistory
    #expect(plain == page)
    #expect(page.canUndo && !plain.canUndo && !plain.canRedo)
    let did = plain.undo()
    #expect(!did && plain == page)
  }

  @Test func clearingAnEmptyPageIsNoStep() {
    var page = Page()
    page.clear()
    #expect(!page.canUndo)
  }
}

@Suite struct PageLabelTests {
  private let box = Box(x: 10, y: 20, width: 30, height: 40)

  @Test func aLabelIsAStepThatIsUndoneAndRedone() {
    var page = Page()
    page.add(Stroke([.init(Point(x: 10, y: 20)), .init(Point(x: 40, y: 60))]))
    page.add(InkLabel(box, "3"))
    page.add(InkLabel(box, "8"))
    #expect(page.labels.map(\.text) == ["8"], "one box has one label")
    page.undo()
    #expect(page.labels.map(\.text) == ["3"])
    page.undo()
    #expect(page.labels.isEmpty && page.drawing.strokes.count == 1)
    page.redo()
    #expect(page.labels.map(\.text) == ["3"])
  }

  @Test func clearingRemovesLabelsAndUndoBringsThemBack() {
    var page = Page()
    page.add(Stroke([.init(Point(x: 10, y: 20))]))
    page.add(InkLabel(box, "3"))
    page.clear()
    #expect(page.isEmpty && page.labels.isEmpty)
    page.undo()
    #expect(page.labels.map(\.text) == ["3"] && page.drawing.strokes.count == 1)
    page.open(Drawing())
    #expect(page.labels.isEmpty)
    #expect(page.withoutHistory == page)
  }

  @Test func aLabelIsAboutTheSameBoxAlone() {
    let label = InkLabel(box, "3")
    #expect(label.isAbout(Box(x: 11, y: 21, width: 29, height: 41)))
    #expect(!label.isAbout(Box(x: 10, y: 20, width: 30, height: 52)))
    #expect(!label.isAbout(Box(x: 60, y: 20, width: 30, height: 40)))
  }
}
