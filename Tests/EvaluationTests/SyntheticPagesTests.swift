import Basics
import Evaluation
import Formats
import Ink
import Testing

@Suite struct SyntheticPagesTests {
  private func page(_ kind: PageKind, seed: UInt64 = 1) -> SyntheticPage {
    SyntheticPages.page(kind, of: Samples.digits, seed: seed)
  }

  @Test(arguments: PageKind.allCases) func theSameSeedMakesTheSamePage(kind: PageKind) {
    let (first, again, other) = (page(kind), page(kind), page(kind, seed: 2))
    #expect(first.picture == again.picture && first.page == again.page && first.text == again.text)
    #expect(first.picture != other.picture)
  }

  @Test(arguments: [PageKind.spaced, .touching, .lines, .photo, .tilted])
  func theTextHasADigitForEachDrawing(kind: PageKind) {
    for seed in 1...5 {
      let page = page(kind, seed: UInt64(seed))
      let characters = page.text.filter(\.isNumber).count
      #expect(characters == page.page.drawing.strokes.count)
      #expect((kind == .lines ? 4...10 : 2...8).contains(characters))
      #expect(page.text.split(separator: " ").count == (kind == .lines ? 2 : 1))
    }
  }

  @Test func aFormHasANumberInEachRowAndAnEmptyOneNone() {
    for seed in 1...5 {
      let (form, empty) = (page(.form, seed: UInt64(seed)), page(.empty, seed: UInt64(seed)))
      #expect((2...5).contains(form.text.split(separator: " ").count))
      #expect(form.text.filter(\.isNumber).count == form.page.drawing.strokes.count)
      #expect(empty.text.isEmpty && empty.page.drawing.strokes.isEmpty)
      // Print and lines are ink in both.
      #expect(empty.picture.pixels.count { $0 < 120 } > 500)
    }
  }

  @Test func onlyTouchingPagesHaveATouchingPair() {
    func hasTouchingPair(_ page: SyntheticPage) -> Bool {
      let boxes = page.page.drawing.strokes.compactMap { stroke in stroke.bounds.map { ($0, stroke.width) } }
      return zip(boxes, boxes.dropFirst()).contains { left, right in
        right.0.x - left.0.right < left.1
      }
    }
    for seed in 1...5 {
      #expect(hasTouchingPair(page(.touching, seed: UInt64(seed))))
      #expect(!hasTouchingPair(page(.spaced, seed: UInt64(seed))))
    }
  }

  @Test func photosHaveUnevenLightAndCleanPagesDoNot() {
    let (photo, clean) = (page(.photo).picture, page(.spaced).picture)
    #expect(Set(photo.pixels).count > 50)
    #expect(clean.pixels.contains(0) && clean.pixels.count { $0 == 255 } > clean.pixels.count / 2)
  }
}
